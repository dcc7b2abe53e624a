"""JSON-LD within a page."""

from typing import Any

from django import template
from django.template.base import FilterExpression
from django.template.context import Context
from django.utils.html import json_script

register = template.Library()


class LinkedDataNode(template.Node):
    """Data for programs, which browsers neither run nor show.

    Django's own ``json_script`` writes it, so nothing in it can end the element; that knows one
    type alone, hence the exchange.
    """

    def __init__(self, data: FilterExpression) -> None:
        self.data = data

    def render(self, context: Context) -> Any:
        written = json_script(self.data.resolve(context))
        return written.replace("application/json", "application/ld+json", 1)


@register.tag
def linked_data(parser: Any, token: Any) -> LinkedDataNode:
    """``{% linked_data metadata.data %}``: a ``script`` element that holds it as JSON-LD."""
    _, data = token.split_contents()
    return LinkedDataNode(parser.compile_filter(data))
