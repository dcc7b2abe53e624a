"""Components of the public pages in the templates of the desk and of accounts."""

from typing import Any

from django import template

from chronicle import components

register = template.Library()


@register.simple_tag
def component(name: str, **values: Any) -> Any:
    """``{% component "_said" said=line.after %}``: no white space stands around it."""
    return components.component(name)(**values).strip()
