"""Reading entries from the desk with all that their documents are made of."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from desk.bases import Entry
from desk.documents import Declaration, OwnPart, PartReference, Reference, References, schema_of


def with_rows(model: type[Entry], declaration: Declaration) -> QuerySet[Any]:
    """Entries of ``model``; one query for them, and one for each of their lists."""
    lists: list[str | Prefetch] = []
    fields = schema_of(declaration).fields.values()
    for field in fields:
        source = str(field.source)
        if isinstance(field, References):
            lists.append(source)
        elif isinstance(field, serializers.ListSerializer):
            rows: Any = getattr(model, source).rel.related_model._default_manager.all()
            child: Any = field.child
            if referred := _referred(child.fields.values()):
                rows = rows.select_related(*referred)
            lists.append(Prefetch(source, rows))
    entries: Any = model._default_manager.prefetch_related(*lists)
    referred = _referred(fields)
    return entries.select_related(*referred) if referred else entries


def _referred(fields: Any) -> list[str]:
    """Names of the foreign keys whose rows are named in a document."""
    names = []
    for field in fields:
        if isinstance(field, PartReference):
            names.append(f"{field.source}__entry")
        elif isinstance(field, Reference | OwnPart) and not isinstance(field, References):
            names.append(str(field.source))
    return names
