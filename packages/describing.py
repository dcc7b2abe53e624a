"""What a column means, in the words that declarations and models have for it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from rest_framework import serializers

from desk.types import desk_type
from record.labels import label_of


@dataclass(frozen=True)
class Described:
    """``label``: what it is called. ``help``: what forms say of it, or nothing. ``model``: whose
    rows it is built from, ``None`` where they are no rows of the desk."""

    label: str
    help: str
    model: Any

    @property
    def sentence(self) -> str:
        return f"{self.label}: {self.help}" if self.help else f"{self.label}."

    def of(self, serializer: Any, name: str) -> "Described":
        """The field of that name of ``serializer``, which is what this describes."""
        field, label = serializer.fields[name], label_of(serializer, name)
        model, source = self.model, str(field.source)
        said = str(field.help_text or "")
        if model is not None and isinstance(field, serializers.ListSerializer):
            model = getattr(model, source).rel.related_model
        elif model is not None and source != "*":
            said = said or _help(model, source)
        return Described(label[:1].upper() + label[1:], said, model)


def entry_of(type_name: str) -> Described:
    return Described(type_name.capitalize(), "", desk_type(type_name).model)


def own_words(serializer_class: type) -> str:
    """The first paragraph of what its class says of itself, on one line; or nothing."""
    said = str(serializer_class.__dict__.get("__doc__") or "").strip().partition("\n\n")[0]
    return " ".join(said.replace("``", "`").split())


def _help(model: Any, source: str) -> str:
    try:
        field = model._meta.get_field(source.partition(".")[0])
    except FieldDoesNotExist:
        return ""
    return str(getattr(field, "help_text", ""))
