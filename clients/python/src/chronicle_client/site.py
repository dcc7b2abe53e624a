"""A Chronicle site, to be read."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Self

import httpx

from chronicle_client.asking import Asking
from chronicle_client.citations import NAME, Citation, citation_in, citations_of
from chronicle_client.entries import LISTS, Data, Entry, Page, references_in
from chronicle_client.errors import ChronicleError

Value = str | int | bool | Iterable[str]
MOST = 200  # results of a page


class Chronicle:
    """The record of one site. To be closed, as by ``with``.

    Everything raises ``Refused`` with what the site says where it cannot answer (``NotThere`` and
    ``Gone`` among it), and ``Unreachable``. While the site is busy (429, 503) it is asked again,
    when it says. ``token``: one that the site has issued, for higher limits.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str = "",
        transport: httpx.BaseTransport | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.asking = Asking(url, token=token, transport=transport, wait=wait)
        self.url = self.asking.url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self.asking.http.close()

    def entries(self, plural: str, **filters: Value) -> Iterator[Entry]:
        """All entries of a list (``events``) under these filters, one request a page.

        Filters are those of the API: ``actor="A7"``, ``kind=["T1", "T2"]``, ``contested=True``,
        ``from_="1997"`` (as ``from`` is Python's). All are of one edition, also when another is
        published meanwhile.
        """
        query = {"limit": str(MOST)} | {
            name.removesuffix("_"): _written(value) for name, value in filters.items()
        }
        while True:
            page = Page.read(self.asking.get(f"{plural}/", query))
            yield from page.entries
            if page.next is None:
                return
            query = dict(httpx.URL(page.next).params) | {"edition": str(page.edition)}

    def entry(self, public_id: str, *, edition: int | None = None) -> Entry:
        """One entry by its id, as it is now or as of an edition. ``NotThere``, ``Gone``."""
        query = {"edition": str(edition)} if edition else {}
        if public_id[:1] not in LISTS:
            raise ChronicleError(f"“{public_id}” is no id; ids are like E14 and A7.")
        body = self.asking.get(f"{LISTS[public_id[0]]}/{public_id}/", query)
        return Entry.read(body["result"], references_in(body), body["checks"], body["url"])

    def citation(self, name: str, *, edition: int | None = None) -> Citation:
        """``E14/c3`` with the source that it cites. Two requests. ``NotThere``, ``Gone``."""
        named = NAME.fullmatch(name)
        if named is None:
            raise ChronicleError(f"“{name}” names no citation; they are called like E14/c3.")
        entry = self.entry(named[1], edition=edition)
        citations = citations_of(entry)
        if named[2] not in citations:
            has = f"It has {', '.join(citations)}." if citations else "It has none."
            raise ChronicleError(f"{named[1]} has no citation {named[2]}. {has}")
        source = self.entry(citations[named[2]]["source"], edition=edition)
        return citation_in(entry, named[2], source)

    def changes(self, since: str = "0", *, limit: int = MOST) -> Page:
        """A page of the changes feed. One request."""
        return Page.read(self.asking.get("changes/", {"since": since, "limit": str(limit)}))

    def edition(self, number: int) -> Data:
        """An edition, with all that its checksum is computed over. One request."""
        found: Data = self.asking.get(f"editions/{number}/")["result"]
        return found

    def newest(self) -> int:
        """The number of the newest edition; 0 where there is none. One request."""
        return int(self.asking.get("")["edition"])

    def stored(self, public_id: str, edition: int) -> Data:
        """What an edition said of an entry, as it was stored. One request."""
        found: Data = self.asking.get(f"entries/{public_id}/versions/{edition}/")["result"]
        return found


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int) else ",".join(value)
