"""The environment of the public templates (``templates/public``), which are written in Jinja2.

What a template may ask for beside the values it is given stands here, and nowhere else is text
called HTML. Nothing here asks the database.
"""

import datetime
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.forms import BoundField
from django.template import defaultfilters
from django.templatetags.static import static
from django.utils.functional import lazy
from django.utils.html import json_script
from django.utils.translation import ngettext, npgettext, pgettext
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from chronicle import localised, said
from chronicle.date_showing import date_explained, html_date, partial_date, source_wording
from chronicle.named_addresses import url_of
from chronicle.told import pieces


def environment(**options: Any) -> Environment:
    """What ``TEMPLATES`` in the settings names; ``options`` are Django's."""
    loader = options["loader"]
    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=Reloading(loader.searchpath) if options["auto_reload"] else loader,
        auto_reload=options["auto_reload"],
        extensions=["jinja2.ext.i18n"],
    )
    # A template is compiled once for all languages: these ask for the one of now when called.
    made.install_gettext_callables(  # type: ignore[attr-defined]
        said.gettext, ngettext, newstyle=True, pgettext=said.pgettext, npgettext=npgettext
    )
    made.globals["_"] = said.said
    made.policies["ext.i18n.trimmed"] = True
    made.policies["truncate.leeway"] = 0  # letters that a text may be too long
    # Asked for anew each time, as all else of the settings.
    made.globals["site_name"] = lazy(lambda: settings.SITE_NAME, str)()
    # ``url`` keeps no edition; ``as_read.address`` makes the addresses that do.
    made.globals.update(static=cache(static), url=url_of, linked_data=linked_data)
    made.filters.update(
        capfirst=localised.capfirst,
        date=date,
        date_explained=date_explained,
        day_in_words=localised.day_in_words,
        either=either,
        filesizeformat=defaultfilters.filesizeformat,
        html_date=html_date,
        intcomma=localised.number,
        language_name=localised.language_name,
        linebreaks=defaultfilters.linebreaks_filter,
        linebreaksbr=defaultfilters.linebreaksbr,
        lower=localised.lower,
        moment_in_words=localised.moment_in_words,
        paragraphs=paragraphs,
        partial_date=partial_date,
        plain_widget=plain_widget,
        pieces=pieces,
        pluralize=defaultfilters.pluralize,
        quoted=localised.quoted,
        role=role,
        runs_of=runs_of,
        source_wording=source_wording,
    )
    return made


class Reloading(FileSystemLoader):
    """While templates are being written: one that changes makes all stale, since a template keeps
    the components that it has imported."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        source, name, _ = super().get_source(environment, template)
        read = self._changed()
        return source, name, lambda: self._changed() == read

    def _changed(self) -> float:
        """When the last of them was changed."""
        files = (file for folder in self.searchpath for file in Path(folder).rglob("*.html"))
        return max(file.stat().st_mtime for file in files)


@lru_cache(maxsize=1000)
def date(value: datetime.date, pattern: str) -> str:
    """Numbers of a day or moment, which is in UTC, by Django's patterns. Readers' words for it are
    ``day_in_words`` and ``moment_in_words``."""
    return defaultfilters.date(value, pattern)


def either(words: Iterable[str]) -> Markup:
    """“a, b or c”; of HTML, or of text."""
    return Markup(localised.listed(map(escape, words), either=True))  # noqa: S704


def linked_data(data: Any) -> Markup:
    """A ``script`` element that holds ``data`` as JSON-LD, which browsers neither run nor show.

    Django's own ``json_script`` writes it, so nothing in it can end the element; that knows one
    type alone, hence the exchange.
    """
    return Markup(json_script(data).replace("application/json", "application/ld+json", 1))  # noqa: S704


def paragraphs(text: str) -> list[str]:
    """The pieces between blank lines."""
    return [piece for piece in re.split(r"\n\s*\n", text) if piece.strip()]


def plain_widget(field: BoundField) -> str:
    """The control without a placeholder: allauth repeats the label there, which stands above."""
    return field.as_widget(attrs={"placeholder": False})


def role(words: str) -> str:
    """A role at the desk in words. It comes from the record, so it is text and no HTML."""
    return pgettext("role at the desk", words)


def runs_of(rows: Iterable[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """Rows that follow one another and have the same ``attribute``, with it."""
    return [(value, list(run)) for value, run in groupby(rows, attrgetter(attribute))]
