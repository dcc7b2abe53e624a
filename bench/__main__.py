"""``python -m bench``: fill a database unless it is filled, then measure, or only check."""

import argparse
import os
import secrets
import sys
import time
from contextlib import ExitStack
from pathlib import Path

CHRONICLE = "chronicle.wsgi:application"
TUTORIAL = {"DJANGO_SETTINGS_MODULE": "bench.tutorial.settings"}
VAR = Path(__file__).resolve().parent.parent / "var" / "bench"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=3, help="of load, a row and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--server", choices=["gunicorn", "granian"], default="gunicorn")
    parser.add_argument("--rows", default="", help="only those that have this in their names")
    parser.add_argument("--check", action="store_true", help="ask once, compare, do not measure")
    parser.add_argument("--only", choices=["public", "desk"], help="one of the two tables")
    options = parser.parse_args()
    set_up(options.events)
    prepare(options.events)
    faults = measure_public(options) if options.only != "desk" else []
    if options.only != "public":
        measure_desk_pages(options)
    for fault in faults:
        say(fault)
    return 1 if faults else 0


def set_up(events: int) -> None:
    """Django, over the database of so many events, which need not be there yet."""
    VAR.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{VAR}/{events}.sqlite3")
    os.environ |= {
        "CHRONICLE_ENV_FILE": os.devnull,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "API_LIMIT": "1000000000",  # counted, and never reached
        "DJANGO_SETTINGS_MODULE": "bench.settings",
    }

    import django

    django.setup()


def measure_public(options: argparse.Namespace) -> list[str]:
    """Chronicle beside its two peers; what they do not answer alike, instead of figures."""
    from bench.measuring import check, database_process, measure, table
    from bench.rows import all_rows
    from bench.serving import serve
    from record.reading import Record

    rows = [row for row in all_rows(Record.current()) if options.rows in row.name]
    with ExitStack() as servers:
        peers = {
            name: servers.enter_context(
                serve(name, application, program=options.server, environment=environment)
            )
            for name, application, environment in (
                ("limit", "bench.limit:application", {}),
                ("chronicle", CHRONICLE, {}),
                ("chronicle anew", CHRONICLE, {"KEPT_ANSWERS_MB": "0"}),
                ("tutorial", "bench.tutorial.wsgi:application", TUTORIAL),
            )
        }
        faults = check(rows, peers)
        if not (faults or options.check):
            database = database_process()
            figures = measure(
                rows, peers, database, seconds=options.seconds, rounds=options.rounds, say=say
            )
            print(table(rows, figures))
    if options.check and not faults:
        say(f"All {len(rows)} rows are answered alike.")
    return faults


def measure_desk_pages(options: argparse.Namespace) -> None:
    """The desk's pages, with their working tables as full as the record."""
    from bench.desk_pages import desk_table, measure_desk
    from bench.desk_rows import fill_desk

    editor = fill_desk(say=say)
    rounds = 1 if options.check else options.rounds
    figures = measure_desk(editor, rounds=rounds, only=options.rows, say=say)
    if options.check:
        say(f"All {len(figures)} pages of the desk open.")
    else:
        print(desk_table(figures))


def prepare(events: int) -> None:
    """Migrate, collect static files, and fill the record if it is empty."""
    from django.core.management import call_command
    from django.db import connection

    from bench.generate import fill
    from bench.world import make_world
    from record.models import Edition
    from record.verification import verify

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if Edition.objects.exists():
        return
    began = time.monotonic()
    say(f"Making {events} events …")
    fill(make_world(events), say=say)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    if events <= 1000:
        for fault in verify().faults:
            sys.exit(fault)
        say("The record verifies.")
    say(f"Filled in {time.monotonic() - began:.0f} s.")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
