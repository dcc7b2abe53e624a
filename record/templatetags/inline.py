"""Templates that stand within a line of text."""

from typing import Any

from django import template
from django.template.base import FilterExpression, token_kwargs
from django.template.context import Context

register = template.Library()


class InlineNode(template.Node):
    """Renders another template with these values alone, without white space around it."""

    def __init__(self, name: FilterExpression, values: dict[str, FilterExpression]) -> None:
        self.name, self.values = name, values

    def render(self, context: Context) -> Any:
        # A node's output is taken as it is; the template has escaped what it was given.
        inner = context.template.engine.get_template(self.name.resolve(context))  # type: ignore[union-attr]
        values = {name: value.resolve(context) for name, value in self.values.items()}
        with context.render_context.push_state(inner, isolated_context=True):
            return inner.nodelist.render(context.new(values)).strip()


@register.tag
def inline(parser: Any, token: Any) -> InlineNode:
    """``{% inline "components/_date.html" date=entry.date %}``: an include that leaves no space.

    A file ends in a line break, which would stand between a word and its comma.
    """
    name, *rest = token.split_contents()[1:]
    values = token_kwargs(rest, parser)
    if rest:
        raise template.TemplateSyntaxError(f"inline takes name=value only, not {rest[0]}.")
    return InlineNode(parser.compile_filter(name), values)
