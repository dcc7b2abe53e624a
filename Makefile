PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
COMPILE := .venv/bin/uv pip compile --quiet --no-header --generate-hashes --universal \
	--python-version 3.11 --no-emit-index-url --no-emit-find-links \
	$(if $(UPGRADE),--upgrade) pyproject.toml
# Of the desk and accounts; the public ones are in Jinja2.
TEMPLATES = find templates -path templates/public -prune -o -name '*.html'
STATIC := $(shell find . \( -path ./.venv -o -path ./var \) -prune -o -path '*/static/*' -type f -print)

LANGUAGES := fr ru az hy
GETTEXT := -k gettext_lazy -k gettext_noop -k ngettext_lazy:1,2 -k pgettext_lazy:1c,2 -k npgettext_lazy:1c,2,3

.DEFAULT_GOAL := help
.PHONY: help run dev test test-postgres content fuzz browser html screenshots pictures handbook messages catalogues bench bench-postgres check format ci outlines requirements schema site

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

run: site var/static/staticfiles.json ## Serve the site as in production, at 127.0.0.1 (PORT=8000)
	@echo "Chronicle is at http://127.0.0.1:$(PORT)"
	@exec .venv/bin/gunicorn chronicle.wsgi --bind 127.0.0.1:$(PORT) \
		--worker-class gthread --workers 2 --threads 4 --limit-request-line 8190 --no-control-socket --log-level warning

dev: site ## Serve the site for developers: errors shown, code reloaded
	@DEBUG=true $(PY) manage.py runserver 127.0.0.1:$(PORT)

site: .venv/.runtime
	@$(PY) -m chronicle.first_run
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py createcachetable --verbosity 0
	@$(PY) manage.py prepare
	@$(PY) manage.py build_data --verbosity 0

# Compressing takes seconds, so only when something changed. Nothing of ours uses the two ignored.
var/static/staticfiles.json: .venv/.runtime $(STATIC) | site
	@$(PY) manage.py collectstatic --no-input --verbosity 0 --ignore redoc --ignore rest_framework

# What pytest makes of each assert is kept, wherever Python is told to keep nothing: 14 s a process.
test test-postgres: export PYTHONDONTWRITEBYTECODE :=

# Each of two processes begins with half of the files as they stand, so that what the tests of a file
# share is made once; who is done first takes over what the other has left.
BESIDE := -n 2 --dist worksteal

test: .venv/.dev ## Run the tests, on SQLite unless DATABASE_URL says otherwise
	$(PY) -m pytest $(BESIDE) -m "not browser and not html and not postgres"

test-postgres: .venv/.dev ## Run the tests on a throw-away PostgreSQL cluster
	tests/postgres/run.sh $(BESIDE) -m "not browser and not html"

content: .venv/.runtime ## Check the content against the article's text (TEXT=file), in a database of its own
	tests/content/check.sh $(TEXT)

fuzz: .venv/.dev ## Ask the API what its description allows and what not, for ten minutes (MINUTES=10)
	FUZZ_MINUTES=$(or $(MINUTES),10) $(PY) -m pytest tests/house/test_fuzzing.py -k goes_on -s

browser: .venv/.dev ## Run the browser tests, in Debian's Chromium
	$(PY) -m pytest tests/browser

html: .venv/.dev tests/html/node_modules/.package-lock.json ## Validate the HTML of every page, with Node.js
	$(PY) -m pytest tests/house/test_html.py

tests/html/node_modules/.package-lock.json: tests/html/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: apt install nodejs npm" >&2; exit 1; }
	@echo "Installing html-validate into tests/html/node_modules ..."
	@cd tests/html && npm ci --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

screenshots: .venv/.dev var/static/staticfiles.json ## Take pictures of every page type, for var/screenshots/ and the README
	$(PY) -m tests.browser.screenshots

pictures: .venv/.dev ## Keep what is drawn anew, for tests/browser/test_pictures.py: look at what changed
	KEEP_PICTURES=1 $(PY) -m pytest tests/browser/test_pictures.py

handbook: .venv/.dev ## Take the pictures of docs/editing.md anew
	$(PY) -m tests.browser.handbook

messages: .venv/.dev ## Write what is to be translated into locale/, and compile what is
	@mkdir -p var
	.venv/bin/pybabel -q extract -F locale/babel.cfg $(GETTEXT) -c Translators: -s --add-location file \
		--no-wrap --project Chronicle --version 1 --copyright-holder Chronicle -o var/messages.pot .
	for code in $(LANGUAGES); do .venv/bin/pybabel -q update -i var/messages.pot -d locale -D django \
		-l $$code --init-missing --no-wrap --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date || exit 1; done
	@$(MAKE) --no-print-directory catalogues

catalogues: .venv/.dev ## Compile the translations of locale/
	.venv/bin/pybabel compile -d locale -D django --statistics

bench: .venv/.runtime ## Measure the speed beside two peers, over 100,000 events (BENCH="--rounds 5")
	$(PY) -m bench $(BENCH)

bench-postgres: .venv/.runtime ## The same on a throw-away PostgreSQL cluster
	RUN=bench tests/postgres/run.sh $(BENCH)

check: .venv/.dev ## Check format, lint, types, imports, templates, migrations, deployment
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(TEMPLATES) -exec .venv/bin/djade --target-version 5.2 --check {} +
	.venv/bin/djlint templates --extend-exclude templates/public --lint --quiet
	.venv/bin/djlint templates/public --profile jinja --lint --quiet
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run
	CHRONICLE_ENV_FILE=/dev/null DATABASE_URL=sqlite://:memory: HTTPS=true \
		ALLOWED_HOSTS=chronicle.example \
		SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
		$(PY) manage.py check --deploy --fail-level WARNING

format: .venv/.dev ## Bring code and templates into the house's format
	.venv/bin/ruff check --fix --exit-zero .
	.venv/bin/ruff format .
	$(TEMPLATES) -exec .venv/bin/djade --target-version 5.2 {} +

schema: .venv/.dev ## Write the snapshot of the API's description anew
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py spectacular --fail-on-warn --validate \
		--file tests/house/schema.yaml

outlines: .venv/.runtime ## Make the coast lines of maps anew, with npm
	@command -v npm >/dev/null || { echo "npm is missing: apt install nodejs npm" >&2; exit 1; }
	@mkdir -p var && cd var && npm pack --silent world-atlas@2.0.2 >/dev/null
	$(PY) -m places.outlines var/world-atlas-2.0.2.tgz static/vendor/world-atlas-2.0.2/land-50m.svg

ci: ## Do what CI does, installing Chromium, PostgreSQL and npm if missing
	.ci/run

requirements: .venv/.dev ## Pin pyproject.toml's dependencies anew (UPGRADE=1 for newer ones)
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --constraints requirements.txt --output-file requirements-dev.txt

# One environment serves both: requirements-dev.txt holds all of requirements.txt and adds to it.
.venv/.runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
		echo "Chronicle needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.11 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
		echo "Python's venv is missing: apt install python3-venv" >&2; exit 1; }
	@# Through a link, --clear would empty an environment that others work in.
	@[ ! -L .venv ] || { echo ".venv is a link: renew what it leads to, or remove the link" >&2; exit 1; }
	@echo "Installing requirements into .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --requirement requirements.txt
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@echo "Installing development requirements into .venv ..."
	@$(PIP) --requirement requirements-dev.txt
	@touch $@
