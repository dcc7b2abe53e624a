"""Peace proposals: who made them, what they provide, what came of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from actors.models import Actor
from chronicle.fields import DayField, PartialDateField, bounds_constraint
from desk.bases import Entry, Identifier, Part, Waiver
from events.models import Event
from sources.models import Citation
from vocabulary.models import Term, Vocabulary


class Proposal(Entry):
    """A proposal for settling a conflict."""

    letter = "P"

    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    kind = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.PROPOSAL_KIND},
    )
    presented = PartialDateField()
    presented_earliest = DayField(of="presented", end="earliest")
    presented_latest = DayField(of="presented", end="latest")
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        help_text="The event at which it was presented.",
    )
    outcome = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [bounds_constraint("proposals_proposal_presented_bounds", "presented")]

    def __str__(self) -> str:
        return self.title


class Author(Part):
    entry = models.ForeignKey(Proposal, models.CASCADE, related_name="authors")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="proposals")

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            models.UniqueConstraint(fields=["entry", "actor"], name="proposals_author_once"),
        ]


class Provision(Part):
    """One thing that the proposal would settle."""

    entry = models.ForeignKey(Proposal, models.CASCADE, related_name="provisions")
    topic = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.TOPIC},
    )
    summary = models.TextField()

    class Meta(Part.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.summary[:60]} ({super().__str__()})"


class Silence(Part):
    """A topic that the proposal says nothing of, as somebody found who looked for it there.

    A topic that nobody has looked for has neither a provision nor this.
    """

    entry = models.ForeignKey(Proposal, models.CASCADE, related_name="silences")
    topic = models.ForeignKey(
        Term,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.TOPIC},
        help_text="What the proposal does not address: a source says so, or its text shows it.",
    )

    class Meta(Part.Meta):
        verbose_name = "topic not addressed"
        verbose_name_plural = "topics not addressed"
        constraints = [
            *Part.Meta.constraints,
            models.UniqueConstraint(fields=["entry", "topic"], name="proposals_silence_once"),
        ]


class LineageKind(models.TextChoices):
    SAME_AS = "same as", pgettext_lazy("how a provision stands to an earlier one", "Same as")
    REVISES = "revises", pgettext_lazy("how a provision stands to an earlier one", "Revises")
    REPLACES = "replaces", pgettext_lazy("how a provision stands to an earlier one", "Replaces")
    DROPS = "drops", pgettext_lazy("how a provision stands to an earlier one", "Drops")


class Lineage(Part):
    """How a provision stands to one of an earlier proposal; one that drops it has none here.

    Or, where the source says no more, how the whole stands to the whole of an earlier one.
    """

    entry = models.ForeignKey(Proposal, models.CASCADE, related_name="lineage")
    provision = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="descends"
    )
    kind = models.CharField(max_length=12, choices=LineageKind)
    earlier = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="taken_up"
    )
    earlier_proposal = models.ForeignKey(
        Proposal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_up",
        help_text="Instead of a provision: the whole of an earlier proposal.",
    )

    class Meta(Part.Meta):
        verbose_name_plural = "lineage"
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(earlier__isnull=False, earlier_proposal=None)
                | Q(earlier=None, earlier_proposal__isnull=False),
                name="proposals_lineage_to_one_earlier",
                violation_error_message=(
                    "Name an earlier provision or the whole of an earlier proposal, not both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(earlier_proposal=None)
                | Q(provision=None) & ~Q(kind=LineageKind.DROPS) & ~Q(earlier_proposal=F("entry")),
                name="proposals_lineage_of_the_whole",
                violation_error_message=(
                    "The whole of a proposal stands to the whole of another: name no provision, "
                    "and another kind than “drops”."
                ),
            ),
            models.CheckConstraint(
                condition=Q(earlier=None)
                | Q(kind=LineageKind.DROPS, provision=None)
                | ~Q(kind=LineageKind.DROPS) & Q(provision__isnull=False),
                name="proposals_lineage_drops_without_provision",
                violation_error_message="Name the provision, except where one is dropped.",
            ),
        ]


class ResponseStance(models.TextChoices):
    ACCEPTS = "accepts", pgettext_lazy("response to a proposal", "Accepts")
    WITH_RESERVATIONS = (
        "accepts with reservations",
        pgettext_lazy("response to a proposal", "Accepts with reservations"),
    )
    REJECTS = "rejects", pgettext_lazy("response to a proposal", "Rejects")
    NONE_FOUND = "none found", pgettext_lazy("response to a proposal", "None found")


class Response(Part):
    """What an actor said to the whole proposal, or to one provision of it.

    *None found*: looked for in ``looked_in`` as of ``date``, and not there. An actor that
    nobody has looked for has no row.
    """

    entry = models.ForeignKey(Proposal, models.CASCADE, related_name="responses")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="responses")
    to = models.ForeignKey(
        Provision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
        help_text="Left empty: the whole proposal.",
    )
    stance = models.CharField(max_length=26, choices=ResponseStance)
    date = PartialDateField(help_text="When; of “none found”, as of when.")
    date_earliest = DayField(of="date", end="earliest")
    date_latest = DayField(of="date", end="latest")
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="responses"
    )
    looked_in = models.TextField(blank=True, help_text="Of “none found”: where it was looked for.")

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            bounds_constraint("proposals_response_date_bounds", "date"),
            models.CheckConstraint(
                condition=~Q(stance=ResponseStance.NONE_FOUND) & Q(looked_in="")
                | Q(stance=ResponseStance.NONE_FOUND, date__isnull=False) & ~Q(looked_in=""),
                name="proposals_response_says_where_it_looked",
                violation_error_message=(
                    "“None found” needs a date and where it was looked for; the others do not."
                ),
            ),
        ]


class ProposalIdentifier(Identifier):
    entry = models.ForeignKey(Proposal, models.CASCADE, related_name="identifiers")


class ProposalWaiver(Waiver):
    entry = models.ForeignKey(Proposal, models.CASCADE, related_name="waivers")


class ProposalCitation(Citation):
    entry = models.ForeignKey(Proposal, models.CASCADE, related_name="citations")
