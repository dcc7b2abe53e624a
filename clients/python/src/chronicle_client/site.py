"""A Chronicle site, to be read."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Self

import httpx

from chronicle_client.asking import Asking
from chronicle_client.citations import NAME, Citation, citation_in, citations_of
from chronicle_client.entries import ID, LISTS, Data, Entry, Page
from chronicle_client.errors import ChronicleError, Gone, Unreachable
from chronicle_client.reading import reading

Value = str | int | bool | Iterable[str]
MOST, MOST_EXPANDED = 200, 50  # results of a page


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
        ``from_="1997"`` (as ``from`` is Python's own). An empty list of values matches nothing. All
        are of one edition, also when another is published meanwhile.
        """
        if plural not in LISTS.values():
            lists = ", ".join(LISTS.values())
            raise ChronicleError(f"“{plural}” is no list of entries; these are: {lists}.")
        values = {name.removesuffix("_"): _values(value) for name, value in filters.items()}
        if [] in values.values():
            return
        most = MOST_EXPANDED if "expand" in values else MOST
        query = {"limit": str(most)} | {name: ",".join(each) for name, each in values.items()}
        while True:
            page = self.asking.get(f"{plural}/", Page.read, query)
            yield from page.entries
            if page.next is None:
                return
            before = query
            query = dict(httpx.URL(page.next).params) | {"edition": str(page.edition)}
            if query == before:
                raise Unreachable(f"{page.next} leads to itself.")

    def entry(self, public_id: str, *, edition: int | None = None) -> Entry:
        """One entry by its id, as it is now or as of an edition. ``NotThere``, ``Gone``."""
        query = {} if edition is None else {"edition": str(edition)}
        _require_id(public_id)
        return self.asking.get(f"{LISTS[public_id[0]]}/{public_id}/", Entry.alone, query)

    def citation(self, name: str, *, edition: int | None = None) -> Citation:
        """``E14/c3`` with the source that it cites. Two requests. ``NotThere``, ``Gone``.

        One whose entry was merged is found where it is now, with the ``id`` that it has there; one
        request more each time that it was.
        """
        entry, key = self._cited(name, edition)
        with reading(f"Citation {entry.id}/{key}", Unreachable):
            citations = citations_of(entry)
            if key not in citations:
                has = f"It has {', '.join(citations)}." if citations else "It has none."
                raise ChronicleError(f"{entry.id} has no citation {key}. {has}")
            source = self.entry(citations[key]["source"], edition=edition)
            found = citation_in(entry, key, source)
            str(found)  # so that what it says of itself is known to be readable
        return found

    def _cited(self, name: str, edition: int | None) -> tuple[Entry, str]:
        """The entry that has the citation, and the key that it has there."""
        been: set[str] = set()
        while True:
            named = NAME.fullmatch(name)
            if named is None:
                raise ChronicleError(f"“{name}” names no citation; they are called like E14/c3.")
            try:
                return self.entry(named[1], edition=edition), named[2]
            except Gone as gone:
                been.add(name)
                now = gone.keys.get(name)
                if not isinstance(now, str) or now in been:
                    raise
                name = now

    def changes(self, since: str = "0", *, limit: int = MOST) -> Page:
        """A page of the changes feed. One request."""
        return self.asking.get("changes/", Page.read, {"since": since, "limit": str(limit)})

    def edition(self, number: int) -> Data:
        """An edition, with all that its checksum is computed over. One request."""
        return self.asking.get(f"editions/{number}/", _result)

    def newest(self) -> int:
        """The number of the newest edition; 0 where there is none. One request."""
        return self.asking.get("", lambda body: int(body["edition"]))

    def stored(self, public_id: str, edition: int) -> Data:
        """What an edition said of an entry, as it was stored. One request."""
        _require_id(public_id)
        return self.asking.get(f"entries/{public_id}/versions/{edition}/", _result)


def _require_id(public_id: str) -> None:
    if not ID.fullmatch(public_id):
        raise ChronicleError(f"“{public_id}” is no id; ids are like E14 and A7.")


def _result(body: Data) -> Data:
    return dict(body["result"])


def _values(value: Value) -> list[str]:
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [str(value)] if isinstance(value, str | int) else list(value)
