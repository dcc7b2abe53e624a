#!/usr/bin/env bash
# Runs pytest, with the arguments given, on a PostgreSQL cluster that is made for it and removed
# whatever happens; another module of Python's where RUN names it. PostgreSQL refuses to run as root, so root hands the server to postgres.
set -euo pipefail
cd "$(dirname "$0")/../.."

initdb=$(command -v initdb || find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -1)
if [ -z "$initdb" ]; then
    echo "PostgreSQL is missing: apt install postgresql" >&2
    exit 1
fi
bin=$(dirname "$initdb")
# In /tmp, since the path of a socket has to be short.
cluster=$(mktemp -d /tmp/chronicle-postgres.XXXXXX)

server() {
    if [ "$(id -u)" = 0 ]; then
        (cd "$cluster" && runuser -u postgres -- "$bin/$1" "${@:2}")
    else
        "$bin/$1" "${@:2}"
    fi
}

remove() {
    server pg_ctl -D "$cluster/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$cluster"
}
trap remove EXIT
trap 'exit 130' HUP INT TERM

if [ "$(id -u)" = 0 ]; then
    chown postgres "$cluster"
    chmod 755 "$cluster"
fi
server initdb -D "$cluster/data" -U chronicle --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
    >"$cluster/log"
# Only a socket in our own folder, no port: nothing can be in the way and nobody can come in.
server pg_ctl -D "$cluster/data" -l "$cluster/data/log" -w \
    -o "-k '$cluster' -c listen_addresses='' -c fsync=off -c full_page_writes=off" start >/dev/null

# The database that initdb makes; tests make their own beside it.
DATABASE_URL="postgres://chronicle@/postgres?host=$cluster" .venv/bin/python -m "${RUN:-pytest}" "$@"
