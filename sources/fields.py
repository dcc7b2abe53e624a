"""Columns of citations: lists of block numbers and of claims, typed as plain text."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

CLAIM = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?")
MOST = 500  # entries of one list


class BlocksFormField(forms.CharField):
    """Block numbers as ``15, 16`` or ``15-17``."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]
        numbers: list[int] = []
        for piece in re.split(r"[,\s]+", super().to_python(value) or ""):
            match = re.fullmatch(r"([1-9][0-9]{0,5})(?:[-–]([1-9][0-9]{0,5}))?", piece)
            if piece and match is None:
                raise ValidationError(f"“{piece}” is not a block number; write 15 or 15, 16.")
            if match:
                first, last = int(match[1]), int(match[2] or match[1])
                if not first <= last < first + MOST:
                    raise ValidationError(f"“{piece}” is not a range of blocks.")
                numbers += range(first, last + 1)
        return sorted(set(numbers))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True


class BlocksField(models.JSONField):
    """Block numbers in ascending order, each from 1."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {"default": list, "blank": True}
        super().__init__(**defaults | options)

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(type(n) is int and n > 0 for n in value):
            raise ValidationError("Blocks are numbers from 1.")

    def formfield(self, **options: Any) -> Any:
        return models.Field.formfield(
            self, form_class=BlocksFormField, show_hidden_initial=False, **options
        )


class ClaimsFormField(forms.CharField):
    """Claims as ``entry, date, p2``."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        claims = [piece for piece in re.split(r"[,\s]+", super().to_python(value) or "") if piece]
        return list(dict.fromkeys(claims))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class ClaimsField(models.JSONField):
    """The claims that a citation speaks to, each once."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {
            "default": list,
            "blank": True,
            "help_text": "Like entry, date, p2. Left empty: all claims that need evidence.",
        }
        super().__init__(**defaults | options)

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(
            isinstance(claim, str) and CLAIM.fullmatch(claim) for claim in value
        ):
            raise ValidationError("Claims are named like entry, date, p2 or p2.role.")

    def formfield(self, **options: Any) -> Any:
        return models.Field.formfield(
            self, form_class=ClaimsFormField, show_hidden_initial=False, **options
        )
