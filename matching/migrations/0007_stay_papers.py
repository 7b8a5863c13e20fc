import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matching', '0006_journey'),
    ]

    operations = [
        migrations.CreateModel(
            name='CandidatePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20)),
                ('region', models.CharField(default='*', help_text='ISO 3166-2 where it holds; * is everywhere in the country.', max_length=6)),
                ('valid_until', models.DateField(blank=True, help_text='Empty: it has no last day, or none was asked.', null=True)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='matching.candidate')),
            ],
            options={
                'ordering': ['candidate', 'code'],
                'constraints': [models.UniqueConstraint(fields=('candidate', 'code'), name='paper_once_a_candidate')],
            },
        ),
    ]
