"""Which values the columns of a model take as they are: Django finds that out slowly, for each."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import inf
from typing import Any

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models

LIMITS = (MaxLengthValidator, MinValueValidator, MaxValueValidator)


@cache
def texts_of(model: type[models.Model]) -> Sequence[str]:
    """Its columns of text."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
    ]


@cache
def fitting(model: type[models.Model]) -> Mapping[str, Callable[[Any], bool]]:
    """Of each column where that is quickly said, whether a value is one that Django would find
    nothing wrong with; it takes a while for it."""
    fits = {field.name: fits_of(field) for field in model._meta.concrete_fields}
    return {name: does for name, does in fits.items() if does is not None}


def fits_of(field: Any) -> Callable[[Any], bool] | None:
    """``None`` where Django has more to look at: other validators, choices that are no text."""
    limits = {
        type(each): each.limit_value
        for each in field.validators
        if type(each) in LIMITS and not callable(each.limit_value)
    }
    as_any_other = type(field).validate is models.Field.validate
    if len(limits) < len(field.validators) or not as_any_other:
        return None
    if type(field) in (models.CharField, models.TextField):
        longest = limits.pop(MaxLengthValidator, inf)
        if limits:
            return None
        if field.choices is not None:
            values = {value for value, _ in field.flatchoices if isinstance(value, str) and value}
            return lambda value: isinstance(value, str) and value in values
        return lambda value: isinstance(value, str) and 0 < len(value) <= longest
    if isinstance(field, models.IntegerField) and field.choices is None:
        least, most = limits.get(MinValueValidator, -inf), limits.get(MaxValueValidator, inf)
        return lambda value: type(value) is int and least <= value <= most
    if type(field) is models.BooleanField and field.choices is None:
        return lambda value: type(value) is bool
    return None
