"""Which pages other sites may show in a frame: cards, and nothing else here."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from csp.constants import HEADER, NONE, SELF
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def framed_anywhere(view: View) -> View:
    """Outside of all that keeps answers, as what lifts X-Frame-Options is kept with none.

    In turn the page may do less than others: it runs no script and sends no form.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers[HEADER] = _policy()
        response.xframe_options_exempt = True  # type: ignore[attr-defined]
        return response

    return wrapped


@cache
def _policy() -> str:
    return build_policy(
        replace={
            "default-src": [NONE],
            "style-src": [SELF],
            "img-src": [SELF],
            "base-uri": [NONE],
            "form-action": [NONE],
            "frame-ancestors": ["*"],
        }
    )
