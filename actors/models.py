"""Actors: persons, states and bodies; their names, offices, tenures and relations."""

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import pgettext_lazy

from chronicle.fields import DayField, PartialDateField, bounds_constraint
from desk.bases import Entry, Identifier, Part, Waiver
from sources.models import Citation
from vocabulary.models import Term, Vocabulary


class ActorKind(models.TextChoices):
    PERSON = "person", pgettext_lazy("kind of actor", "Person")
    STATE = "state", pgettext_lazy("kind of actor", "State")
    ORGANISATION = "organisation", pgettext_lazy("kind of actor", "Organisation")
    BODY = "body", pgettext_lazy("kind of actor", "Body")
    GROUP = "group", pgettext_lazy("kind of actor", "Group")


class Actor(Entry):
    """Someone, or something, that acts."""

    letter = "A"

    kind = models.CharField(max_length=16, choices=ActorKind)
    existed = PartialDateField("lived or existed")
    existed_earliest = DayField(of="existed", end="earliest")
    existed_latest = DayField(of="existed", end="latest")
    description = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [bounds_constraint("actors_actor_existed_bounds", "existed")]

    @classmethod
    def name_of(cls, key: str) -> Subquery:
        preferred_first = Case(When(kind=NameKind.PREFERRED, then=Value(0)), default=Value(1))
        names = ActorName.objects.filter(entry=OuterRef(key))
        return Subquery(names.order_by(preferred_first, "position", "pk").values("text")[:1])


class NameKind(models.TextChoices):
    PREFERRED = "preferred", pgettext_lazy("use of a name", "Preferred")
    VARIANT = "variant", pgettext_lazy("use of a name", "Variant")
    AS_IN_SOURCE = "as in source", pgettext_lazy("use of a name", "As in the source")
    FORMER = "former", pgettext_lazy("use of a name", "Former")


class ActorName(Part):
    """What an actor is or was called."""

    entry = models.ForeignKey(Actor, models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    language = models.CharField(max_length=12, default="en")
    script = models.CharField(
        max_length=4, blank=True, help_text="As four letters of ISO 15924: Latn, Cyrl, Armn."
    )
    kind = models.CharField(max_length=16, choices=NameKind, default=NameKind.PREFERRED)
    used = PartialDateField("in use")
    used_earliest = DayField(of="used", end="earliest")
    used_latest = DayField(of="used", end="latest")

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            bounds_constraint("actors_name_used_bounds", "used"),
            models.UniqueConstraint(
                fields=["entry", "language"],
                condition=Q(kind=NameKind.PREFERRED),
                name="actors_name_one_preferred_a_language",
                violation_error_message="Only one name in a language is preferred.",
            ),
        ]


class Office(Part):
    """A post within an organisation or state."""

    entry = models.ForeignKey(Actor, models.CASCADE, related_name="offices")
    title = models.CharField(max_length=200)
    single_holder = models.BooleanField(default=True, help_text="One person at a time.")

    class Meta(Part.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.title} ({super().__str__()})"


class Tenure(Part):
    """The time in which an actor held an office, or served in a free role."""

    named_by = ("entry", "office__entry")

    entry = models.ForeignKey(Actor, models.CASCADE, related_name="tenures")
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="tenures"
    )
    role = models.CharField(
        max_length=200, blank=True, help_text="In words, where no office stands for it."
    )
    organisation = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="served_by"
    )
    held = PartialDateField(help_text="From and to, as 1993/2003, or from then on, as 2020/..")
    held_earliest = DayField(of="held", end="earliest")
    held_latest = DayField(of="held", end="latest")

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            bounds_constraint("actors_tenure_held_bounds", "held"),
            models.CheckConstraint(
                condition=Q(office__isnull=False, role="") | Q(office=None) & ~Q(role=""),
                name="actors_tenure_office_or_role",
                violation_error_message="Give an office or a role in words, not both.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role or self.office} ({super().__str__()})"


class Relation(Part):
    """How one actor stands to another, read from the entry that has it."""

    entry = models.ForeignKey(Actor, models.CASCADE, related_name="relations")
    kind = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.RELATION},
    )
    to = models.ForeignKey(Actor, models.PROTECT, related_name="related")
    held = PartialDateField()
    held_earliest = DayField(of="held", end="earliest")
    held_latest = DayField(of="held", end="latest")

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            bounds_constraint("actors_relation_held_bounds", "held"),
            models.CheckConstraint(
                condition=~Q(entry=F("to")),
                name="actors_relation_to_another",
                violation_error_message="An actor has no relation to itself.",
            ),
        ]


class ActorIdentifier(Identifier):
    entry = models.ForeignKey(Actor, models.CASCADE, related_name="identifiers")


class ActorWaiver(Waiver):
    entry = models.ForeignKey(Actor, models.CASCADE, related_name="waivers")


class ActorCitation(Citation):
    entry = models.ForeignKey(Actor, models.CASCADE, related_name="citations")
