"""What later editions say otherwise about what a card shows, in words."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from chronicle.named_addresses import url_of
from record.filters import RecordFilter
from record.models import Change, State, Version
from record.reading import Record
from record.referred import targets_in
from record.sets import EntrySet, Since, redacted_since, since
from record.types import Document

MOST_SAID = 3  # changes of one entry
UNSHOWN = ("cites", "cites via", "subject")  # what is referred to so is not named on a card
WORDS = {
    Change.NEW: "published again",
    Change.CORRECTION: "corrected",
    Change.CLARIFICATION: "clarified",
    Change.NEW_EVIDENCE: "given new evidence",
    Change.WITHDRAWAL: "withdrawn",
    Change.MERGE: "changed by a merger",
    Change.REDACTION: "redacted",
}
LABELS = {str(change.label): words for change, words in WORDS.items()}
GONE = {
    State.WITHDRAWN: "withdrawn",
    State.MERGED: "merged into another entry",
    State.REDACTED: "redacted",
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
    )
    for row in rows.select_related("edition").defer("document", "search_text").order_by("edition"):
        later.setdefault(row.public_id, []).append(row)
    several = len(versions) > 1
    changed = [
        _changed(each, later[each.public_id], several)
        for each in versions
        if each.public_id in later
    ]
    return changed + _renamed(record, documents, {each.public_id for each in versions})


def _changed(then: Version, later: Sequence[Version], several: bool) -> Update:
    said = [_said(each) for each in later[-MOST_SAID:]]
    if left := len(later) - len(said):
        said.insert(0, f"changed {left} times before")
    both = urlencode({"from": then.edition_id, "to": later[-1].edition_id})
    url = f"{url_of('record:entry_history', then.public_id)}?{both}"
    return Update(", ".join(said), url, then.label if several else "")


def _said(version: Version) -> str:
    """A tombstone says why."""
    number = version.edition_id
    if version.state == State.PUBLISHED:
        return f"{WORDS[Change(version.change)]} in edition {number}"
    return f"{GONE[State(version.state)]} in edition {number}: {version.edition.reason}"


def _renamed(record: Record, documents: Iterable[Document], shown: Collection[str]) -> list[Update]:
    """Entries that are named on the card, and have another name now. Two queries at most."""
    targets = {target for document in documents for target in targets_in(document)}
    ids = {target.id for target in targets if target.predicate not in UNSHOWN} - {*shown}
    then, now = record.references(ids), record.now.references(ids)
    return [
        Update(
            f"“{then[each].name}” is called “{now[each].name}” now",
            url_of("record:entry_history", each),
        )
        for each in sorted(ids & then.keys() & now.keys())
        if then[each].name != now[each].name
    ]


def updates_of_set(
    found: EntrySet, before: RecordFilter, now: RecordFilter, *, many: str, url: str
) -> list[Update]:
    """Of what filters find. ``url``: of the set with its changes. Three to five queries; none
    where no edition came after the one that is read."""
    record = before.record
    if record.number == record.newest:
        return []
    words = _counted(since(found, before, now))
    if gone := redacted_since(before.type_name, record):
        words.append(f"{gone:,} of the {many} of that edition redacted")
    return [Update(", ".join(words), url)] if words else []


def _counted(changes: Since) -> list[str]:
    if changes.problem:
        return [changes.problem]
    said = Counter(LABELS[each.version.change] for each in changes.changed.shown)
    said["changed otherwise"] = changes.changed.total - len(changes.changed.shown)
    said.update(each.version.state for each in changes.left.shown if each.version.state)
    said["no longer among them"] = changes.left.total - sum(
        1 for each in changes.left.shown if each.version.state
    )
    said["more among them"] = changes.came.total
    return [f"{number:,} {words}" for words, number in said.items() if number]
