"""All tables at once, for a new database."""

import django.db.models.deletion
import portal.fields
import portal.outbox.models
from django.conf import settings
from django.db import migrations, models
from portal.at_once import AtOnce


class Migration(AtOnce):

    replaces = [
        ('outbox', '0001_initial'),
        ('outbox', '0002_purposes'),
        ('outbox', '0003_notices'),
        ('outbox', '0004_link'),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('channel', models.CharField(choices=[('sms', 'SMS'), ('mail', 'e-mail'), ('app', 'here in Safar')], max_length=4)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('body', models.TextField(blank=True)),
                ('language', models.CharField(choices=[('tg', 'Тоҷикӣ'), ('ky', 'Кыргызча'), ('uz', 'Oʻzbekcha'), ('ru', 'Русский'), ('en', 'English')], max_length=2)),
                ('purpose', models.CharField(choices=portal.outbox.models.purposes, max_length=20)),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='When to try next; while a worker carries the message, when its lease ends.')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to=settings.AUTH_USER_MODEL)),
                ('key', models.CharField(blank=True, help_text='What is told under one key is told to a person once, for ever.', max_length=100)),
                ('link', models.CharField(blank=True, help_text='A path of ours without its language, for example jobs/mine/', max_length=1000)),
                ('provider', models.CharField(blank=True, help_text='Who carried it.', max_length=20)),
                ('provider_answer', models.JSONField(blank=True, default=dict)),
                ('provider_id', models.CharField(blank=True, max_length=120)),
                ('read_at', models.DateTimeField(null=True)),
                ('urgent', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['purpose', 'created_at'], name='message_purpose'), models.Index(fields=['address', 'created_at'], name='message_address'), models.Index(condition=models.Q(('delivered_at', None), ('failed_at', None)), fields=['-urgent', 'due_at'], name='message_waiting'), models.Index(condition=models.Q(('channel', 'app')), fields=['to', '-created_at'], name='message_in_app'), models.Index(condition=models.Q(('channel', 'app'), ('read_at', None)), fields=['to'], name='message_unread')],
                'constraints': [models.CheckConstraint(condition=models.Q(('delivered_at', None), ('failed_at', None), _connector='OR'), name='message_ends_once'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('to', 'key'), name='message_told_once')],
            },
        ),
        migrations.CreateModel(
            name='ChosenWay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=portal.outbox.models.purposes, max_length=20)),
                ('channel', models.CharField(choices=[('sms', 'SMS'), ('mail', 'e-mail'), ('app', 'here in Safar')], max_length=4)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chosen_ways', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'chosen way of news',
                'verbose_name_plural': 'chosen ways of news',
                'constraints': [models.UniqueConstraint(fields=('user', 'purpose'), name='way_chosen_once')],
            },
        ),
    ]
