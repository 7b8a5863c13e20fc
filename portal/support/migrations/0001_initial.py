import django.contrib.postgres.fields
import django.db.models.deletion
import portal.fields
from django.conf import settings
from django.db import migrations, models
from portal.at_once import AtOnce


class Migration(AtOnce):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200, null=True)),
                ('name_ru', models.CharField(max_length=200, null=True)),
                ('name_tg', models.CharField(max_length=200, null=True)),
                ('name_ky', models.CharField(max_length=200, null=True)),
                ('name_uz', models.CharField(max_length=200, null=True)),
                ('does', models.CharField(blank=True, max_length=300, verbose_name='what they do')),
                ('does_en', models.CharField(blank=True, max_length=300, null=True, verbose_name='what they do')),
                ('does_ru', models.CharField(blank=True, max_length=300, null=True, verbose_name='what they do')),
                ('does_tg', models.CharField(blank=True, max_length=300, null=True, verbose_name='what they do')),
                ('does_ky', models.CharField(blank=True, max_length=300, null=True, verbose_name='what they do')),
                ('does_uz', models.CharField(blank=True, max_length=300, null=True, verbose_name='what they do')),
                ('serves', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), help_text='Citizens of which countries (ISO 3166-1).', size=None)),
                ('located_in', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), size=None)),
                ('sites', django.contrib.postgres.fields.ArrayField(base_field=portal.fields.WebField(max_length=300), blank=True, default=list, size=None)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('source_name', models.CharField(blank=True, max_length=200)),
                ('source_url', portal.fields.WebField(blank=True, max_length=500)),
                ('source_dated', models.CharField(blank=True, max_length=20)),
                ('confidence', models.CharField(max_length=20)),
            ],
            options={
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='Situation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('icon', models.CharField(max_length=30)),
                ('title', models.CharField(max_length=80)),
                ('title_en', models.CharField(max_length=80, null=True)),
                ('title_ru', models.CharField(max_length=80, null=True)),
                ('title_tg', models.CharField(max_length=80, null=True)),
                ('title_ky', models.CharField(max_length=80, null=True)),
                ('title_uz', models.CharField(max_length=80, null=True)),
                ('first', models.CharField(max_length=300, verbose_name='what to do first')),
                ('first_en', models.CharField(max_length=300, null=True, verbose_name='what to do first')),
                ('first_ru', models.CharField(max_length=300, null=True, verbose_name='what to do first')),
                ('first_tg', models.CharField(max_length=300, null=True, verbose_name='what to do first')),
                ('first_ky', models.CharField(max_length=300, null=True, verbose_name='what to do first')),
                ('first_uz', models.CharField(max_length=300, null=True, verbose_name='what to do first')),
                ('steps', models.TextField()),
                ('steps_en', models.TextField(null=True)),
                ('steps_ru', models.TextField(null=True)),
                ('steps_tg', models.TextField(null=True)),
                ('steps_ky', models.TextField(null=True)),
                ('steps_uz', models.TextField(null=True)),
                ('never', models.TextField(blank=True, verbose_name='what never to do')),
                ('never_en', models.TextField(blank=True, null=True, verbose_name='what never to do')),
                ('never_ru', models.TextField(blank=True, null=True, verbose_name='what never to do')),
                ('never_tg', models.TextField(blank=True, null=True, verbose_name='what never to do')),
                ('never_ky', models.TextField(blank=True, null=True, verbose_name='what never to do')),
                ('never_uz', models.TextField(blank=True, null=True, verbose_name='what never to do')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='ContactPhone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(help_text='E.164, or a short number.', max_length=20)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='support.contact')),
            ],
            options={
                'ordering': ['contact', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('contact', 'number'), name='phone_once_a_contact'), models.CheckConstraint(condition=models.Q(('number__regex', '^(\\+[1-9][0-9]{6,14}|[0-9]{2,6})$')), name='contact_phone_can_be_dialled')],
            },
        ),
        migrations.CreateModel(
            name='ContactCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('called_at', models.DateTimeField()),
                ('answered', models.BooleanField()),
                ('called_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('phone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='support.contactphone')),
            ],
            options={
                'ordering': ['-called_at'],
            },
        ),
        migrations.CreateModel(
            name='SituationContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='support.contact')),
                ('situation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='support.situation')),
            ],
            options={
                'ordering': ['situation', 'position'],
                'constraints': [models.UniqueConstraint(fields=('situation', 'contact'), name='contact_once_a_situation')],
            },
        ),
        migrations.AddField(
            model_name='Situation',
            name='contacts',
            field=models.ManyToManyField(related_name='situations', through='support.SituationContact', to='support.contact'),
        ),
    ]
