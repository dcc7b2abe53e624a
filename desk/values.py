"""The plain values that members of documents have: text, codes, keys, dates and numbers."""

import re
from decimal import Decimal, InvalidOperation
from math import inf
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers

from chronicle.dates import PartialDate


class Text(serializers.CharField):
    """Text; an empty one is ``null`` unless ``required_text``. White space is kept as stored."""

    nothing = ""  # what is kept where the document has ``null``

    def __init__(self, *, required_text: bool = False, **options: Any) -> None:
        self.required_text = required_text
        options.setdefault("allow_null", not required_text)
        options.setdefault("trim_whitespace", False)
        super().__init__(allow_blank=required_text, **options)
        self.longest: float = self.max_length or inf

    def to_representation(self, value: Any) -> Any:
        return str(value) if value or self.required_text else None

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if type(data) is str and 0 < len(data) <= self.longest and data.isprintable():
            return data  # so are most, and there is nothing in them that would be refused
        value = super().run_validation(data)
        return "" if value is None else value


class Code(Text):
    """Text that is words of no language: an address, a code, a digest."""

    wordless = True


class Key(serializers.RegexField):
    """The key of a row: ``letter`` and a number."""

    def __init__(self, letter: str, **options: Any) -> None:
        self.form = re.compile(rf"{letter}[1-9][0-9]{{0,6}}")
        super().__init__(rf"^{self.form.pattern}$", **options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if type(data) is str and self.form.fullmatch(data):
            return data
        return super().run_validation(data)


class Names(serializers.ListField):
    """Short names of what stands in the document itself, each of ``longest`` characters at most."""

    def __init__(self, *, longest: int) -> None:
        self.longest = longest
        super().__init__(child=serializers.CharField(max_length=longest))

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if type(data) is list and all(map(self._is_plain, data)):
            return list(data)
        return super().run_validation(data)

    def _is_plain(self, name: Any) -> bool:
        return (
            type(name) is str
            and name.isascii()
            and name.isprintable()
            and (0 < len(name.strip()) == len(name) <= self.longest)
        )


class PartialDateValue(serializers.Field[Any, Any, Any, Any]):
    """A partial date: an object of these ``members``, or ``null``."""

    members = ("edtf", "earliest", "latest", "as_given", "inferred")

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)

    def to_representation(self, value: PartialDate) -> dict[str, Any]:
        return value.as_document()

    def to_internal_value(self, data: Any) -> PartialDate:
        try:
            return PartialDate.from_document(data)
        except DjangoValidationError as error:
            raise serializers.ValidationError(error.messages) from error


class DecimalText(serializers.Field[Any, Any, Any, Any]):
    """A decimal number as text without trailing zeros (documents hold no floats), or ``null``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)

    def to_representation(self, value: Decimal) -> str:
        return f"{value.normalize():f}" if value else "0"

    def to_internal_value(self, data: Any) -> Decimal:
        try:
            number = Decimal(data) if isinstance(data, str) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise serializers.ValidationError(f"{data!r} is not a decimal number as text.")
        return number
