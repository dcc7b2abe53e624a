"""Where a filtered list can be had as a file, as a feed, to be cited, and as data."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from chronicle.named_addresses import url_of
from record.addresses import address, query_with

if TYPE_CHECKING:
    from record.pages import EntryPages


def forms_of(pages: "EntryPages", request: HttpRequest) -> dict[str, str]:
    """The same list to be kept and followed; without paging, for they have all of it."""
    plural, query = pages.entry_type.plural, query_with(request.GET, {})
    addresses = {
        "feed": url_of("files:list_feed", plural),
        "csv": url_of("files:download", plural, "csv"),
        "jsonl": url_of("files:download", plural, "jsonl"),
        "cite": url_of("cite:list", plural),
    }
    return {name: address(url, query) for name, url in addresses.items()}


def api_list(pages: "EntryPages", request: HttpRequest) -> str:
    """The same list in the API."""
    return address(url_of(f"api:{pages.type_name}_list"), query_with(request.GET, {}))
