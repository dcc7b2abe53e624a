"""What later editions say otherwise about what a card shows, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy

from chronicle.named_addresses import url_of
from record.counting_changes import ChangesCounted, count_changes
from record.filters import RecordFilter
from record.models import Change, State, Version
from record.pages import counted_words
from record.reading import Record
from record.referred import targets_in
from record.sets import problem_of, redacted_since
from record.types import Document

MOST_SAID = 3  # changes of one entry
UNSHOWN = ("cites", "cites via", "subject")  # what is referred to so is not named on a card
# Translators: what has become of an entry: “Corrected in edition 7”.
WORDS = {
    Change.NEW: gettext_lazy("published again in edition %(edition)d"),
    Change.CORRECTION: gettext_lazy("corrected in edition %(edition)d"),
    Change.CLARIFICATION: gettext_lazy("clarified in edition %(edition)d"),
    Change.NEW_EVIDENCE: gettext_lazy("given new evidence in edition %(edition)d"),
    Change.REDACTION: gettext_lazy("published anew after a redaction in edition %(edition)d"),
    Change.MERGE: gettext_lazy("changed by a merger in edition %(edition)d"),
}
GONE = {
    State.WITHDRAWN: gettext_lazy("withdrawn in edition %(edition)d: %(reason)s"),
    State.MERGED: gettext_lazy("merged into another entry in edition %(edition)d: %(reason)s"),
    State.REDACTED: gettext_lazy("redacted in edition %(edition)d: %(reason)s"),
}
# Translators: how many entries of a list: “2 corrected, 1 withdrawn, 3 more among them”.
COUNTED: Mapping[str, Any] = {
    Change.CORRECTION: ngettext_lazy("%(count)s corrected", "%(count)s corrected", "number"),
    Change.CLARIFICATION: ngettext_lazy("%(count)s clarified", "%(count)s clarified", "number"),
    Change.NEW_EVIDENCE: ngettext_lazy(
        "%(count)s given new evidence", "%(count)s given new evidence", "number"
    ),
    State.WITHDRAWN: ngettext_lazy("%(count)s withdrawn", "%(count)s withdrawn", "number"),
    State.MERGED: ngettext_lazy(
        "%(count)s merged into another", "%(count)s merged into others", "number"
    ),
    State.REDACTED: ngettext_lazy("%(count)s redacted", "%(count)s redacted", "number"),
    "changed": ngettext_lazy(
        "%(count)s changed otherwise", "%(count)s changed otherwise", "number"
    ),
    "left": ngettext_lazy(
        "%(count)s no longer among them", "%(count)s no longer among them", "number"
    ),
    "came": ngettext_lazy("%(count)s more among them", "%(count)s more among them", "number"),
    "gone": ngettext_lazy(
        "%(count)s of that edition redacted",
        "%(count)s of that edition redacted",
        "number",
    ),
}


@dataclass(frozen=True)
class Update:
    """``url`` leads to what has changed, as it is told now. ``about``: what it is of, where a card
    shows several entries."""

    words: str
    url: str
    about: str = ""


def updates_of_entries(
    record: Record, versions: Sequence[Version], documents: Iterable[Document]
) -> list[Update]:
    """Of entries as an edition has them, and of what else their documents name.

    Three queries; none where no edition came after it.
    """
    if record.number == record.newest:
        return []
    later: dict[str, list[Version]] = {}
    rows = Version.objects.filter(
        public_id__in=[each.public_id for each in versions],
        edition__gt=record.number,
        edition__lte=record.newest,
        redacted_in=None,  # the edition that redacted one has a version that says so
    )
    for row in rows.select_related("edition").defer("document", "search_text").order_by("edition"):
        later.setdefault(row.public_id, []).append(row)
    several = len(versions) > 1
    changed = [
        _changed(each, later[each.public_id], several)
        for each in versions
        if each.public_id in later
    ]
    named = {target for each in documents for target in targets_in(each)}
    ids = {target.id for target in named if target.predicate not in UNSHOWN}
    return changed + renamed(record, ids - {each.public_id for each in versions})


def _changed(then: Version, later: Sequence[Version], several: bool) -> Update:
    said = [_said(each) for each in later[-MOST_SAID:]]
    if left := len(later) - len(said):
        earlier = ngettext("changed %(count)d time before", "changed %(count)d times before", left)
        said.insert(0, earlier % {"count": left})
    both = urlencode({"from": then.edition_id, "to": later[-1].edition_id})
    url = f"{url_of('record:entry_history', then.public_id)}?{both}"
    return Update(", ".join(said), url, then.label if several else "")


def _said(version: Version) -> str:
    """A tombstone says why."""
    number = version.edition_id
    if version.state == State.PUBLISHED:
        return str(WORDS[Change(version.change)] % {"edition": number})
    why = {"edition": number, "reason": version.edition.reason}
    return str(GONE[State(version.state)] % why)


def renamed(record: Record, ids: Set[str]) -> list[Update]:
    """Entries that are named on the card, and have another name now. Two queries at most; none
    where no edition came after it."""
    if record.number == record.newest:
        return []
    then, now = record.references(ids), record.now.references(ids)
    return [
        Update(
            gettext("“%(old)s” is called “%(new)s” now")
            % {"old": then[each].name, "new": now[each].name},
            url_of("record:entry_history", each),
        )
        for each in sorted(ids & then.keys() & now.keys())
        if then[each].name != now[each].name
    ]


def updates_of_set(before: RecordFilter, now: RecordFilter, *, url: str) -> list[Update]:
    """Of what filters find. ``url``: of the set with its changes. Two queries, and those of the
    filters; none where no edition came after the one that is read."""
    record = before.record
    if record.number == record.newest:
        return []
    if problem := problem_of(now):
        return [Update(problem, url)]
    counted = _by_words(count_changes(before, now))
    counted["gone"] = redacted_since(before.type_name, record)
    words = [counted_words(COUNTED[each], counted[each]) for each in COUNTED if counted[each]]
    return [Update(", ".join(words), url)] if words else []


def _by_words(changes: ChangesCounted) -> Counter[str]:
    """By what ``COUNTED`` has words for."""
    counted = Counter({"came": changes.came})
    for kind, number in changes.changed.items():
        counted[kind if kind in COUNTED else "changed"] += number
    for state, number in changes.left.items():
        counted[state if state in COUNTED else "left"] += number
    return counted
