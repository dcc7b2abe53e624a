import pytest

from chronicle.date_explaining import explained
from chronicle.date_showing import date_explained, source_wording

NEAR = "Approximate: near this date; exactly when is not known."
DOUBTED = "Uncertain: most likely this date, but it may be another."


@pytest.mark.parametrize(
    ("edtf", "sentences"),
    [
        ("1997", []),
        ("1997-07-02", []),
        ("1993/2003", []),
        ("1997-07-02~", [NEAR]),
        ("1997?", [DOUBTED]),
        ("1997-~07", [NEAR]),
        ("1997%", [NEAR, DOUBTED]),
        ("2020/..", ["End open: as far as the source tells, it had not ended."]),
        ("2020/", ["No end given: whether and when it ended is not told."]),
        ("/2020", ["No beginning given: when it began is not told."]),
        ("../2020", ["Beginning open: it has no beginning that could be told."]),
        ("199X", ["It lies somewhere from 1 January 1990 to 31 December 1999."]),
        ("[1997,1999]", ["It lies somewhere from 1 January 1997 to 31 December 1999."]),
        ("1997-21", ["It lies somewhere from 1 March 1997 to 31 December 1997."]),
        ("199X/..", ["End open: as far as the source tells, it had not ended."]),
        ("nonsense", []),
    ],
)
def test_each_reason_for_doubt_is_a_sentence(edtf, sentences):
    assert explained(edtf, inferred=False) == sentences


def test_inference_is_said_last():
    *_, last = date_explained({"edtf": "1997~", "as_given": None, "inferred": True})
    assert last.startswith("Inferred: worked out by the editors;")
    assert date_explained(None) == []


@pytest.mark.parametrize(
    ("wording", "shown"),
    [
        ("On July 2, 1997", ""),
        ("2 July 1997", ""),
        ("on 2 July", "on 2 July"),
        ("signed on July 2, 1997", "signed on July 2, 1997"),
    ],
)
def test_wording_that_tells_no_more_than_the_date_is_left_out(wording, shown):
    assert source_wording({"edtf": "1997-07-02", "as_given": wording}) == shown
