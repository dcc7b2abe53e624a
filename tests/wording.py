"""Made-up translations: of every word, to see what is left; and of a few."""

from collections.abc import Mapping
from gettext import NullTranslations

CONTEXT = "\x04"


class Wrapping(NullTranslations):
    """Says everything between ⟦ and ⟧."""

    domain = "django"

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    def to_language(self) -> str:
        return self.code

    def gettext(self, message: str) -> str:
        return f"⟦{message.rpartition(CONTEXT)[2]}⟧" if message else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


class Some(Wrapping):
    """Says what it is given words for, by the words without their context; all else in English."""

    def __init__(self, code: str, words: Mapping[str, str]) -> None:
        super().__init__(code)
        self.words = words

    def gettext(self, message: str) -> str:
        plain = message.rpartition(CONTEXT)[2]
        return self.words.get(plain, plain)


def outside(text: str) -> str:
    """What of a text no translation said."""
    depth, left = 0, []
    for letter in text:
        if letter == "⟦":
            depth += 1
        elif letter == "⟧":
            depth -= 1
        elif depth == 0:
            left.append(letter)
    return "".join(left)
