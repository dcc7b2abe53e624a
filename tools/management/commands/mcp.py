import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Answer programs that reason, by the Model Context Protocol, at standard input and output: "
        "tools that search the record, read entries, compare proposals, and give the evidence. "
        "Needs the package mcp (pip install 'mcp~=2.3'). Changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from tools.server import make_server
        except ModuleNotFoundError as error:
            if error.name is None or error.name.partition(".")[0] not in ("mcp", "pydantic"):
                raise
            raise CommandError(
                "The tool server needs the package mcp, which is not installed here: "
                ".venv/bin/python -m pip install 'mcp~=2.3'"
            ) from error
        # Python would wait for the thread that reads standard input, until that ends as well.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        make_server().run()
