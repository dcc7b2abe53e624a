"""Sources, and the citation that other rooms build on; their texts: ``sources.text_models``."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from chronicle.fields import DayField, PartialDateField, bounds_constraint
from desk.bases import Entry, Identifier, Keyed, Part, normalised
from desk.texts import text_problem, texts_in
from record.canonical import NotCanonical, canonical
from sources.choices import SourceKind, TextShown
from sources.fields import BlocksField, ClaimsField
from sources.text_models import SelectorChange, SetAside, SourceText

__all__ = [
    "AuthorRole",
    "Citation",
    "SelectorChange",
    "SetAside",
    "Source",
    "SourceAuthor",
    "SourceIdentifier",
    "SourceKind",
    "SourceText",
    "Stance",
    "TextShown",
    "check_day",
]

EARLIEST_ZONE = datetime.timedelta(hours=14)  # where a day begins first


class Source(Entry):
    """Something we rely on."""

    letter = "S"

    kind = models.CharField(max_length=20, choices=SourceKind)
    title = models.TextField()
    publisher = models.CharField(max_length=200, blank=True)
    container = models.CharField(
        max_length=200, blank=True, help_text="The journal, site or collection it stands in."
    )
    published = PartialDateField()
    published_earliest = DayField(of="published", end="earliest")
    published_latest = DayField(of="published", end="latest")
    url = models.URLField("address", max_length=1000, blank=True)
    archived_url = models.URLField("archived copy", max_length=1000, blank=True)
    archived_on = models.DateField(null=True, blank=True)
    rights = models.TextField(blank=True, help_text="Licence, or who holds the rights.")
    text_shown = models.CharField(
        "text shown in public",
        max_length=16,
        choices=TextShown,
        default=TextShown.NOTHING,
        help_text="How much of its text the rights let the public read here.",
    )
    text_sha256 = models.CharField(
        "which text",
        max_length=64,
        blank=True,
        help_text="Which of the texts that the desk holds the public reads. Another one is shown "
        "only once it has been chosen here, reviewed and published.",
    )
    point_of_view = models.TextField(
        blank=True, help_text="Who speaks, and from where: what a reader should know to weigh it."
    )

    class Meta(Entry.Meta):
        constraints = [bounds_constraint("sources_source_published_bounds", "published")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        check_day(self, "archived_on")


class SourceIdentifier(Identifier):
    entry = models.ForeignKey(Source, models.CASCADE, related_name="identifiers")


class AuthorRole(models.TextChoices):
    AUTHOR = "author", pgettext_lazy("role of who made a source", "Author")
    EDITOR = "editor", pgettext_lazy("role of who made a source", "Editor")
    TRANSLATOR = "translator", pgettext_lazy("role of who made a source", "Translator")


class SourceAuthor(Part):
    """Who wrote or edited a source: a person by family and given name, or a body by its name."""

    entry = models.ForeignKey(Source, models.CASCADE, related_name="authors")
    role = models.CharField(max_length=12, choices=AuthorRole, default=AuthorRole.AUTHOR)
    family = models.CharField(max_length=120, blank=True)
    given = models.CharField(max_length=120, blank=True)
    literal = models.CharField("name of a body", max_length=200, blank=True)

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(literal="") & ~Q(family="") | ~Q(literal="") & Q(family="", given=""),
                name="sources_author_person_or_body",
                violation_error_message="Give a family name (and given name), or a body's name.",
            ),
        ]


class Stance(models.TextChoices):
    SUPPORTS = "supports", pgettext_lazy("stance of a citation", "Supports")
    DISPUTES = "disputes", pgettext_lazy("stance of a citation", "Disputes")
    MENTIONS = "mentions", pgettext_lazy("stance of a citation", "Mentions")


class Citation(Keyed):
    """Ties claims of one entry to a passage of a source; concrete models add ``entry``."""

    key_letter = "c"

    source = models.ForeignKey(Source, models.PROTECT, related_name="%(class)ss")
    claims = ClaimsField()
    stance = models.CharField(max_length=10, choices=Stance, default=Stance.SUPPORTS)
    asserts = models.JSONField(
        null=True,
        blank=True,
        help_text="Where it disputes one claim: what the source says instead, in JSON.",
    )
    section = models.CharField(max_length=200, blank=True)
    blocks = BlocksField(help_text="Numbers of the blocks of the text, like 15 or 15, 16.")
    page = models.CharField(max_length=40, blank=True)
    timecode = models.CharField(max_length=40, blank=True, help_text="Like 01:12:30.")
    record = models.CharField(max_length=80, blank=True, help_text="Id of a row of a dataset.")
    start = models.CharField("opening words", max_length=300, blank=True)
    end = models.CharField("closing words", max_length=300, blank=True)
    prefix = models.CharField("words before", max_length=300, blank=True)
    suffix = models.CharField("words after", max_length=300, blank=True)
    accessed_on = models.DateField(null=True, blank=True)
    cited_via = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The source we read it in, where we have not seen this one itself.",
    )
    note = models.TextField(blank=True, help_text="Shown in public.")

    class Meta(Keyed.Meta):
        abstract = True
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(start="") | Q(end="", prefix="", suffix=""),
                name="%(app_label)s_%(class)s_selector_starts",
                violation_error_message="A selector needs opening words.",
            ),
            models.CheckConstraint(
                condition=Q(asserts=None) | Q(stance=Stance.DISPUTES),
                name="%(app_label)s_%(class)s_asserts_where_it_disputes",
                violation_error_message="Only a disputing citation asserts another value.",
            ),
        ]

    def normalise(self) -> None:
        super().normalise()
        self.asserts = _normalised(self.asserts)

    def clean(self) -> None:
        super().clean()
        check_day(self, "accessed_on")
        if self.asserts is not None and len(self.claims) != 1:
            raise ValidationError(
                {"asserts": "Another value can be given where exactly one claim is disputed."}
            )
        try:
            canonical(self.asserts)
        except NotCanonical as error:
            raise ValidationError({"asserts": str(error)}) from error
        for text in texts_in(self.asserts):
            if problem := text_problem(text):
                raise ValidationError({"asserts": problem})


def check_day(row: models.Model, name: str) -> None:
    """Raises ``ValidationError`` where the day has not come yet, anywhere on Earth."""
    day = getattr(row, name)
    latest = (timezone.now() + EARLIEST_ZONE).date()
    if day is not None and day > latest:
        raise ValidationError({name: f"{day.isoformat()} has not come yet."})


def _normalised(value: Any) -> Any:
    """JSON with its texts as the desk keeps them."""
    if isinstance(value, str):
        return normalised(value)
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    if isinstance(value, dict):
        return {key: _normalised(item) for key, item in value.items()}
    return value
