"""Values that models take without asking Django are values that it takes as they are."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.bases import Tracked
from desk.fitting import fits_of

FIELDS = [
    field
    for model in apps.get_models()
    if issubclass(model, Tracked)
    for field in model._meta.concrete_fields
]
QUICK = [(field, fits) for field in FIELDS if (fits := fits_of(field)) is not None]
chosen = [value for field, _ in QUICK for value, _ in field.flatchoices]
values = st.one_of(
    st.sampled_from([*chosen, "", None, True, False, 0, 1, -1, 32_767, 32_768, 2**63, 1.0, [], {}]),
    st.text(max_size=50),
    st.integers(),
    st.integers(0, 3000).map("x".__mul__),
)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (models.CharField(max_length=9, choices=[]), "zz"),
        (models.CharField(max_length=9, choices=[(None, "-"), ("a", "A")]), "None"),
        (models.CharField(max_length=9, choices=[(1, "one")]), "1"),
        (models.CharField(max_length=9, validators=[MinValueValidator("b")]), "a"),
        (models.CharField(max_length=9, validators=[RegexValidator("[0-9]")]), "a"),
        (models.IntegerField(choices=[(1, "one")]), 2),
        (models.IntegerField(validators=[MaxValueValidator(lambda: 1)]), 2),
        (models.BooleanField(choices=[(True, "yes")]), False),
        (models.SlugField(), "two words"),
        (models.EmailField(), "nobody"),
    ],
)
@pytest.mark.django_db
def test_what_a_column_asks_beside_its_kind_is_left_to_django(field: Any, value: Any):
    with pytest.raises(ValidationError):
        field.clean(value, None)
    fits = fits_of(field)
    assert fits is None or not fits(value)


def test_most_columns_are_quickly_looked_at():
    kinds = {type(field).__name__ for field, _ in QUICK}

    assert kinds >= {"CharField", "TextField", "PositiveSmallIntegerField", "BooleanField"}
    assert len(QUICK) > len(FIELDS) / 3


@pytest.mark.django_db
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values)
def test_what_is_quickly_taken_django_takes_as_it_is(value: Any):
    for field, fits in QUICK:
        if fits(value):
            assert field.clean(value, None) == value, field


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", ["none of the choices", "x" * 3000, "", None, -1, 32_768, 2**63, "7", 1.5, object()]
)
def test_what_django_refuses_is_not_quickly_taken(value: Any):
    for field, fits in QUICK:
        try:
            field.clean(value, None)
        except ValidationError:
            assert not fits(value), field
