"""The serializers that documents are made of: REST framework's, without what they never need.

Its own read the forms of web pages too, look for a method that checks each field, run validators
and follow sources with dots in them. No document has any of that, and much of the time that an
import takes would go there.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers
from rest_framework.fields import SkipField, get_error_detail

WHOLE = "*"  # as the source of a member: the row itself
MEANT = object()  # ``null`` is something to read there


# A docstring here would stand in the API's description, of every part that has none of its own.
# Fields have one attribute, which every row has, or the whole row as their source, and say
# themselves what is wrong with a value: ``validate``, ``validators`` and defaults are not asked.
class Members(serializers.Serializer[Any]):
    def run_validation(self, data: Any = serializers.empty) -> Any:
        """The values by their sources. Raises ``serializers.ValidationError`` by members."""
        if type(data) is dict:
            return self.to_internal_value(data)
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> Any:
        if type(data) is not dict:
            return super().to_internal_value(data)
        values: dict[str, Any] = {}
        errors: dict[str, Any] = {}
        for name, source, read, nothing in self._read:
            given = data.get(name, serializers.empty)
            if given is None and nothing is not MEANT:
                values[source] = nothing
                continue
            try:
                value = read(given)
            except serializers.ValidationError as error:
                errors[name] = error.detail
            except DjangoValidationError as error:
                errors[name] = get_error_detail(error)
            except SkipField:
                pass
            else:
                if source == WHOLE:
                    values |= value
                else:
                    values[source] = value
        if errors:
            raise serializers.ValidationError(errors)
        return values

    def to_representation(self, instance: Any) -> Any:
        written: dict[str, Any] = {}
        for name, found_in, write in self._written:
            try:
                value = found_in(instance)
            except ObjectDoesNotExist:
                value = None
            written[name] = None if value is None else write(value)
        return written

    @cached_property
    def _read(self) -> Sequence[tuple[str, str, Callable[[Any], Any], Any]]:
        """Of each member that is read: its name, its source, what reads it, and its value where
        the document says nothing."""
        return [
            (str(name), str(field.source), field.run_validation, _nothing(field))
            for name, field in self.fields.items()
            if not field.read_only
        ]

    @cached_property
    def _written(self) -> Sequence[tuple[str, Callable[[Any], Any], Callable[[Any], Any]]]:
        """Of each member: its name, what finds its value in a row, and what writes that."""
        return [
            (
                str(name),
                _itself if field.source == WHOLE else attrgetter(str(field.source)),
                field.to_representation,
            )
            for name, field in self.fields.items()
        ]


def _nothing(field: Any) -> Any:
    """The value of a member that is ``null``; ``MEANT`` where that has to be read or refused."""
    takes_it = field.allow_null and field.source != WHOLE
    return getattr(field, "nothing", None) if takes_it else MEANT


def _itself(row: Any) -> Any:
    return row
