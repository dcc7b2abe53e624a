from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0012_verifying")]

    operations = [
        migrations.AddField(
            model_name="check",
            name="known_from",
            field=models.PositiveIntegerField(
                help_text="The first edition whose data package has it; none: the first of all.",
                null=True,
            ),
        ),
    ]
