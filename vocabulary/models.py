"""Terms: the words of the vocabularies that entries are described with."""

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils.translation import pgettext_lazy

from chronicle import localised
from desk.bases import Entry, Identifier, Part


class Vocabulary(models.TextChoices):
    EVENT_KIND = "event kind", pgettext_lazy("vocabulary", "Event kind")
    PROPOSAL_KIND = "proposal kind", pgettext_lazy("vocabulary", "Proposal kind")
    ROLE = "role", pgettext_lazy("vocabulary", "Role of a participant")
    RELATION = "relation", pgettext_lazy("vocabulary", "Relation between actors")
    TOPIC = "topic", pgettext_lazy("vocabulary", "Topic of a provision")
    SUBJECT = "subject", pgettext_lazy("vocabulary", "Subject")


class Term(Entry):
    """A word of one vocabulary, with a definition a stranger could apply."""

    letter = "T"

    vocabulary = models.CharField(max_length=20, choices=Vocabulary, db_index=True)
    order = models.PositiveSmallIntegerField(default=0, help_text="Where it stands in lists.")
    retired = models.BooleanField(
        default=False, help_text="Kept for old entries, not for new ones."
    )

    class Meta(Entry.Meta):
        ordering = ["vocabulary", "order", "slug"]

    def __str__(self) -> str:
        return (
            self.__dict__.get("called")
            or f"{self.slug} ({localised.lower(self.get_vocabulary_display())})"
        )

    @classmethod
    def name_of(cls, key: str) -> Subquery:
        labels = Label.objects.filter(entry=OuterRef(key)).order_by("position", "pk")
        return Subquery(labels.values("label")[:1])


class Label(Part):
    """What a term is called, and what it means, in one language."""

    entry = models.ForeignKey(Term, models.CASCADE, related_name="labels")
    language = models.CharField(max_length=12, default="en")
    label = models.CharField(max_length=120)
    definition = models.TextField(blank=True)

    class Meta(Part.Meta):
        constraints = [
            *Part.Meta.constraints,
            models.UniqueConstraint(
                fields=["entry", "language"], name="vocabulary_label_one_a_language"
            ),
        ]


class TermIdentifier(Identifier):
    entry = models.ForeignKey(Term, models.CASCADE, related_name="identifiers")
