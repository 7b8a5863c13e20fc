import django.db.models.deletion
import portal.fields
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models
from portal.at_once import AtOnce


class Migration(AtOnce):

    initial = True

    dependencies = [
        ('matching', '0013_fees'),
        ('organisations', '0002_sanctions'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TrainingOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('title', models.CharField(max_length=100)),
                ('about', models.TextField(blank=True, max_length=2000)),
                ('language', models.CharField(choices=[('tg', 'Тоҷикӣ'), ('ky', 'Кыргызча'), ('uz', 'Oʻzbekcha'), ('ru', 'Русский'), ('en', 'English')], help_text='In which the course is taught.', max_length=2)),
                ('address', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('seats', models.PositiveSmallIntegerField()),
                ('seats_taken', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('price', models.DecimalField(decimal_places=2, default=Decimal('0'), help_text='What a learner pays; 0: nothing.', max_digits=18)),
                ('currency', models.CharField(choices=[('RUB', 'Russian rouble'), ('KZT', 'Kazakhstani tenge'), ('TJS', 'Tajik somoni'), ('KGS', 'Kyrgyz som'), ('UZS', 'Uzbek soʻm'), ('USD', 'US dollar')], max_length=3)),
                ('payer', models.CharField(choices=[('learner', 'the learner'), ('state', 'the state'), ('employer', 'an employer'), ('project', 'a project or a fund'), ('centre', 'the centre itself')], help_text='Who pays for the course.', max_length=8)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('open', 'open'), ('closed', 'closed'), ('done', 'done'), ('called_off', 'called off')], default='draft', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
            ],
            options={
                'ordering': ['starts_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('status', 'open')), fields=['starts_on'], name='training_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='training_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('seats__range', (1, 500))), name='training_has_seats'), models.CheckConstraint(condition=models.Q(('seats_taken__lte', models.F('seats'))), name='training_seats_are_enough'), models.CheckConstraint(condition=models.Q(models.Q(('price', 0), models.Q(('payer', 'learner'), _negated=True)), models.Q(('payer', 'learner'), ('price__gt', 0)), _connector='OR'), name='training_price_is_the_learners')],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'on the waiting list'), ('seated', 'has a place'), ('left', 'has left'), ('came', 'came'), ('absent', 'did not come'), ('completed', 'has completed the course')], max_length=9)),
                ('shows_name', models.BooleanField(help_text='The person agreed that the centre sees name and phone.')),
                ('asked_at', models.DateTimeField()),
                ('marked_at', models.DateTimeField(blank=True, null=True)),
                ('taken_back_because', models.CharField(blank=True, help_text='Why a completion does not hold any more.', max_length=300)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.candidate')),
                ('marked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ups', to='training.trainingoffer')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('offer', 'candidate'), name='training_sign_up_once'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('came', 'absent', 'completed')), _negated=True), models.Q(('marked_at__isnull', False), ('marked_by__isnull', False)), _connector='OR'), name='training_marked_by_somebody'), models.CheckConstraint(condition=models.Q(('taken_back_because', ''), models.Q(('state', 'completed'), _negated=True), _connector='OR'), name='training_taken_back_or_completed')],
            },
        ),
        migrations.CreateModel(
            name='OfferSkill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'helps'), (2, 'works alone'), (3, 'handles hard cases'), (4, 'can teach')])),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.skill')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skills', to='training.trainingoffer')),
            ],
            options={
                'ordering': ['offer', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('offer', 'skill'), name='training_skill_once'), models.CheckConstraint(condition=models.Q(('level__range', (1, 4))), name='training_skill_level_is_1_to_4')],
            },
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'helps'), (2, 'works alone'), (3, 'handles hard cases'), (4, 'can teach')])),
                ('said', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'helps'), (2, 'works alone'), (3, 'handles hard cases'), (4, 'can teach')], null=True)),
                ('sign_up', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='verifications', to='training.signup')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.skill')),
            ],
            options={
                'ordering': ['sign_up', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('sign_up', 'skill'), name='training_verified_once'), models.CheckConstraint(condition=models.Q(('level__range', (1, 4))), name='training_verified_level_is_1_to_4')],
            },
        ),
    ]
