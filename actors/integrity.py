"""What is looked for among actors: their names, tenures and relations."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from actors.models import ActorName, Office, Relation, Tenure
from chronicle.dates import Bounds, PartialDate
from desk.integrity import Found, IntegrityCheck, NamesAlike, Touched, is_certain


class ActorsAlike(NamesAlike):
    name = "actors-alike"
    title = "Actors with names alike"
    types = ("actor",)
    model = ActorName
    text = "text"
    group = "entry__kind"


class _Held(NamedTuple):
    """A tenure for the days that it certainly lasts."""

    lasting: Bounds
    holder: str
    held: PartialDate
    key: str


class TenuresOverlap(IntegrityCheck):
    name = "tenures-overlap"
    title = "Two holders of an office for one"
    sentence = (
        "{first} ({held}) and {second} ({also_held}) hold one office of {organisation} at the "
        "same time: {office}, which is for one person."
    )
    types = ("actor",)

    def find(self, touched: Touched) -> Iterator[Found]:
        """By the days that both certainly last; on the day of handing over there may be two."""
        offices = touched.rows(
            Office.objects.filter(single_holder=True).order_by(),
            actor="entry",
            actor_2="tenures__entry",
        )
        tenures = Tenure.objects.filter(office__in=offices.values("pk"), held__isnull=False)
        by_office: dict[tuple[str, str, str], list[_Held]] = defaultdict(list)
        for organisation, key, title, *tenure in tenures.order_by("pk").values_list(
            "office__entry__public_id",
            "office__key",
            "office__title",
            "held",
            "entry__public_id",
            "key",
        ):
            held, holder, own_key = tenure
            if is_certain(held) and (lasting := held.lasting):
                by_office[organisation, key, title].append(_Held(lasting, holder, held, own_key))
        for (organisation, key, title), holders in by_office.items():
            for one, other in _overlapping(holders):
                yield Found(
                    {"first": one.holder, "second": other.holder, "organisation": organisation},
                    {"held": one.held, "also_held": other.held, "office": title},
                    f"{organisation}/{key} {one.key} {other.key}",
                )


def _overlapping(tenures: list[_Held]) -> Iterator[tuple[_Held, _Held]]:
    """In the order in which they began; each is compared with those that last beyond it alone."""
    lasting: list[_Held] = []
    for tenure in sorted(tenures, key=lambda held: (held.lasting.first_day, held.holder)):
        lasting = [held for held in lasting if held.lasting.last_day > tenure.lasting.first_day]
        for other in lasting:
            longer_than_a_day = tenure.lasting.first_day < tenure.lasting.last_day
            if other.holder != tenure.holder and longer_than_a_day:
                yield other, tenure
        lasting.append(tenure)


class RelationOneWay(IntegrityCheck):
    name = "relation-one-way"
    title = "Relations told from one side"
    sentence = (
        "{first} stands to {second} as “{kind}”, but not the other way round, as it is with "
        "most who are related so."
    )
    types = ("actor",)

    def find(self, touched: Touched) -> Iterator[Found]:
        """Whether a kind goes both ways is seen from most of its pairs."""
        relations: Any = Relation.objects.order_by("pk")
        kinds = touched.rows(relations, actor="entry", actor_2="to").order_by().values("kind")
        pairs: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for term, slug, entry, to in relations.filter(kind__in=kinds).values_list(
            "kind__public_id", "kind__slug", "entry__public_id", "to__public_id"
        ):
            pairs[term, slug].add((entry, to))
        ids = touched.ids("actor")
        for (term, slug), told in pairs.items():
            one_way = sorted(pair for pair in told if pair[::-1] not in told)
            if len(told) - len(one_way) <= 2 * len(one_way):  # both ways, a pair is told twice
                continue
            for first, second in one_way:
                if ids is None or ids & {first, second}:
                    yield Found({"first": first, "second": second}, {"kind": slug}, term)


CHECKS = (ActorsAlike(), TenuresOverlap(), RelationOneWay())
