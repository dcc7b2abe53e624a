"""A link from each version whose citations cite one source alone to that source."""

from typing import Any

from django.db import migrations
from django.db.models import Count, Max

CITES, SINGLE_SOURCE = "cites", "single source"
BATCH = 2000
COPIED = (
    "version_id", "target", "type", "public_id", "sort_key", "edition_id", "superseded_in_id",
)  # fmt: skip


def add(apps: Any, schema_editor: Any) -> None:
    links = apps.get_model("record", "Link")
    cited = links.objects.filter(predicate=CITES)
    alone = (
        cited.order_by().values("version").annotate(sources=Count("pk"), link=Max("pk"))
    ).filter(sources=1)
    batch: list[Any] = []
    for row in cited.filter(pk__in=alone.values("link")).order_by("pk").values(*COPIED):
        batch.append(links(predicate=SINGLE_SOURCE, **row))
        if len(batch) == BATCH:
            links.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    links.objects.bulk_create(batch, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("record", "0002_search_and_guards")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
