"""``python -m bench.imports``: what it takes to import a dataset and to publish it, in time and in
memory: a made-up file in the columns of the UCDP GED, the same every time.
"""

import argparse
import csv
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bench.__main__ import VAR, say, set_up
from bench.world import OF_NAMES, OF_TEXTS, SEED, Zipf, words_of

ACTORS, COUNTRIES = 260, 60
FIRST_DAY, DAYS = date(1989, 1, 1), 34 * 365
PUBLISHERS = ("Reuters", "AFP", "BBC", "Xinhua", "All Africa", "VDC", "SOHR", "AP")
Row = dict[str, str]
Figures = dict[str, dict[str, float]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--one", choices=["importing", "publishing"], help="in this process")
    options = parser.parse_args()
    database = VAR / f"import-{options.rows}.sqlite3"
    file = VAR / f"import-{options.rows}.csv"
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{database}")
    os.environ |= {"FOUR_EYES": "false"}
    set_up(options.rows)
    if options.one:
        stages: dict[str, Callable[[], Figures]] = {
            "importing": lambda: importing(file),
            "publishing": publishing,
        }
        sys.stdout.write(json.dumps(stages[options.one]()))
        return 0
    database.unlink(missing_ok=True)
    write_file(file, options.rows)
    prepare_empty()
    command = [sys.executable, "-m", "bench.imports", "--rows", str(options.rows), "--one"]
    say("| | time | processor time | most memory |")
    for stage in ("importing", "publishing"):
        done = subprocess.run([*command, stage], check=True, stdout=subprocess.PIPE)  # noqa: S603
        for name, one in json.loads(done.stdout).items():
            say(
                f"| {name} | {one['passed']:.0f} s | {one['seconds']:.0f} s "
                f"| {one['megabytes']:.0f} MB |"
            )
    return 0


def importing(file: Path) -> Figures:
    """The rows, and then what follows on the last: looking all of it over, and its draft."""
    from desk.management.large import for_many_rows
    from desk.management.wording import user_named
    from exchange.datasets.importing import import_dataset
    from exchange.datasets.mapping import read_mapping
    from exchange.datasets.reading import Dataset
    from exchange.management.commands.import_dataset import MAPPINGS

    figures: Figures = {}
    began = _used()

    def tell(_stage: str, done: int, of: int) -> None:
        figures[f"importing {done:,} rows"] = _since(began)
        if done < of:
            figures.popitem()

    with for_many_rows():
        dataset = Dataset(file)
        mapping = read_mapping(MAPPINGS / "ucdp_ged.toml", dataset.columns)
        by = user_named("editor")
        report = import_dataset(dataset, mapping, by=by, reason="Made up.", progress=tell)
    if report.rejected:
        sys.exit(str(report.rejected[0]))
    rows = list(figures.values())[-1]
    whole = _since(began)
    figures["looking it over, and its draft"] = {
        name: whole[name] - (0 if name == "megabytes" else rows[name]) for name in whole
    }
    return figures


def publishing() -> Figures:
    from desk.management.large import for_many_rows
    from desk.management.wording import user_named
    from desk.models import Submission
    from desk.unpublished import publish_submission

    began = _used()
    by = user_named("editor")
    with for_many_rows():
        edition = publish_submission(Submission.objects.get().pk, by=by, approved_by=by)
    return {f"publishing {edition.versions.count():,} entries": _since(began)}


def prepare_empty() -> None:
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    User.objects.create_superuser(name := "editor", f"{name}@example.org", "")


def write_file(path: Path, rows: int) -> None:
    with path.open("w", newline="") as file:
        made = made_up(rows)
        first = next(made)
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(made)


def made_up(rows: int) -> Iterator[Row]:
    """Two sides, a place, figures, and one article or two, of which some stand in several rows."""
    dice = Random(SEED)  # noqa: S311 - the same every time is what is wanted
    names, texts = words_of(OF_NAMES), Zipf(words_of(OF_TEXTS), dice, 0.9)

    def called(of: int) -> str:
        return f"{names[of % len(names)]} {names[of // len(names)]}".capitalize()

    actors, countries = Zipf(range(ACTORS), dice), Zipf(range(COUNTRIES), dice)
    for number in range(1, rows + 1):
        one, other = actors.draw(2)
        place = dice.randrange(max(1, rows * 2 // 5))
        day = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
        precision = dice.choice((1, 1, 1, 2, 3))
        best = dice.randrange(40)
        articles = [_article(dice.randrange(rows * 3), texts) for _ in range(dice.randint(1, 2))]
        yield {
            "id": str(number),
            "type_of_violence": str(dice.randint(1, 3)),
            "dyad_name": f"{called(one)} - {called(other)}",
            "side_a_new_id": str(one + 1),
            "side_a": called(one),
            "gwnoa": "" if one % 2 else str(one),
            "side_b_new_id": str(other + 1),
            "side_b": called(other),
            "gwnob": "" if other % 2 else str(other),
            "source_article": ";".join(f'"{article}"' for article in articles),
            "where_prec": str(place % 6 + 1),
            "where_coordinates": f"{called(place)} village",
            "latitude": f"{place % 120 - 60}.{place:06}",
            "longitude": f"{place % 340 - 170}.{place:06}",
            "country": called(
                2000 + (country := place if place < COUNTRIES else countries.draw()[0])
            ),
            "country_id": str(country),
            "date_prec": str(precision),
            "date_start": f"{day}",
            "date_end": f"{day + timedelta(days=0 if precision == 1 else precision * 2)}",
            "low": str(best // 2),
            "best": str(best),
            "high": str(best * 2),
        }


def _article(number: int, texts: Zipf) -> str:
    day = FIRST_DAY + timedelta(days=number % DAYS)
    words = " ".join(texts.draw(6))
    return f"{PUBLISHERS[number % len(PUBLISHERS)]},{day},{number} {words}"


def _used() -> tuple[float, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return time.monotonic(), used.ru_utime + used.ru_stime


def _since(began: tuple[float, float]) -> dict[str, float]:
    now = _used()
    return {
        "passed": now[0] - began[0],
        "seconds": now[1] - began[1],
        "megabytes": _most_memory(),
    }


def _most_memory() -> float:
    """That this program has held; ``getrusage`` tells what whoever started it had held as well."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


if __name__ == "__main__":
    sys.exit(main())
