"""Addresses of public pages that keep the edition that is read."""

from typing import Any

from django.urls import reverse

PARAMETER = "edition"  # of addresses: which edition they are to be answered from


class AsRead:
    """An edition, by its number; ``is_asked``: an address asked for it, and so links keep it."""

    def __init__(self, number: int, *, is_asked: bool = False) -> None:
        self.number, self.is_asked = number, is_asked

    @property
    def query(self) -> str:
        """The parameters that addresses keep."""
        return f"{PARAMETER}={self.number}" if self.is_asked else ""

    def page(self, url: str) -> str:
        """An address of this site, of the edition that is being read: it keeps ``?edition=``."""
        return self.pinned(url) if self.is_asked and url else url

    def pinned(self, url: str) -> str:
        """The same, to be kept: of the edition even where nobody asked for it."""
        address, mark, fragment = url.partition("#")
        joint = "&" if "?" in address else "?"
        return f"{address}{joint}{PARAMETER}={self.number}{mark}{fragment}"

    def address(self, name: str, *arguments: Any) -> str:
        """The same of a named address."""
        return self.page(reverse(name, args=arguments))

    def edition_address(self, number: int) -> str:
        """That of an edition's page; of one that came later, as it is read now."""
        url = reverse("record:edition_detail", args=[number])
        return self.page(url) if number <= self.number else url
