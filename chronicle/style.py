"""The style page: every component of the public site with an example, for whoever works on it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chronicle.components import component
from chronicle.style_examples import EXAMPLES
from record.as_read import OF_NOW
from record.conditional import record_of

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "public" / "components"
# The page's own frame, which is shown by being there, or is for programs; and the shapes that are
# shown where their key is.
FRAME = frozenset(
    {
        "_alternates",
        "_breadcrumbs",
        "_edition_field",
        "_embed_frame",
        "_metadata",
        "_sign_shapes",
        "_site_footer",
        "_site_header",
        "_styles",
    }
)


@dataclass(frozen=True)
class Specimen:
    """A component as it comes out of its template."""

    name: str
    html: str

    @property
    def is_item(self) -> bool:
        """Whether it stands in a list, so that the page has to give it one."""
        return self.html.lstrip().startswith("<li")


def component_names() -> list[str]:
    return sorted(path.stem for path in COMPONENTS.glob("_*.html"))


def specimens() -> list[Specimen]:
    """In the order of their names; without those of the frame and those without an example."""
    return [Specimen(name, _shown(name)) for name in component_names() if name in EXAMPLES]


def _shown(name: str) -> Any:
    """The example as HTML; its addresses are those of now."""
    macro = component(name)
    of_now = {"as_read": OF_NOW} if "as_read" in macro.arguments else {}
    return macro(**of_now, **EXAMPLES[name])


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """For the desk alone: ``urls`` guards it."""
    context = {
        "edition": record_of(request).edition,
        "breadcrumbs": [],
        "specimens": specimens(),
    }
    return render(request, "chronicle/style.html", context)
