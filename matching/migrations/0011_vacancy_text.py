import django.db.models.deletion
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0010_cv_shows'),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='VacancyText',
            fields=[
                ('vacancy', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='folded', serialize=False, to='matching.vacancy')),
                ('names', models.TextField()),
                ('text', models.TextField()),
            ],
            options={
                'ordering': ['vacancy'],
                'indexes': [
                    GinIndex(fields=['names'], name='vacancy_names_trigrams', opclasses=['gin_trgm_ops']),
                    GinIndex(fields=['text'], name='vacancy_text_trigrams', opclasses=['gin_trgm_ops']),
                ],
            },
        ),
        migrations.AddIndex(
            model_name='vacancy',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['-published_at', '-id'], name='vacancy_newest'),
        ),
    ]
