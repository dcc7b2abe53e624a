"""Folded texts kept in memory, for as long as nothing is gone that they may hold words of."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from sources.selectors import FoldedText


class KeptTexts:
    """The last few texts, folded: they never change, and reading one takes many pages.

    Of 100 KB a text takes some 5 ms to make and 300 KB to keep. Whatever else is kept of a text
    hangs weakly on it (``WeakKeyDictionary``), so that it goes when the text goes.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, FoldedText] = OrderedDict()
        self._standing: Hashable = None
        self._lock = Lock()

    def folded(
        self, sha256: str, headings: tuple[int, ...], text: str, *, standing: Hashable
    ) -> FoldedText:
        """``standing`` changes whenever a text may have gone; then all go from here too, so that
        another process which removed one, or redacted its source, is heard of."""
        with self._lock:
            if standing != self._standing:
                self._kept.clear()
                self._standing = standing
            found = self._kept.pop((sha256, headings), None) or FoldedText(text, list(headings))
            self._kept[sha256, headings] = found
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return found

    def forget(self) -> None:
        """All of them, in this process."""
        with self._lock:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)


# Apart, so that whoever reads in public takes none away from the desk.
AT_THE_DESK = KeptTexts(8)
IN_PUBLIC = KeptTexts(4)


def forget_kept(**_: object) -> None:
    """Sent when a text is removed, and when an entry is redacted."""
    AT_THE_DESK.forget()
    IN_PUBLIC.forget()
