from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from desk.first_run import prepare
from desk.management.wording import progress_on, refusal


class Command(BaseCommand):
    help = (
        "Make this installation ready: an administrator if there is none, and the project's "
        "content loaded and published if there is none. Keeps all that is there."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepare(
                settings.BASE_DIR / "fixtures",
                say=self.stdout.write,
                progress=progress_on(self.stderr) if options["verbosity"] else None,
            )
        except ValidationError as error:
            raise refusal(error) from error
