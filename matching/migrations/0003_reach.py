import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('matching', '0002_engine'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day.')),
                ('steps', models.PositiveSmallIntegerField()),
                (
                    'candidate',
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reach', to='matching.candidate'),
                ),
            ],
            options={
                'verbose_name_plural': 'reach',
                'ordering': ['month', 'candidate'],
                'constraints': [models.UniqueConstraint(fields=('month', 'candidate'), name='reach_once_a_month')],
            },
        ),
        migrations.AlterField(
            model_name='scoringaudit',
            name='lines',
            field=models.JSONField(default=dict, help_text='As matching.audit writes them.'),
        ),
    ]
