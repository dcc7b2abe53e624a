"""Names in the order of the reader's alphabet, for what is put in order in memory.

Folded text is in that order in English, French, Russian and Armenian; Azerbaijani has letters of
its own between those that folding makes of them. Paged lists are in the order of the database.
"""

from chronicle import localised
from chronicle.languages import of_now
from record.folding import fold

ALPHABETS = {"az": "abcçdeəfgğhxıijkqlmnoöprsştuüvwyz"}
FIRST = 0xE000  # of characters for private use: letters come after digits and signs


def collation_key(text: str) -> str:
    alphabet = ALPHABETS.get(of_now())
    if alphabet is None:
        return fold(text)
    places = {letter: chr(FIRST + place) for place, letter in enumerate(alphabet)}
    return "".join(places.get(letter) or fold(letter) for letter in localised.lower(text))
