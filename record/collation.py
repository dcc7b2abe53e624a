"""Names in the order of the reader's alphabet.

As the Unicode CLDR has it: letters of the language come in the order of its alphabet, before those
of other scripts; accents that make no letter of their own do not count.
"""

import unicodedata

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
MOST = 4096  # letters that are kept of a language


class _Signs(dict[int, str]):
    """What each letter becomes in keys of a language, found out when it first comes."""

    def __init__(self, language: str) -> None:
        self.places = PLACES[language]
        super().__init__({ord(letter): sign for letter, sign in self.places.items()})

    def __missing__(self, code: int) -> str:
        sign = self._other(chr(code))
        if len(self) < MOST:
            self[code] = sign
        return sign

    def _other(self, letter: str) -> str:
        """One that the alphabet does not have, as it is without its accents; signs part words."""
        folded = "".join(self.places.get(bare, bare) for bare in fold(letter))
        return folded or ("" if unicodedata.combining(letter) else " ")


SIGNS = {language: _Signs(language) for language in ALPHABETS}


def collation_key(text: str, language: str = "") -> str:
    """By which names are compared, character by character: in the language of now, or that one."""
    language = (language or of_now()).partition("-")[0]
    lowered = localised.lower(unicodedata.normalize("NFC", text), language).replace("œ", "oe")
    signs = SIGNS.get(language)
    # Of an alphabet without Latin letters, a text in them alone holds none.
    if signs is None or (lowered.isascii() and "a" not in signs.places):
        return fold(lowered)
    return " ".join(lowered.translate(signs).split())
