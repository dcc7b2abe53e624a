"""Addresses on public pages: they keep the edition that is read. Nothing here asks the database.

What has no edition (the desk, accounts, letters) is named by Django's ``{% url %}``.
"""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html

from record.as_read import PARAMETER, AsRead

register = template.Library()
OF_NOW = AsRead(0)  # keeps nothing


@register.simple_tag(takes_context=True)
def page(context: Context, name: str, *arguments: Any, **parameters: Any) -> str:
    """``{% page 'events:event_list' contested='true' %}``: a named address and its parameters."""
    url = reverse(name, args=arguments)
    return _record(context).page(f"{url}?{urlencode(parameters)}" if parameters else url)


@register.simple_tag(takes_context=True)
def edition_page(context: Context, number: int) -> str:
    """That of an edition; one that came after the edition that is read is shown as it is now."""
    return _record(context).edition_address(number)


@register.simple_tag(takes_context=True)
def as_read(context: Context, url: str) -> str:
    """An address that was made without knowing the edition that is read."""
    return _record(context).page(url)


@register.simple_tag(takes_context=True)
def edition_field(context: Context) -> str:
    """For forms that ask with GET: the edition that is read, where an address asked for it."""
    record = _record(context)
    if not record.is_asked:
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', PARAMETER, record.number)


def _record(context: Context) -> AsRead:
    """What the page is answered from; a page that reads none is of now."""
    request = getattr(context, "request", None)  # which included templates have as well
    record: AsRead = getattr(request, "record", OF_NOW)
    return record
