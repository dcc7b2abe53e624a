"""What lists of names are in order by, in each language. Migration 0018 writes the keys."""

import django.db.models.deletion
from django.db import migrations, models

import chronicle.fields


class Migration(migrations.Migration):
    dependencies = [("record", "0015_changes_of_a_type")]

    operations = [
        migrations.CreateModel(
            name="NameKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("type", models.CharField(max_length=16)),
                ("language", models.CharField(max_length=12)),
                ("sort_key", chronicle.fields.SortKeyField(max_length=160)),
                ("public_id", models.CharField(max_length=16)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="name_keys",
                        to="record.version",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["type", "language", "sort_key", "public_id", "version"],
                        name="record_namekey_in_order",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "language"), name="record_namekey_once"
                    )
                ],
            },
        ),
    ]
