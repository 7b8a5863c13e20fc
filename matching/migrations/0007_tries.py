from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0007_second_looks"),
    ]

    operations = [
        migrations.AddField(
            model_name="scoringblock",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="scoringblock",
            name="is_failed",
            field=models.BooleanField(default=False, help_text="Tried too often: it is done with, and nothing was written."),
        ),
    ]
