import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_second_looks"), ("matching", "0007_stay_papers"), ("matching", "0007_tries")]

    operations = [
        migrations.CreateModel(
            name="MissedClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="missed_claims", to="matching.candidate"
                    ),
                ),
            ],
            options={"ordering": ["-at", "-pk"]},
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(condition=models.Q(("phone", ""), _negated=True), fields=["phone"], name="candidate_phone"),
        ),
    ]
