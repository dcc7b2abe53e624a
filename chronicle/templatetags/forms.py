"""Fields of forms in templates."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def plain_widget(field: BoundField) -> SafeString:
    """The control without a placeholder: allauth repeats the label there, which stands above."""
    return field.as_widget(attrs={"placeholder": False})
