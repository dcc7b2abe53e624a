"""Numbers in digits and in English words, and how much they are."""

import re
from decimal import Decimal

from reading.recognition.wordings import NUMBERS, any_of

SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
    "dozen": Decimal(12),
    "bn": Decimal(10) ** 9,
    "tn": Decimal(10) ** 12,
    "mn": Decimal(10) ** 6,
    "m": Decimal(10) ** 6,
    "k": Decimal(1000),
}
SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen)"
WORD = rf"{any_of(NUMBERS)}(?!\w|-\w)"
DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,3}(?: \d{3}){1,3}(?! ?\d)|\d{1,9})(?:\.\d{1,4})?"
NUMBER = (
    rf"(?:{DIGITS}(?:bn|tn|mn)?(?: {SCALE}){{0,2}}(?!\w)"
    rf"|(?i:(?:half a|an? (?={SCALE})|{WORD}(?! an?\b))(?: ?{SCALE}){{0,2}}"
    rf"(?:,? (?:and )?{WORD}(?: {SCALE}){{0,2}}){{0,3}})(?!\w))"
)
# After a currency “m” is million; elsewhere it may be metres.
AMOUNT = rf"{DIGITS}(?:(?:bn|tn|mn|m|k)|(?: {SCALE}){{0,2}})(?!\w)"
PIECE = re.compile(r"[a-z]+(?:-[a-z]+)?|\d[\d, ]*(?:\.\d+)?", re.IGNORECASE)


def value_of(words: str) -> Decimal:
    """How much “two hundred and fifty”, “3.5 million”, “1,200”, “4bn” or “half a dozen” is."""
    total, group = Decimal(0), Decimal(0)
    for piece in PIECE.findall(words.lower()):
        if piece[0].isdigit():
            group += Decimal(re.sub(r"[, ]", "", piece))
        elif piece == "half":
            group = Decimal("0.5")
        elif piece in NUMBERS:
            group += NUMBERS[piece]
        elif piece in ("hundred", "dozen"):
            group = (group or 1) * SCALES[piece]
        elif piece in SCALES:
            # “Two thousand million”: the scale holds for all before it that is smaller.
            smaller = total if total < SCALES[piece] else Decimal(0)
            total = total - smaller + (group + smaller or 1) * SCALES[piece]
            group = Decimal(0)
    return total + group


def text_of(value: Decimal) -> str:
    """Decimal text as documents hold it: no exponent, no zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
