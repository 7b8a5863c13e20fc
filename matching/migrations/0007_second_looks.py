from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_stay_papers")]

    operations = [
        migrations.AlterField(
            model_name="match",
            name="tier",
            field=models.PositiveSmallIntegerField(choices=[(1, "A"), (2, "B"), (3, "C")]),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(condition=Q(interested_at=None) | Q(touched=True), name="match_interested_is_touched"),
        ),
        migrations.AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(condition=Q(touched=False) | Q(explanation__isnull=False), name="match_touched_is_explained"),
        ),
    ]
