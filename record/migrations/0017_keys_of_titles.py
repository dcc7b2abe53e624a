"""Versions of keys are found by the constraint's index, so that the foreign key needs none."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0016_name_keys")]

    operations = [
        migrations.AlterField(
            model_name="namekey",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="name_keys",
                to="record.version",
            ),
        ),
    ]
