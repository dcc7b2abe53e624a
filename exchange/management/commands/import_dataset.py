from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from desk.management.large import for_many_rows
from desk.management.wording import bar_on, refusal, user_named
from exchange.csv_files import write_csv
from exchange.datasets.gathering import MANY
from exchange.datasets.importing import import_dataset
from exchange.datasets.mapping import read_mapping
from exchange.datasets.reading import Dataset
from exchange.datasets.report import Report
from exchange.problems import NotTaken, quoted

MAPPINGS = Path(__file__).resolve().parent.parent.parent / "mappings"
MOST_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Import a dataset into the desk: CSV, JSON Lines or XLSX, as a mapping says "
        "(docs/datasets.md). Nothing becomes public."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        shipped = ", ".join(sorted(path.stem for path in MAPPINGS.glob("*.toml")))
        parser.add_argument("file", type=Path, help="the dataset")
        parser.add_argument(
            "--mapping",
            required=True,
            help=f"a TOML file, or one that comes with Chronicle: {shipped}",
        )
        parser.add_argument("--by", required=True, metavar="NAME", help="who imports it")
        parser.add_argument("--reason", required=True, help="why, for history and submission")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="do it, report it and undo it; the desk takes no other changes meanwhile",
        )
        parser.add_argument(
            "--report", type=Path, metavar="CSV", help="where all rejected rows are written"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = user_named(options["by"])
        try:
            dataset = Dataset(options["file"])
            mapping = read_mapping(_mapping_named(options["mapping"]), dataset.columns)
            with for_many_rows():
                report = import_dataset(
                    dataset,
                    mapping,
                    by=by,
                    reason=options["reason"],
                    dry_run=options["dry_run"],
                    progress=bar_on(self.stderr) if options["verbosity"] else None,
                )
        except NotTaken as error:
            raise CommandError(error.message) from error
        except ValidationError as error:
            raise refusal(error) from error
        self._tell(report, dry_run=options["dry_run"])
        if path := options["report"]:
            try:
                path.write_bytes(write_csv(report.rows()))
            except OSError as error:
                message = f"{quoted(str(path))} cannot be written: {error.strerror}."
                raise CommandError(message) from error

    def _tell(self, report: Report, *, dry_run: bool) -> None:
        for sentence in report.sentences():
            self.stdout.write(sentence)
        shown = sorted(report.rejected, key=lambda each: each.line)[:MOST_SHOWN]
        for each in shown:
            self.stdout.write(f"  {each}")
        if more := len(report.rejected) - len(shown):
            self.stdout.write(f"  and {more:,} more; --report writes them all.")
        if dry_run:
            self.stdout.write("This was a dry run: nothing of it is kept.")
            return
        for sentence in report.gathered():
            self.stdout.write(sentence)
        if report.submission and report.submission.items.count() > MANY:
            self.stdout.write(
                "They were too many to be looked over for doubles and contradictions: that is "
                "for “manage.py check_chronicle”."
            )


def _mapping_named(name: str) -> Path:
    shipped = MAPPINGS / f"{name}.toml"
    return shipped if shipped.parent == MAPPINGS and shipped.exists() else Path(name)
