"""Names in the order of the reader's alphabet.

As the Unicode CLDR has it: letters of the language come in the order of its alphabet, before those
of other scripts; accents that make no letter of their own do not count.
"""

import unicodedata
from functools import lru_cache

from chronicle import localised
from chronicle.languages import of_now
from record.folding import fold

# Without the languages whose folded letters are in the order of the alphabet.
ALPHABETS = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz",
    "hy": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքևօֆ",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
}
# Letters of an alphabet become signs that stand between digits and small letters, of which folded
# text has none: there is room for 39.
PLACES = {
    language: {letter: chr(ord("9") + place) for place, letter in enumerate(alphabet, start=1)}
    for language, alphabet in ALPHABETS.items()
}


def collation_key(text: str, language: str = "") -> str:
    """By which names are compared, character by character: in the language of now, or that one."""
    language = (language or of_now()).partition("-")[0]
    lowered = localised.lower(unicodedata.normalize("NFC", text), language).replace("œ", "oe")
    places = PLACES.get(language)
    # Of an alphabet without Latin letters, a text in them alone holds none.
    if places is None or (lowered.isascii() and "a" not in places):
        return fold(lowered)
    letters = [places.get(letter) or _other(letter, language) for letter in lowered]
    return " ".join("".join(letters).split())


@lru_cache(maxsize=4096)
def _other(letter: str, language: str) -> str:
    """One that the alphabet does not have, as it is without its accents; signs part words."""
    folded = "".join(PLACES[language].get(bare, bare) for bare in fold(letter))
    return folded or ("" if unicodedata.combining(letter) else " ")
