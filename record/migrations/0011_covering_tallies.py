"""What facets count is taken from indexes alone."""

from django.db import migrations, models

COVERED = [
    "sort_key",
    "public_id",
    "earliest",
    "latest",
    "edition",
    "superseded_in",
    "state",
    "contested",
]


class Migration(migrations.Migration):
    dependencies = [("record", "0010_headings_mended")]

    operations = [
        migrations.RemoveIndex(model_name="version", name="record_version_in_order"),
        migrations.RemoveIndex(model_name="version", name="record_version_kind_in_order"),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["type", *COVERED], name="record_version_in_order"),
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(
                fields=["type", "kind", *COVERED], name="record_version_kind_in_order"
            ),
        ),
        migrations.RemoveIndex(model_name="link", name="record_link_facet"),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                fields=["predicate", "type", "target", "version", "edition", "superseded_in"],
                name="record_link_facet",
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                fields=["predicate", "type", "version", "edition", "superseded_in"],
                name="record_link_having",
            ),
        ),
    ]
