"""Figures in words."""

import pytest

from events.figures import figure_words


def figure(low=None, best=None, high=None, unit=None, *, approximate=False):
    return {
        "key": "p1",
        "what": "delegates",
        "low": low,
        "best": best,
        "high": high,
        "unit": unit,
        "approximate": approximate,
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (figure(best="40"), "40"),
        (figure(best="40", unit="persons"), "40 persons"),
        (figure(best="1000000", approximate=True), "about 1,000,000"),
        (figure(low="2.5", high="3.25"), "2.5–3.25"),
        (figure(low="10"), "at least 10"),
        (figure(high="10"), "at most 10"),
        (figure(low="10", best="12", high="20", unit="days"), "12 (10–20) days"),
        (figure(low="10", best="12"), "12 (at least 10)"),
        (figure(best="10.50"), "10.50"),
        (figure(best="-3"), "\N{MINUS SIGN}3"),
        (figure(best="0"), "0"),
        (figure(low="-0.5", high="1234.5"), "\N{MINUS SIGN}0.5–1,234.5"),
    ],
)
def test_figure_in_words(given, words):
    assert figure_words(given) == words
