"""What is looked for among proposals, and in the responses to them."""

from collections.abc import Iterator

from django.db.models import F
from django.db.models.functions import Coalesce

from desk.integrity import Found, IntegrityCheck, NamesAlike, Touched, is_certain
from proposals.models import Proposal, ProposalCitation, Response, ResponseStance, Silence
from sources.integrity import PublishedBefore


class ProposalsAlike(NamesAlike):
    name = "proposals-alike"
    title = "Proposals with titles alike"
    types = ("proposal",)
    model = Proposal
    text = "title"
    entry = ""


class ResponseBeforehand(IntegrityCheck):
    name = "response-before-proposal"
    title = "Responses older than the proposal"
    sentence = (
        "{proposal} was presented {presented}, but {actor} is said to have responded before, "
        "{date} ({response})."
    )
    types = ("proposal", "event")

    def find(self, touched: Touched) -> Iterator[Found]:
        """By the date of the response, or of the event at which it was given."""
        rows = touched.rows(
            Response.objects.exclude(stance=ResponseStance.NONE_FOUND)
            .annotate(last_day=Coalesce("date_latest", "event__date_latest"))
            .filter(last_day__lt=F("entry__presented_earliest"))
            .order_by("pk"),
            proposal="entry",
            event="event",
        )
        for proposal, actor, key, presented, own, of_event, event in rows.values_list(
            "entry__public_id",
            "actor__public_id",
            "key",
            "entry__presented",
            "date",
            "event__date",
            "event__public_id",
        ):
            date = own or of_event
            also = {} if own else {"event": event}
            if is_certain(presented, date):
                yield Found(
                    {"proposal": proposal, "actor": actor, **also},
                    {"presented": presented, "date": date, "response": key},
                )


class AddressedAfterAll(IntegrityCheck):
    name = "topic-addressed-and-not"
    title = "Topics addressed, and said not to be"
    sentence = (
        "{proposal} has a provision on {topic}, and is said not to address it ({silence}). Remove "
        "one of the two."
    )
    types = ("proposal",)

    def find(self, touched: Touched) -> Iterator[Found]:
        rows = touched.rows(
            Silence.objects.filter(entry__provisions__topic=F("topic")).distinct().order_by("pk"),
            proposal="entry",
        )
        for proposal, topic, key in rows.values_list("entry__public_id", "topic__public_id", "key"):
            yield Found({"proposal": proposal, "topic": topic}, {"silence": key})


class ReportedBeforehand(PublishedBefore):
    name = "source-before-proposal"
    title = "Sources older than the proposal they report"
    sentence = (
        "{entry} was presented {date}, but {source}, which {citation} cites for it, was published "
        "before, {published}."
    )
    types = ("proposal", "source")
    model = ProposalCitation
    field = "presented"


CHECKS = (ProposalsAlike(), ResponseBeforehand(), AddressedAfterAll(), ReportedBeforehand())
