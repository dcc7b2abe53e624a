"""Answers at addresses that hold a secret: for whoever has the address, and for nobody else."""

from django.http import HttpResponse

# Told to no search engine and kept by nobody. No `no-referrer`: browsers then send a form without
# an origin, which the protection against forgery refuses. What the whole site says (`same-origin`)
# gives the address to no other site.
HEADERS = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}


def kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """The response with these headers."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
