"""What each room's entries and parts build on."""

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import QuerySet, Subquery

from chronicle.texts import normalised as normalised
from desk.fitting import fitting, texts_of
from desk.history import History
from desk.keys import next_key, next_public_id, reserve_key, reserve_public_id
from desk.refusals import Refused
from desk.slugs import check_slug
from desk.texts import text_problem

ANYTHING = re.compile(r"(?s).*")
# How the schemes that public pages lead to write their identifiers, and an example of each.
FORMS = {"wikidata": (re.compile(r"Q[1-9][0-9]*"), "Q7251")}


class Tracked(models.Model):
    """A row of the desk with its history; its texts are kept in NFC with ``\\n`` line ends."""

    history = History()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.normalise()
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """As Django's, and every text has to be one that the desk keeps (``desk.texts``)."""
        self.normalise()
        problems: dict[str, Any] = {}
        settled = set(exclude or ())
        for name in texts_of(type(self)):
            value = getattr(self, name)
            if isinstance(value, str) and name not in settled and (problem := text_problem(value)):
                problems[name] = [problem]
        settled |= {
            name
            for name, fits in fitting(type(self)).items()
            if name not in settled and name not in problems and fits(getattr(self, name))
        }
        try:
            super().clean_fields(exclude=settled)
        except ValidationError as error:
            problems |= error.update_error_dict({})
        if problems:
            raise ValidationError(problems)

    def normalise(self) -> None:
        for field in self._meta.concrete_fields:
            value = self.__dict__.get(field.attname)
            if isinstance(value, str) and (kept := normalised(value)) != value:
                setattr(self, field.attname, kept)


def _differs(row: models.Model, **values: Any) -> bool:
    """Whether the row is saved with other values than these. One query, none for a new row."""
    if row.pk is None:
        return False
    return type(row)._base_manager.filter(pk=row.pk).exclude(**values).exists()


class EntryManager(models.Manager[Any]):
    """Finds entries by public id, as fixtures name them."""

    def get_by_natural_key(self, public_id: str) -> Any:
        return self.get(public_id=public_id)


class Entry(Tracked):
    """Anything a document can refer to. Its public id is given at the first save, for good."""

    letter: ClassVar[str]
    # What ``desk.slugs`` has said of a slug, where many were looked up together.
    slug_looked_up: tuple[str, str] = ("", "")
    _history_m2m_fields: ClassVar[list[str]] = ["subjects"]

    public_id = models.CharField(max_length=16, unique=True, editable=False)
    slug = models.SlugField(
        max_length=120,
        unique=True,
        help_text="The last part of the public address. Old addresses go on working.",
    )
    language = models.CharField(
        max_length=12,
        default="en",
        help_text="Language of this entry's text, as a BCP 47 tag: en, fr, az.",
        validators=[
            RegexValidator(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "Use a tag like en or az.")
        ],
    )
    subjects = models.ManyToManyField("vocabulary.Term", related_name="+", blank=True)
    editor_note = models.TextField("editor's note", blank=True, help_text="Shown in public.")
    desk_note = models.TextField(blank=True, help_text="Never shown in public.")

    objects = EntryManager()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        """What it is called; the slug where the query did not ask for that (`named`)."""
        return self.__dict__.get("called") or f"{self.public_id or 'new'} {self.slug}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give the public id (or reserve the one given) and the row in the same transaction.

        ``Refused`` where the id is not one of this type, or the entry has another.
        """
        given = self.public_id
        try:
            with transaction.atomic():
                if not self.public_id:
                    self.public_id = next_public_id(self.letter)
                elif not self.public_id.startswith(self.letter):
                    raise Refused(f"{given} is no id of this type: it has no {self.letter}.")
                elif self._state.adding:
                    reserve_public_id(self.public_id)
                if _differs(self, public_id=self.public_id):
                    raise Refused("The public id of an entry never changes.")
                super().save(*args, **kwargs)
        except Exception:
            self.public_id = given  # the number was rolled back, and may go to another entry
            raise

    def clean(self) -> None:
        super().clean()
        check_slug(self)

    def natural_key(self) -> tuple[str]:
        return (self.public_id,)

    @classmethod
    def name_of(cls, key: str) -> Subquery | None:
        """What the entry is called that column ``key`` refers to; for a query to ask for.

        ``None`` for entries whose own row says so.
        """
        return None

    @classmethod
    def named(cls, entries: QuerySet[Any]) -> QuerySet[Any]:
        """Entries of this type that say what they are called, without a query more."""
        name = cls.name_of("pk")
        return entries if name is None else entries.annotate(called=name)


class EntryRowManager(models.Manager[Any]):
    """Finds rows with a key by the entry's public id and the key, as fixtures name them."""

    def get_by_natural_key(self, public_id: str, key: str) -> Any:
        return self.get(entry__public_id=public_id, key=key)


class Keyed(Tracked):
    """A row of an entry (the foreign key ``entry`` of each concrete model) with a permanent key."""

    key_letter: ClassVar[str]

    key = models.CharField(
        max_length=8,
        editable=False,
        validators=[RegexValidator(r"^[pc][1-9][0-9]*$", "A key is like p2 or c3.")],
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = EntryRowManager()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "key"], name="%(app_label)s_%(class)s_key_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry.public_id}/{self.key or 'new'}"  # type: ignore[attr-defined]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give the key (or reserve the one given) and the row in the same transaction.

        ``Refused`` where the key is not one of such rows, or the row has another.
        """
        entry: Entry = self.entry  # type: ignore[attr-defined]
        given = self.key
        try:
            with transaction.atomic():
                if not self.key:
                    self.key = next_key(entry.public_id, self.key_letter)
                elif not self.key.startswith(self.key_letter):
                    raise Refused(f"{self.key} is no such key: it has no {self.key_letter}.")
                elif self._state.adding:
                    reserve_key(entry.public_id, self.key)
                if _differs(self, entry=entry, key=self.key):
                    raise Refused("A row never changes its key, nor goes to another entry.")
                super().save(*args, **kwargs)
        except Exception:
            self.key = given  # the number was rolled back, and may go to another row
            raise

    def natural_key(self) -> tuple[str, str]:
        return (self.entry.public_id, self.key)  # type: ignore[attr-defined]


class Part(Keyed):
    """A part of an entry. ``named_by``: what its name as text is read from, besides itself."""

    key_letter = "p"
    named_by: ClassVar[tuple[str, ...]] = ("entry",)

    class Meta(Keyed.Meta):
        abstract = True


class Identifier(Tracked):
    """What another scheme calls the entry, the foreign key ``entry`` of each concrete model."""

    scheme = models.CharField(max_length=40, help_text="For example wikidata, geonames, doi.")
    value = models.CharField(max_length=200)

    class Meta:
        abstract = True
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "scheme", "value"], name="%(app_label)s_%(class)s_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"

    def clean(self) -> None:
        super().clean()
        form, example = FORMS.get(self.scheme.lower(), (ANYTHING, ""))
        if not form.fullmatch(self.value):
            raise ValidationError(
                {"value": f"What {self.scheme} calls things looks like {example}."}
            )


class Waiver(Tracked):
    """Leave, granted by an editor, to publish a claim of ``entry`` without evidence."""

    claim = models.CharField(max_length=40)
    reason = models.TextField(help_text="Shown in public.")

    class Meta:
        abstract = True
        ordering = ["claim"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "claim"], name="%(app_label)s_%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.reason}"
