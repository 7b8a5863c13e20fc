import django.contrib.postgres.fields
import django.db.models.deletion
import placements.models
import portal.fields
from django.conf import settings
from django.db import migrations, models
from portal.at_once import AtOnce


class Migration(AtOnce):

    initial = True

    dependencies = [
        ('matching', '0015_proposed_by'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('hours', models.CharField(choices=[('morning', 'in the morning, 7 to 11'), ('day', 'during the day, 11 to 17'), ('evening', 'in the evening, 17 to 22'), ('any', 'any time, 8 to 21')], default='any', max_length=7)),
                ('trusted_name', models.CharField(blank=True, help_text='One person whom the worker trusts. Safar tells them nothing unasked.', max_length=60)),
                ('trusted_phone', models.CharField(blank=True, help_text='E.164', max_length=16)),
                ('may_ask_trusted', models.BooleanField(default=False, help_text='Whether operators may call them where the worker cannot be reached.')),
                ('chosen_at', models.DateTimeField(blank=True, null=True)),
                ('left_on', models.DateField(blank=True, help_text='The day of departure, by the calendar of the place of work.', null=True)),
                ('arrival_asked_at', models.DateTimeField(blank=True, null=True)),
                ('arrived_at', models.DateTimeField(blank=True, help_text='When the worker said so.', null=True)),
                ('match', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='placement', to='matching.match')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('arrived_at', None)), fields=['left_on'], name='placement_not_arrived')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('may_ask_trusted', False), ('trusted_name', ''), ('trusted_phone', '')), models.Q(models.Q(('trusted_name', ''), _negated=True), models.Q(('trusted_phone', ''), _negated=True)), _connector='OR'), name='placement_trusted_person_is_whole'), models.CheckConstraint(condition=models.Q(('arrived_at', None), ('left_on__isnull', False), _connector='OR'), name='placement_arrives_after_leaving')],
            },
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('month', models.PositiveSmallIntegerField(choices=[(1, 'after 1 month'), (3, 'after 3 months'), (6, 'after 6 months')])),
                ('due_on', models.DateField(help_text='By the calendar of the place of work.')),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('pay', models.CharField(blank=True, choices=[('promised', 'Yes, as promised'), ('less', 'Yes, but less than promised'), ('not_yet', 'Not yet: pay day is still to come'), ('nothing', 'No, although pay day is over')], max_length=8)),
                ('pay_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ('currency', models.CharField(blank=True, choices=[('RUB', 'Russian rouble'), ('KZT', 'Kazakhstani tenge'), ('TJS', 'Tajik somoni'), ('KGS', 'Kyrgyz som'), ('UZS', 'Uzbek soʻm'), ('USD', 'US dollar')], max_length=3)),
                ('papers', models.CharField(blank=True, choices=[('mine', 'Yes, I have them'), ('taken', 'No, somebody else has them')], max_length=5)),
                ('place', models.CharField(blank=True, choices=[('agreed', 'Yes, where the contract says'), ('other', 'No, somewhere else'), ('left', 'I do not work there any more')], max_length=6)),
                ('money', models.CharField(blank=True, choices=placements.models.asked_by, max_length=8)),
                ('needs_help', models.BooleanField(default=False, help_text='An answer was bad. What comes of it the worker says.')),
                ('help_from', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('safar', 'the staff of Safar'), ('agency', 'my agency'), ('family', 'the person I trust'), ('helpers', 'a help organisation'), ('employer', 'the employer')], max_length=8), blank=True, default=list, size=None)),
                ('may_know', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('safar', 'the staff of Safar'), ('agency', 'my agency'), ('family', 'the person I trust'), ('helpers', 'a help organisation'), ('employer', 'the employer')], max_length=8), blank=True, default=list, size=None)),
                ('said_at', models.DateTimeField(blank=True, help_text='When the worker last said who may know.', null=True)),
                ('placement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='check_ins', to='placements.placement')),
            ],
            options={
                'ordering': ['placement', 'month'],
                'indexes': [models.Index(condition=models.Q(('answered_at', None), ('asked_at', None)), fields=['due_on'], name='check_in_to_ask')],
                'constraints': [models.UniqueConstraint(fields=('placement', 'month'), name='check_in_once_a_month'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('money', ''), ('needs_help', False), ('papers', ''), ('pay', ''), ('pay_amount', None), ('place', '')), models.Q(('answered_at__isnull', False), models.Q(('pay', ''), _negated=True), models.Q(('papers', ''), _negated=True), models.Q(('place', ''), _negated=True), models.Q(('money', ''), _negated=True)), _connector='OR'), name='check_in_is_answered_whole'), models.CheckConstraint(condition=models.Q(models.Q(('currency', ''), ('pay_amount', None)), models.Q(('pay_amount__gt', 0), models.Q(('currency', ''), _negated=True)), _connector='OR'), name='check_in_pay_has_a_currency'), models.CheckConstraint(condition=models.Q(models.Q(('help_from', []), ('may_know', []), ('said_at', None)), models.Q(('needs_help', True), ('said_at__gte', models.F('answered_at'))), _connector='OR'), name='check_in_is_told_by_the_worker'), models.CheckConstraint(condition=models.Q(('help_from__contained_by', models.F('may_know'))), name='check_in_helpers_may_know'), models.CheckConstraint(condition=models.Q(models.Q(('may_know__contains', ['agency']), ('money', 'agency'), _negated=True), models.Q(('may_know__contains', ['employer']), ('money', 'employer'), _negated=True)), name='check_in_who_took_money_is_not_told')],
            },
        ),
        migrations.CreateModel(
            name='CallTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('reason', models.CharField(choices=[('no_arrival', 'has not said that they have arrived'), ('silent', 'has not answered twice'), ('needs_help', 'wants help')], max_length=10)),
                ('opened_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('well', 'All is well'), ('helped', 'Help is on its way'), ('unreached', 'Could not be reached'), ('answered', 'Answered by themselves')], max_length=9)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('done_by', models.ForeignKey(blank=True, help_text='Empty: nobody had to.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('check_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='placements.checkin')),
                ('placement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='placements.placement')),
            ],
            options={
                'ordering': ['opened_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('done_at', None)), fields=('placement', 'reason'), name='call_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None), ('note', ''), ('outcome', '')), models.Q(('done_at__gte', models.F('opened_at')), ('done_by', None), ('outcome', 'answered')), models.Q(('done_at__gte', models.F('opened_at')), ('done_by__isnull', False), ('outcome__in', ['well', 'helped', 'unreached'])), _connector='OR'), name='call_done_by_somebody'), models.CheckConstraint(condition=models.Q(('reason', 'no_arrival'), ('check_in__isnull', False), _connector='OR'), name='call_is_about_a_check_in')],
            },
        ),
    ]
