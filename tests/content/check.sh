#!/usr/bin/env bash
# Loads and publishes the project's content in a database made for it, and checks it against the
# text of the article: the record, every passage, that no sentence was left out, and that what is
# suggested in the text agrees with what was labelled by hand.
set -euo pipefail
text=$(realpath "${1:?the file of the text: make content TEXT=file}")
cd "$(dirname "$0")/../.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' HUP INT TERM

export CHRONICLE_ENV_FILE=/dev/null DATABASE_URL="sqlite:///$folder/content.sqlite3"
export ALLOWED_HOSTS=localhost FOUR_EYES=false
SECRET_KEY=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')
export SECRET_KEY

manage() {
    .venv/bin/python manage.py "$@"
}
manage migrate --verbosity 0
manage prepare --verbosity 0 >/dev/null
manage verify_record --verbosity 0
manage verify_citations --source S1 --text "$text"
manage coverage S1 --text "$text" | tail -n 5
manage measure_suggestions "$text" tests/reading/labels/article.jsonl
