"""The languages of public pages, each of which has addresses of its own.

English, the source, has those without a prefix; French stands below ``/fr/``, and so on. The
address alone says which it is, no cookie and no header, so that one address has one representation.
What is for programs (the API, feeds, files) has one address for all languages; so has the desk.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import (
    get_language,
    get_language_bidi,
    get_language_from_path,
    override,
)

_held: ContextVar[str] = ContextVar("language", default="")


class Spoken(NamedTuple):
    """A language that the same page has: its tag, its name in itself, and the page's address."""

    tag: str
    name: str
    url: str
    is_current: bool


def of_now() -> str:
    """The code of the language that is spoken now: to keep apart what is kept of each."""
    return _held.get() or get_language() or settings.LANGUAGE_CODE


@contextmanager
def held() -> Iterator[None]:
    """Ask for the language once, where no other is spoken meanwhile and nothing is yielded: a row
    of a file asks some fifty times, and Django takes as long to answer as a row to be read.
    """
    before = _held.set(of_now())
    try:
        yield
    finally:
        _held.reset(before)


def language_at(path: str) -> str:
    """The code of the language that an address on this site is in."""
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def tag_of(code: str) -> str:
    """As HTML and HTTP write it (BCP 47): ``en-GB``."""
    language, _, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


def by_address(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """In place of Django's ``LocaleMiddleware``, which asks cookies and ``Accept-Language`` too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = language_at(request.path_info)
        with override(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", tag_of(code))
        return response

    return middleware


def without_language(url: str) -> str:
    """An address on this site as it is in English: what names something for good, in whatever
    language it is read."""
    script = get_script_prefix()
    prefix = f"{script}{of_now()}/"
    return f"{script}{url.removeprefix(prefix)}" if url.startswith(prefix) else url


def spoken(request: HttpRequest) -> dict[str, Any]:
    """For every page: what the site is called, and the page's language; where it stands in the
    others, if it does.

    A context processor; no query.
    """
    code = of_now()
    return {
        "site_name": settings.SITE_NAME,
        "page_language": tag_of(code),
        "page_direction": "rtl" if get_language_bidi() else "ltr",
        "languages": _same_page(request, code) if len(settings.LANGUAGES) > 1 else (),
    }


def _same_page(request: HttpRequest, now: str) -> Sequence[Spoken]:
    """None where an address has no language. Of what is nowhere, the home pages."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        path = "/"
    elif now != settings.LANGUAGE_CODE or _has_languages(match):
        path = without_language(request.path).removeprefix(get_script_prefix().rstrip("/"))
    else:
        return ()
    query = request.META.get("QUERY_STRING", "") if match else ""
    return [
        Spoken(tag_of(code), name, f"{begun}{path}{'?' if query else ''}{query}", code == now)
        for (code, name), begun in zip(settings.LANGUAGES, beginnings(), strict=True)
    ]


def beginnings() -> list[str]:
    """How addresses begin in each language, before their path: ``/fr``, and nothing in English."""
    script = get_script_prefix().rstrip("/")
    return [
        f"{script}/{code}" if code != settings.LANGUAGE_CODE else script
        for code, _ in settings.LANGUAGES
    ]


def _has_languages(match: Any) -> bool:
    """Whether the page that is read in English has an address in another language."""
    other = next(code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
    with override(other):
        try:
            url = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return False
    return url.startswith(f"{get_script_prefix()}{other}/")
