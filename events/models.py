"""Events: what happened, when, where, with whom and how much."""

from django.db import models
from django.db.models import F, Q

from actors.models import Actor, Tenure
from chronicle.fields import DayField, PartialDateField, bounds_constraint
from desk.bases import Entry, Identifier, Part, Waiver
from places.models import Place
from sources.models import Citation
from vocabulary.models import Term, Vocabulary

IN_ORDER = ("date_earliest", "date_latest")


class Event(Entry):
    """Something that happened."""

    letter = "E"
    _history_m2m_fields = ["subjects", "follows"]

    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    kind = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.EVENT_KIND},
    )
    date = PartialDateField()
    date_earliest = DayField(of="date", end="earliest")
    date_latest = DayField(of="date", end="latest")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="events")
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="consists_of"
    )
    follows = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="followed_by"
    )

    class Meta(Entry.Meta):
        indexes = [
            # As the desk lists them: sorted without reading the rows, which are long.
            models.Index(fields=[*IN_ORDER, "id"], name="events_event_in_order"),
            models.Index(fields=["kind", *IN_ORDER], name="events_event_kind_in_order"),
            models.Index(fields=["place", *IN_ORDER], name="events_event_place_in_order"),
            models.Index(fields=["title", *IN_ORDER], name="events_event_title_in_order"),
        ]
        constraints = [
            bounds_constraint("events_event_date_bounds", "date"),
            models.CheckConstraint(
                condition=Q(part_of=None) | ~Q(part_of=F("id")),
                name="events_event_not_part_of_itself",
                violation_error_message="An event is not part of itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participation(Part):
    """An actor that took part, as what, and in which capacity."""

    entry = models.ForeignKey(Event, models.CASCADE, related_name="participants")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="participations")
    role = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.ROLE},
    )
    tenure = models.ForeignKey(
        Tenure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        help_text="The tenure in whose capacity the actor took part.",
    )

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            models.UniqueConstraint(
                fields=["entry", "actor", "role"], name="events_participation_once"
            ),
        ]


class Quantity(Part):
    """A figure: exact (``best`` alone), or a range with or without a best estimate."""

    entry = models.ForeignKey(Event, models.CASCADE, related_name="quantities")
    what = models.CharField(max_length=200)
    low = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    best = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    approximate = models.BooleanField(default=False, help_text="The source says “about”.")

    class Meta(Part.Meta):
        verbose_name_plural = "quantities"
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(best__isnull=False) | Q(high__isnull=False),
                name="events_quantity_has_a_figure",
                violation_error_message="Give at least one figure.",
            ),
            models.CheckConstraint(
                condition=(Q(low=None) | Q(best=None) | Q(low__lte=F("best")))
                & (Q(best=None) | Q(high=None) | Q(best__lte=F("high")))
                & (Q(low=None) | Q(high=None) | Q(low__lte=F("high"))),
                name="events_quantity_in_order",
                violation_error_message="Low, best and high have to be in ascending order.",
            ),
        ]


class EventIdentifier(Identifier):
    entry = models.ForeignKey(Event, models.CASCADE, related_name="identifiers")


class EventWaiver(Waiver):
    entry = models.ForeignKey(Event, models.CASCADE, related_name="waivers")


class EventCitation(Citation):
    entry = models.ForeignKey(Event, models.CASCADE, related_name="citations")
