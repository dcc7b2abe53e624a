"""Django's middleware for people who sign in, at the addresses where somebody can be.

Public pages are the same for everybody: they read no session, and so set no cookie.
"""

from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

ADDRESSES = ("/desk/", "/account/")


class ForPeople:
    """Put before a middleware: elsewhere the request passes it by."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith(ADDRESSES):
            return super().__call__(request)  # type: ignore[misc]
        return self.get_response(request)


class Sessions(ForPeople, SessionMiddleware):
    pass


class Authentication(ForPeople, AuthenticationMiddleware):
    pass


class Messages(ForPeople, MessageMiddleware):
    pass
