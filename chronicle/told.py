"""The language of a name or a text within a line of words, carried by the line itself.

Such a piece stands between two characters that Unicode leaves to programs (U+FDD0 and after, the
noncharacters), which no text of the record has (``chronicle.texts.CONTROL``). So lines are put
together and translated like any others; only what shows them takes the pieces apart.
"""

import re
from collections.abc import Iterator

BEGIN, WORDS, END = "\ufdd0", "\ufdd1", "\ufdd2"
PIECE = re.compile(f"{BEGIN}([^{WORDS}]*){WORDS}([^{END}]*){END}")


def told(words: str, language: str) -> str:
    """``words`` with their language tag, if they have to say one."""
    return f"{BEGIN}{language}{WORDS}{words}{END}" if words and language else words


def untold(line: str) -> str:
    return PIECE.sub(r"\2", line) if BEGIN in line else line


def pieces(line: str) -> Iterator[tuple[str, str]]:
    """The words of a line with the language of each piece; empty where that is the page's."""
    done = 0
    for found in PIECE.finditer(line):
        if found.start() > done:
            yield line[done : found.start()], ""
        yield found[2], found[1]
        done = found.end()
    if done < len(line):
        yield line[done:], ""
