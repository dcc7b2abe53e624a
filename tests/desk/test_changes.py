"""What changed in an entry, each claim beside what is cited for it."""

import datetime
from typing import Any

import pytest

from desk.changes import EntryChanges, changes_of
from desk.cited import Evidence, checks_then
from tests import world


@pytest.fixture
def event(full):
    return world.document(full.event)


def changes(before: Any, after: Any, **options: Any) -> EntryChanges:
    evidence = Evidence([(before, after)], texts=True, **options)
    return changes_of(before, after, {}, evidence)


def claims(found: EntryChanges) -> list[tuple[str, str, list[str]]]:
    return [
        (each.claim, each.change.kind, [cited.key for cited in each.cited]) for each in found.claims
    ]


def with_citation(event: Any, place: int, **values: Any) -> Any:
    rows = [dict(row) for row in event["citations"]]
    rows[place] |= values
    return {**event, "citations": rows}


def test_changed_claim_stands_beside_its_citations(event):
    found = changes(event, {**event, "title": "Another", "editor_note": "Other."})

    assert claims(found) == [("title", "changed", ["c3"])]
    assert [change.where for change in found.others] == ["editor note"]


def test_field_of_a_part_that_is_not_cited_stands_beside_what_is_cited_for_the_part(event):
    first, second = event["participants"]
    after = {**event, "participants": [first | {"role": "T99"}, second]}

    [claim] = changes(event, after).claims

    assert (claim.claim, [cited.key for cited in claim.cited]) == ("p1.role", ["c1"])
    assert claim.of_part == f"participant p1 ({first['actor']})"


def test_claims_are_listed_whose_citation_alone_changed(event):
    found = changes(event, with_citation(event, 1, note="Read again."))

    assert claims(found) == [("date", "evidence", ["c1", "c2"])]
    [claim] = found.claims
    assert claim.stands.text.startswith("about 2 July 1997")
    assert [(each.where, each.after.text) for each in claim.cited[1].changes] == [
        ("note", "Read again.")
    ]


def test_of_a_citation_that_speaks_to_one_claim_more_only_that_is_listed(event):
    cited = event["citations"][2]["claims"]
    found = changes(event, with_citation(event, 2, claims=[*cited, "kind"]))

    assert claims(found) == [("kind", "evidence", ["c3"])]
    assert found.claims[0].cited[0].here == "newly"
    back = changes(with_citation(event, 2, claims=[*cited, "kind"]), event)
    assert back.claims[0].cited[0].here == "no longer"


def test_passage_is_shown_in_full_with_the_first_claim_only(event):
    after = {**event, "title": "Another", "summary": "Other.", "place": None}
    after = with_citation(after, 2, claims=["title", "summary"])

    found = changes(event, after)

    again = [(each.claim, [(c.key, c.again) for c in each.cited]) for each in found.claims]
    assert again == [
        ("title", [("c3", False)]),
        ("summary", [("c1", False), ("c3", True)]),
        ("place", [("c1", True)]),
    ]


def test_new_entry_begins_with_the_entry_itself(event):
    found = changes(None, event)

    assert claims(found)[0] == ("entry", "added", ["c1"])
    assert {each.change.kind for each in found.claims} == {"added"}


def test_part_that_went_is_told_with_what_was_cited_for_it(event):
    gone = {**event, "quantities": event["quantities"][1:]}
    key = event["quantities"][0]["key"]
    gone = with_citation(gone, 0, claims=[c for c in event["citations"][0]["claims"] if c != key])

    found = changes(event, gone)

    assert claims(found) == [(key, "removed", ["c1"])]
    assert (found.claims[0].is_gone, found.claims[0].cited[0].here) == (True, "no longer")


def test_removed_citation_is_told_with_its_claims(event):
    found = changes(event, {**event, "citations": event["citations"][:2]})

    assert claims(found) == [("title", "evidence", ["c3"])]
    assert found.claims[0].cited[0].change == "removed"


def test_changed_citation_of_no_claim_is_not_lost(event):
    before = with_citation(event, 2, claims=[])

    found = changes(before, with_citation(before, 2, note="Read again."))

    assert (claims(found), [each.key for each in found.uncited]) == ([], ["c3"])


def test_claim_that_stands_by_a_waiver_says_so(event):
    found = changes(event, {**event, "part_of": "E99"})

    assert found.claims[0].waived == "Follows from the title of the talks."


def test_claims_are_listed_whose_passage_is_no_longer_found(full, event):
    today = datetime.datetime.now(datetime.UTC).date()
    checks = checks_then({event["id"]: today})
    assert claims(changes(event, event, checks=checks)) == []
    world.hold_text(full.source, "Another printing, with other words.")

    found = changes(event, event, checks=checks)

    assert [each.claim for each in found.claims] == event["citations"][0]["claims"]
    cited = found.claims[0].cited[0]
    assert (cited.was, cited.passage.state, cited.change) == ("exact", "missing", "")


def test_passages_are_not_found_otherwise_where_no_text_is_held(full, event):
    checks = checks_then({event["id"]: datetime.datetime.now(datetime.UTC).date()})
    full.source.texts.all().delete()

    assert claims(changes(event, event, checks=checks)) == []
    title = changes(event, {**event, "title": "Another"}, checks=checks)
    assert claims(title) == [("title", "changed", ["c3"])]
    cited = title.claims[0].cited[0]
    assert (cited.passage.state, cited.has_changed) == ("unchecked", False)


def test_what_is_checked_later_is_not_what_was_found_then(full, event):
    assert checks_then({event["id"]: datetime.date(2000, 1, 1)}) == {}


def test_order_of_parts_is_no_claim(event):
    found = changes(event, {**event, "quantities": event["quantities"][::-1]})

    assert (claims(found), [(each.where, each.word) for each in found.others]) == (
        [],
        [("quantities", "put in another order")],
    )


def test_entries_without_evidence_have_no_claims(full):
    term = world.document(full.term)

    found = changes(term, {**term, "order": 4})

    assert (found.claims, [each.where for each in found.others]) == ([], ["order"])


def test_same_documents_have_no_changes(event):
    assert not changes(event, dict(event))
