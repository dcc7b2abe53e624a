"""What holds for any text, any date and any span."""

import json
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.dates import (
    OPEN_END,
    OPEN_START,
    PartialDate,
    bounds_of,
    certainly_within,
    display,
    possibly_within,
)

days = st.dates().map(date.isoformat)
marked = st.tuples(
    st.one_of(days, days.map(lambda day: day[:7]), days.map(lambda day: day[:4])),
    st.sampled_from(["", "?", "~", "%"]),
).map("".join)
unspecified = st.dates(min_value=date(1000, 1, 1)).flatmap(
    lambda day: st.sampled_from(
        [
            f"{day:%Y}"[:3] + "X",
            f"{day:%Y}"[:2] + "XX",
            f"{day:%Y-}XX",
            f"{day:%Y-%m-}XX",
            f"{day:%Y-}XX-XX",
            f"{day:%Y}"[:3] + f"X-{day:%m}",
        ]
    )
)
singles = st.one_of(marked, unspecified)
ends = st.one_of(singles, st.sampled_from(["", ".."]))
sets = st.lists(singles, min_size=2, max_size=4).map(", ".join)
anything_valid = st.one_of(
    singles,
    st.tuples(ends, ends).map("/".join),
    sets.map("[{}]".format),
    sets.map("{{{}}}".format),
)
edtf_like = st.text(st.sampled_from("0129X-/.?~%[]{},STZYE:+ "), max_size=30)


# The library takes some 10 ms for a date, and now and then much more.
unhurried = settings(deadline=None)


@unhurried
@given(st.one_of(st.text(), st.text(st.characters(categories=["Cs", "Cc", "Nd"])), edtf_like))
def test_any_text_gives_bounds_or_a_validation_error(text):
    assert isinstance(display(text), str)
    try:
        bounds = bounds_of(text)
    except ValidationError as error:
        " ".join(error.messages).encode()
    else:
        assert OPEN_START <= bounds.first_day <= bounds.last_day <= OPEN_END


@unhurried
@given(anything_valid)
def test_any_date_returns_from_its_document_and_has_words(edtf):
    made = PartialDate(edtf)
    try:
        made.validate()
    except ValidationError as error:
        refused_as = error.code
    else:
        refused_as = None
    if refused_as is not None:
        assert refused_as in {"edtf_order", "edtf_no_end"}
        return
    document = made.as_document()
    assert document["edtf"] == edtf
    assert PartialDate.from_document(json.loads(json.dumps(document))) == made
    assert OPEN_START <= made.first_day <= made.last_day <= OPEN_END
    words = display(edtf)
    assert words != edtf or edtf.isdigit()
    said = {
        "?": "uncertain",
        "~": "a",
        "%": "uncertain",
        "X": "0s|unknown|one of the years|some year",
    }
    for sign, meanings in said.items():
        assert sign not in edtf or any(meaning in words for meaning in meanings.split("|"))


@unhurried
@given(singles)
def test_any_single_date_is_valid(edtf):
    assert bounds_of(edtf).earliest is not None


def holds(condition: Q, row: dict[str, int]) -> bool:
    def compare(lookup: str, bound: int) -> bool:
        column, comparison = lookup.split("__")
        return row[column] >= bound if comparison == "gte" else row[column] <= bound

    assert (condition.connector, condition.negated) == ("AND", False)
    return all(compare(*child) for child in condition.children)  # type: ignore[misc]


small = st.integers(0, 6)


@given(small, small, small, small)
def test_certainly_within_implies_possibly_within(first, last, earliest, latest):
    earliest, latest = sorted([earliest, latest])
    row = {"earliest": earliest, "latest": latest}
    span = set(range(earliest, latest + 1))
    asked = set(range(first, last + 1))
    assert holds(certainly_within(first, last), row) is (bool(asked) and span <= asked)
    if asked:
        assert holds(possibly_within(first, last), row) is bool(span & asked)
        if holds(certainly_within(first, last), row):
            assert holds(possibly_within(first, last), row)


def test_within_uses_the_columns_named():
    assert possibly_within(1, 2, earliest="began_earliest", latest="began_latest") == Q(
        began_earliest__lte=2, began_latest__gte=1
    )
