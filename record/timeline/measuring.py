"""How wide words are at most, in ems: the face is the reader's own, so the widest one counts.

Rounded up from DejaVu Sans, which is wider than the other faces of ``--sans`` (see tokens.css).
"""

from functools import lru_cache
from unicodedata import category, east_asian_width

WIDTHS = {
    **dict.fromkeys("ijl'’‘|", 0.34),
    **dict.fromkeys("If .,:;!\N{NO-BREAK SPACE}", 0.4),
    **dict.fromkeys('rt-()[]/“”"', 0.55),
    **dict.fromkeys("acehksvxyz0123456789", 0.65),
    **dict.fromkeys("mwMWOQGжшщюЖШЩЮМФ%@—…", 1.05),
}
LOWER, UPPER, WIDE, OTHER = 0.72, 0.88, 1.1, 1.05
ELLIPSIS = "…"
LEAST = 6  # letters: less of a name says nothing


@lru_cache(maxsize=2048)
def _width(character: str) -> float:
    if character in WIDTHS:
        return WIDTHS[character]
    kind = category(character)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    if east_asian_width(character) in ("W", "F"):
        return WIDE if kind != "So" else 1.5
    return {"Ll": LOWER, "Lu": UPPER}.get(kind, OTHER)


def width_of(text: str) -> float:
    """At most so many ems."""
    return sum(map(_width, text))


def cut(text: str, room: float) -> str:
    """As much of the text as fits into ``room`` ems, with an ellipsis; nothing for too little."""
    if width_of(text) <= room:
        return text
    left = room - _width(ELLIPSIS)
    kept = 0
    for character in text:
        left -= _width(character)
        if left < 0:
            break
        kept += 1
    short = text[:kept].rstrip(" ,;:–-(“")
    return short + ELLIPSIS if len(short) >= LEAST else ""
