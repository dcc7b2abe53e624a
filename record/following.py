"""A filtered list that a feed or a download is of: what it was asked for, or what is wrong."""

from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext

from record.addresses import address, query_with
from record.as_of import PARAMETERS
from record.conditional import record_of
from record.field_words import labelled
from record.filters import RecordFilter
from record.pages import EntryPages, pages_under
from record.reading import Record

LONGEST = 60  # letters of what somebody made up


@dataclass(frozen=True)
class ListAsked:
    """``path``: the page of that very list, within this site."""

    pages: EntryPages
    record: Record
    filters: RecordFilter
    title: str
    path: str


def list_asked(
    request: HttpRequest, plural: str, *, beside: Collection[str] = ()
) -> ListAsked | HttpResponse:
    """The list of a type, by its plural, under the filters of the address. ``beside`` them, the
    address may have these parameters.

    Or 400 that says in words what is wrong: a page may leave a wrong filter out, since it says so
    on its face; what goes to programs and files must not hold more than was asked for.
    """
    asked, wrong = read_list(record_of(request), request.GET, plural, beside=beside)
    if wrong:
        text = "\n".join([gettext("These parameters are not valid."), *wrong, ""])
        return HttpResponse(
            text, status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8"
        )
    return asked


def read_list(
    record: Record, query: QueryDict, plural: str, *, beside: Collection[str] = ()
) -> tuple[ListAsked, list[str]]:
    """The same of any query, and what is wrong with it, each in a sentence. Raises Http404."""
    pages = pages_under(plural)
    filters = pages.filterset(query, record=record)
    wrong = [
        labelled(name, message)
        for name, errors in filters.errors.as_data().items()
        for error in errors
        for message in error.messages
    ]
    wrong += [
        labelled(name[:LONGEST], gettext("this address has no such parameter."))
        for name in filters.unknown(known=(*PARAMETERS, *beside))
    ]
    active = ", ".join(labelled(each.label, each.shown) for each in filters.active())
    asked = ListAsked(
        pages,
        record,
        filters,
        title=f"{pages.title} ({active})" if active else str(pages.title),
        path=address(pages.list_url, query_with(query, {})),
    )
    return asked, wrong
