"""Events and proposals are listed by title through keys in every language, the source's too."""

from django.db import migrations

from record.name_keys import rewrite


class Migration(migrations.Migration):
    dependencies = [("record", "0017_keys_of_titles")]

    operations = [
        migrations.RunPython(rewrite, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="version", name="record_version_title"),
    ]
