"""What is looked for among events, and between them and who took part."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, Q

from desk.integrity import Found, IntegrityCheck, Touched, is_certain
from desk.likeness import Name, alike
from events.models import Event, EventCitation, Participation
from sources.integrity import PublishedBefore


def _outside(date: str, span: str) -> Q:
    """Rows whose ``date`` is before or after ``span``, whichever days the two mean."""
    return Q(**{f"{date}_latest__lt": F(f"{span}_earliest")}) | Q(
        **{f"{date}_earliest__gt": F(f"{span}_latest")}
    )


class EventsAlike(IntegrityCheck):
    name = "events-alike"
    title = "Events with titles alike on one date"
    sentence = "{first} and {second} have titles alike, are both of {date}, and may be one event."
    types = ("event",)

    def find(self, touched: Touched) -> Iterator[Found]:
        """Among those whose dates mean the very same days. Two queries."""
        span = ("date_earliest", "date_latest")
        events = Event.objects.filter(date__isnull=False).order_by()
        ids = touched.ids("event")
        if ids is not None:
            same = Q(pk__in=[])
            for first, last in touched.rows(events, event="pk").values_list(*span):
                same |= Q(date_earliest=first, date_latest=last)
            events = events.filter(same)
        names, dates = defaultdict(list), {}
        for public_id, title, date, *bounds in events.values_list(
            "public_id", "title", "date", *span
        ):
            dates[public_id] = date
            names[tuple(bounds)].append(Name(public_id, title))
        for same_days in names.values():
            for first, second in alike(same_days, of=ids):
                yield Found(
                    {"first": first.entry, "second": second.entry},
                    {"date": dates[first.entry]},
                    f"{first.text} {second.text}",
                )


class ActsOutsideTenure(IntegrityCheck):
    name = "acts-outside-tenure"
    title = "Acting outside a tenure"
    sentence = "{event} is of {date}, but {actor} takes part in a capacity held {held} ({tenure})."
    types = ("event", "actor")

    def find(self, touched: Touched) -> Iterator[Found]:
        rows = touched.rows(
            Participation.objects.filter(_outside("entry__date", "tenure__held")).order_by("pk"),
            event="entry",
            actor="tenure__entry",
        )
        for event, actor, key, tenure, date, held in rows.values_list(
            "entry__public_id",
            "tenure__entry__public_id",
            "key",
            "tenure__key",
            "entry__date",
            "tenure__held",
        ):
            if is_certain(date, held):
                yield Found(
                    {"event": event, "actor": actor},
                    {"date": date, "held": held, "tenure": f"{actor}/{tenure}"},
                    key,
                )


class OutsideExistence(IntegrityCheck):
    name = "outside-existence"
    title = "Events outside an actor’s existence"
    sentence = "{event} is of {date}, but {actor}, who takes part, existed {existed}."
    types = ("event", "actor")

    def find(self, touched: Touched) -> Iterator[Found]:
        rows = touched.rows(
            Participation.objects.filter(_outside("entry__date", "actor__existed")).order_by("pk"),
            event="entry",
            actor="actor",
        )
        for event, actor, date, existed in rows.values_list(
            "entry__public_id", "actor__public_id", "entry__date", "actor__existed"
        ):
            if is_certain(date, existed):
                yield Found({"event": event, "actor": actor}, {"date": date, "existed": existed})


class PartOutsideWhole(IntegrityCheck):
    name = "part-outside-whole"
    title = "Parts outside the dates of the whole"
    sentence = "{part} is of {date}, but {whole}, of which it is part, is of {whole_date}."
    types = ("event",)

    def find(self, touched: Touched) -> Iterator[Found]:
        rows = touched.rows(
            Event.objects.filter(_outside("date", "part_of__date")).order_by(),
            event="pk",
            event_2="part_of",
        )
        for part, whole, date, whole_date in rows.values_list(
            "public_id", "part_of__public_id", "date", "part_of__date"
        ):
            if is_certain(date, whole_date):
                yield Found(
                    {"part": part, "whole": whole},
                    {"date": date, "whole_date": whole_date},
                )


class ReportedBeforehand(PublishedBefore):
    name = "source-before-event"
    title = "Sources older than the event they report"
    sentence = (
        "{entry} is of {date}, but {source}, which {citation} cites for it, was published before, "
        "{published}."
    )
    types = ("event", "source")
    model = EventCitation
    field = "date"


CHECKS = (
    EventsAlike(),
    ActsOutsideTenure(),
    OutsideExistence(),
    PartOutsideWhole(),
    ReportedBeforehand(),
)
