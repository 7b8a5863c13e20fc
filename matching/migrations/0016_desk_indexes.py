import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0015_proposed_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="match",
            name="candidate",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="matching.candidate"
            ),
        ),
        migrations.AddIndex(
            model_name="feeanswer",
            index=models.Index(condition=models.Q(("told", []), _negated=True), fields=["match"], name="fee_told_to_somebody"),
        ),
        migrations.AddIndex(
            model_name="match",
            index=models.Index(fields=["candidate", "state"], include=("vacancy", "chosen_in", "touched"), name="match_of_candidate"),
        ),
        migrations.AddIndex(
            model_name="matchevent",
            index=models.Index(condition=models.Q(("after", "suggested")), fields=["match"], name="event_brought_back"),
        ),
    ]
