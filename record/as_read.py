"""Addresses of public pages that keep the edition that is read."""

from typing import Any
from urllib.parse import urlencode

from chronicle.named_addresses import url_of

PARAMETER = "edition"  # of addresses: which edition they are to be answered from


class AsRead:
    """An edition, by its number; ``is_asked``: an address asked for it, and so links keep it."""

    def __init__(self, number: int, *, is_asked: bool = False) -> None:
        self.number, self.is_asked = number, is_asked

    @property
    def query(self) -> str:
        """The parameters that addresses keep."""
        return self._named if self.is_asked else ""

    def page(self, url: str) -> str:
        """An address of this site, of the edition that is being read: it keeps ``?edition=``."""
        return self.pinned(url) if self.is_asked and url else url

    def pinned(self, url: str) -> str:
        """An address that names no edition, as of this one, whether it was asked for or not."""
        address, mark, fragment = url.partition("#")
        joint = "&" if "?" in address else "?"
        return f"{address}{joint}{self._named}{mark}{fragment}"

    def address(self, name: str, *arguments: Any, **parameters: Any) -> str:
        """The same of a named address, with these parameters."""
        url = url_of(name, *arguments)
        return self.page(f"{url}?{urlencode(parameters)}" if parameters else url)

    def edition_address(self, number: int) -> str:
        """That of an edition's page; of one that came later, as it is read now."""
        url = url_of("record:edition_detail", number)
        return self.page(url) if number <= self.number else url

    @property
    def as_read(self) -> "AsRead":
        """For templates, which can ask nothing else of a record."""
        return AsRead(self.number, is_asked=self.is_asked)

    @property
    def _named(self) -> str:
        return f"{PARAMETER}={self.number}"


OF_NOW = AsRead(0)  # what a page is read as that reads no record: it keeps nothing
