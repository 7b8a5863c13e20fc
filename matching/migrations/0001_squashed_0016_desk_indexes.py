"""All tables at once, for a new database: what it replaces makes and changes them one after the other, ten times as slowly.

0002 wrote to rows that stood before it; here are none."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import portal.fields
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from portal.at_once import AtOnce

# What was proposed stands: only who approved it, and when, may be written. TRUNCATE and DELETE are refused as statements.
STAND = """
CREATE FUNCTION matching_weights_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of the weights is never changed' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER weights_stand BEFORE UPDATE OF id, digest, numbers, note, created_at, proposed_by_id ON matching_scoringweights
    FOR EACH ROW EXECUTE FUNCTION matching_weights_stand();
CREATE TRIGGER weights_stay BEFORE DELETE OR TRUNCATE ON matching_scoringweights
    FOR EACH STATEMENT EXECUTE FUNCTION matching_weights_stand();
"""
FALL = """
DROP TRIGGER weights_stand ON matching_scoringweights;
DROP TRIGGER weights_stay ON matching_scoringweights;
DROP FUNCTION matching_weights_stand();
"""


class Migration(AtOnce):

    replaces = [
        ('matching', '0001_initial'),
        ('matching', '0002_engine'),
        ('matching', '0003_reach'),
        ('matching', '0004_weights_stand'),
        ('matching', '0005_stopped'),
        ('matching', '0006_journey'),
        ('matching', '0007_stay_papers'),
        ('matching', '0007_second_looks'),
        ('matching', '0007_tries'),
        ('matching', '0008_missed_claims'),
        ('matching', '0009_vacancy_life'),
        ('matching', '0010_cv_shows'),
        ('matching', '0011_vacancy_text'),
        ('matching', '0012_what_if_answers'),
        ('matching', '0013_fees'),
        ('matching', '0014_contract_items'),
        ('matching', '0015_proposed_by'),
        ('matching', '0016_desk_indexes'),
    ]

    initial = True

    dependencies = [
        ('organisations', '0002_sanctions'),
        ('orientation', '0003_fact_in_dollars'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='Occupation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('isco', models.CharField(max_length=4, verbose_name='ISCO-08')),
                ('name', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200, null=True)),
                ('name_ru', models.CharField(max_length=200, null=True)),
                ('name_tg', models.CharField(max_length=200, null=True)),
                ('name_ky', models.CharField(max_length=200, null=True)),
                ('name_uz', models.CharField(max_length=200, null=True)),
                ('icon', models.CharField(default='briefcase', max_length=30)),
                ('esco', models.UUIDField(blank=True, null=True)),
                ('from_esco', models.BooleanField(default=False, help_text='Not one of ours: it came with ESCO.')),
            ],
            options={
                'ordering': ['slug'],
                'constraints': [models.CheckConstraint(condition=models.Q(('isco__regex', '^[0-9]{4}$')), name='occupation_isco_is_four_digits'), models.UniqueConstraint(fields=('esco',), name='occupation_once_an_esco_id')],
            },
        ),
        migrations.CreateModel(
            name='ScoringWeights',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('numbers', models.JSONField()),
                ('created_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.CharField(blank=True, help_text='What is different, and why.', max_length=300)),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('approved_by', None), ('proposed_by', None), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='weights_have_a_second_person'), models.CheckConstraint(condition=models.Q(('approved_by', None), ('approved_at__isnull', False), _connector='OR'), name='weights_approved_at_some_time')],
                'verbose_name_plural': 'scoring weights',
            },
        ),
        migrations.CreateModel(
            name='ScoringRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('kind', models.CharField(choices=[('full', 'full'), ('small', 'small')], max_length=5)),
                ('day', models.DateField(verbose_name='scoring day')),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('pairs', models.PositiveBigIntegerField(default=0)),
                ('weights', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.scoringweights')),
                ('cause', models.CharField(choices=[('night', 'the day has turned'), ('asked', 'somebody asked for it'), ('law', 'law, rates or taxonomy changed'), ('weights', 'new weights'), ('changes', 'people or vacancies changed')], default='asked', max_length=8)),
                ('counts', models.JSONField(blank=True, default=dict, help_text='Vacancies, eligible pairs, rows written, left and removed, reasons, …')),
                ('inputs', models.CharField(blank=True, help_text='SHA-256 of the law, rates, facts and taxonomy that it scored by.', max_length=64)),
                ('timings', models.JSONField(blank=True, default=dict, help_text='Milliseconds of work, by what was done.')),
            ],
            options={
                'ordering': ['-started_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at', None), ('kind', 'full')), fields=('kind',), name='one_open_full_run')],
            },
        ),
        migrations.CreateModel(
            name='SkillGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200, null=True)),
                ('name_ru', models.CharField(max_length=200, null=True)),
                ('name_tg', models.CharField(max_length=200, null=True)),
                ('name_ky', models.CharField(max_length=200, null=True)),
                ('name_uz', models.CharField(max_length=200, null=True)),
                ('esco', models.CharField(blank=True, help_text="The last part of ESCO's address, where it came from there.", max_length=40)),
            ],
            options={
                'ordering': ['slug'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('esco', ''), _negated=True), fields=('esco',), name='group_once_an_esco_id')],
            },
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200, null=True)),
                ('name_ru', models.CharField(max_length=200, null=True)),
                ('name_tg', models.CharField(max_length=200, null=True)),
                ('name_ky', models.CharField(max_length=200, null=True)),
                ('name_uz', models.CharField(max_length=200, null=True)),
                ('esco', models.UUIDField(blank=True, null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='matching.skillgroup')),
                ('from_esco', models.BooleanField(default=False, help_text='Not one of ours: it came with ESCO and stands outside the rarity table.')),
            ],
            options={
                'ordering': ['slug'],
                'constraints': [models.UniqueConstraint(fields=('esco',), name='skill_once_an_esco_id')],
            },
        ),
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('given_name', models.CharField(blank=True, max_length=60, verbose_name='given name')),
                ('family_name', models.CharField(blank=True, max_length=60, verbose_name='family name')),
                ('citizenship', models.CharField(choices=[('TJ', 'Tajikistan'), ('KG', 'Kyrgyzstan'), ('UZ', 'Uzbekistan')], max_length=2, verbose_name='citizenship')),
                ('born_in', models.DateField(help_text='The first day of the month.', verbose_name='month of birth')),
                ('located_in', models.CharField(blank=True, help_text='ISO 3166-1; empty: not answered.', max_length=2, verbose_name='where you are now')),
                ('has_papers', models.BooleanField(blank=True, help_text='Abroad: papers that allow to stay. Empty: not answered.', null=True)),
                ('has_worked', models.BooleanField(blank=True, help_text='Empty: not answered; no: no work yet.', null=True)),
                ('wanted_countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None)),
                ('accepted_countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None)),
                ('excluded_countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None)),
                ('wanted_regions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), blank=True, default=list, size=None)),
                ('excluded_regions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), blank=True, default=list, size=None)),
                ('conditions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('housing', 'housing'), ('meals', 'meals'), ('travel', 'travel paid'), ('training', 'paid training')], max_length=10), blank=True, default=list, size=None)),
                ('wage_floor', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='least wage, in hand, a month')),
                ('wage_wish', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='wished wage, in hand, a month')),
                ('wage_currency', models.CharField(choices=[('RUB', 'Russian rouble'), ('KZT', 'Kazakhstani tenge'), ('TJS', 'Tajik somoni'), ('KGS', 'Kyrgyz som'), ('UZS', 'Uzbek soʻm'), ('USD', 'US dollar')], default='RUB', max_length=3)),
                ('available_on', models.DateField(blank=True, null=True, verbose_name='free from')),
                ('registered_at', models.DateTimeField()),
                ('last_proposed_on', models.DateField(blank=True, editable=False, null=True)),
                ('is_paused', models.BooleanField(default=False)),
                ('home_region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidate', to=settings.AUTH_USER_MODEL)),
                ('wanted_occupations', models.ManyToManyField(blank=True, related_name='+', to='matching.occupation')),
                ('waits', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Full runs in a row in which shortlists could have had this person and did not.')),
                ('phone', models.CharField(blank=True, help_text='E.164, of a walk-in; whoever has an account is called by its phone.', max_length=16)),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('phone', ''), _negated=True), fields=['phone'], name='candidate_phone')],
                'constraints': [models.CheckConstraint(condition=models.Q(('born_in__day', 1)), name='candidate_birth_is_a_month'), models.CheckConstraint(condition=models.Q(('wage_floor__gt', 0)), name='candidate_wage_floor_is_positive'), models.CheckConstraint(condition=models.Q(('wage_wish__gt', 0)), name='candidate_wage_wish_is_positive'), models.CheckConstraint(condition=models.Q(('wage_floor', None), ('wage_wish', None), ('wage_wish__gte', models.F('wage_floor')), _connector='OR'), name='candidate_wish_not_below_floor'), models.CheckConstraint(condition=models.Q(('citizenship__in', ['TJ', 'KG', 'UZ'])), name='candidate_citizenship_is_registered')],
            },
        ),
        migrations.CreateModel(
            name='AccessLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_log', to='matching.candidate')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='EmployerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('activities', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None)),
                ('on_file', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text='Regimes of permits that the employer holds.', size=None)),
                ('suspended_because', models.CharField(blank=True, help_text='Empty: not suspended. Charging workers is a ground.', max_length=200)),
                ('employer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='file', to='organisations.organisation')),
            ],
            options={
                'ordering': ['employer'],
            },
        ),
        migrations.CreateModel(
            name='LegalRoute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_name', models.CharField(max_length=200)),
                ('source_url', portal.fields.WebField(blank=True, max_length=500)),
                ('source_dated', models.CharField(blank=True, max_length=20)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('signed_as', models.CharField(blank=True, editable=False, max_length=60)),
                ('signed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('effect', models.CharField(choices=[('permit', 'permit'), ('ban', 'ban')], max_length=6)),
                ('origin', models.CharField(max_length=2)),
                ('destination', models.CharField(max_length=2)),
                ('region', models.CharField(default='*', max_length=6)),
                ('activity', models.CharField(default='*', max_length=8)),
                ('employer_permit', models.BooleanField(default=False)),
                ('regime', models.CharField(max_length=20)),
                ('lead_days', models.PositiveSmallIntegerField(default=0)),
                ('signed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('papers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, help_text='Kinds of papers that a vacancy must have on file (VacancyPaper).', size=None)),
            ],
            options={
                'ordering': ['origin', 'destination', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LicenceRecognition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_name', models.CharField(max_length=200)),
                ('source_url', portal.fields.WebField(blank=True, max_length=500)),
                ('source_dated', models.CharField(blank=True, max_length=20)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('signed_as', models.CharField(blank=True, editable=False, max_length=60)),
                ('signed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('issuing', models.CharField(max_length=2)),
                ('destination', models.CharField(max_length=2)),
                ('category', models.CharField(max_length=2)),
                ('paid_driving', models.BooleanField(default=True)),
                ('signed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['issuing', 'destination', 'category'],
            },
        ),
        migrations.CreateModel(
            name='ScoringBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('vacancies', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('claimed_by', models.CharField(blank=True, max_length=100)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('pairs', models.PositiveBigIntegerField(default=0)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='matching.scoringrun')),
                ('step', models.PositiveSmallIntegerField(choices=[(1, 'score these vacancies'), (2, 'choose shortlists of all vacancies'), (3, 'audit the run')], default=1)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('is_failed', models.BooleanField(default=False, help_text='Tried too often: it is done with, and nothing was written.')),
            ],
            options={
                'ordering': ['run', 'step', 'pk'],
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['run', 'step'], name='block_to_do')],
            },
        ),
        migrations.CreateModel(
            name='SignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=40, unique=True)),
                ('signed_at', models.DateTimeField()),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['subject'],
            },
        ),
        migrations.CreateModel(
            name='OccupationSkill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('importance', models.CharField(choices=[('essential', 'essential'), ('optional', 'optional')], max_length=9)),
                ('position', models.PositiveSmallIntegerField()),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='matching.occupation')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.skill')),
                ('from_esco', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['occupation', 'importance', 'position'],
                'constraints': [models.UniqueConstraint(fields=('occupation', 'skill'), name='skill_once_an_occupation')],
            },
        ),
        migrations.CreateModel(
            name='CandidateSkill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(choices=[(1, 'helps'), (2, 'works alone'), (3, 'handles hard cases'), (4, 'can teach')])),
                ('is_verified', models.BooleanField(default=False, editable=False)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skills', to='matching.candidate')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.skill')),
            ],
            options={
                'ordering': ['candidate', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('candidate', 'skill'), name='skill_once_a_candidate'), models.CheckConstraint(condition=models.Q(('level__range', (1, 4))), name='candidate_skill_level_is_1_to_4')],
            },
        ),
        migrations.CreateModel(
            name='StatisticsAnswers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sex', models.CharField(blank=True, choices=[('woman', 'woman'), ('man', 'man')], max_length=5)),
                ('has_disability', models.BooleanField(blank=True, null=True)),
                ('children', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('last_pay', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ('last_pay_currency', models.CharField(blank=True, choices=[('RUB', 'Russian rouble'), ('KZT', 'Kazakhstani tenge'), ('TJS', 'Tajik somoni'), ('KGS', 'Kyrgyz som'), ('UZS', 'Uzbek soʻm'), ('USD', 'US dollar')], max_length=3)),
                ('consent_version', models.CharField(max_length=20)),
                ('consented_at', models.DateTimeField()),
                ('candidate', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='statistics', to='matching.candidate')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('children', None), ('children__lte', 20), _connector='OR'), name='statistics_children_are_few')],
            },
        ),
        migrations.CreateModel(
            name='Vacancy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('address', models.CharField(max_length=200, verbose_name='address of the worksite')),
                ('title', models.CharField(blank=True, max_length=100, verbose_name='title')),
                ('wage_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='guaranteed wage')),
                ('wage_currency', models.CharField(blank=True, choices=[('RUB', 'Russian rouble'), ('KZT', 'Kazakhstani tenge'), ('TJS', 'Tajik somoni'), ('KGS', 'Kyrgyz som'), ('UZS', 'Uzbek soʻm'), ('USD', 'US dollar')], max_length=3)),
                ('wage_period', models.CharField(choices=[('month', 'a month'), ('shift', 'a shift'), ('hour', 'an hour'), ('piece', 'a piece')], default='month', max_length=5)),
                ('wage_basis', models.CharField(choices=[('net', 'in hand, after tax'), ('gross', 'before tax')], default='net', max_length=5)),
                ('shifts_a_month', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='shifts a month')),
                ('entry', models.BooleanField(default=False, verbose_name='no experience needed')),
                ('experience_months', models.PositiveSmallIntegerField(default=0, verbose_name='months of experience')),
                ('licences', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('B', 'B'), ('C', 'C'), ('CE', 'CE'), ('D', 'D'), ('T', 'tractor or machine licence')], max_length=2), blank=True, default=list, size=None)),
                ('certificates', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('height', 'permit to work at heights'), ('electrical', 'electrical safety group'), ('welding', 'welder’s certificate'), ('medical-book', 'medical book'), ('forklift', 'forklift permit')], max_length=20), blank=True, default=list, size=None)),
                ('conditions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('housing', 'housing'), ('meals', 'meals'), ('travel', 'travel paid'), ('training', 'paid training')], max_length=10), blank=True, default=list, size=None)),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='start')),
                ('openings', models.PositiveSmallIntegerField(default=1, verbose_name='openings')),
                ('seats_taken', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('status', models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('published', 'published'), ('paused', 'paused'), ('filled', 'filled'), ('closed', 'closed')], default='draft', max_length=9)),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vacancies', to='organisations.organisation')),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vacancies', to='matching.occupation', verbose_name='occupation')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region', verbose_name='region')),
                ('stopped_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('stopped_because', models.CharField(blank=True, choices=[('area', 'the place is dangerous'), ('goods', 'weapons or other military goods are made there'), ('sanctions', 'the employer’s name is on a sanctions list')], editable=False, help_text='Empty: Safar has not stopped it.', max_length=9)),
                ('description', models.TextField(blank=True, max_length=2000, verbose_name='what the work is')),
                ('hours_a_week', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hours a week')),
                ('other_sites', models.CharField(blank=True, max_length=300, verbose_name='other sites')),
                ('refreshed_at', models.DateTimeField(blank=True, help_text='When the employer last said that it still holds.', null=True)),
                ('sent_back_because', models.CharField(blank=True, help_text='What the reviewer asks to mend.', max_length=500)),
                ('what_ifs', models.PositiveSmallIntegerField(default=0, editable=False, help_text='How often the employer asked that day.')),
                ('what_ifs_on', models.DateField(blank=True, editable=False, help_text='The day of `what_ifs`.', null=True)),
                ('what_if_answers', models.JSONField(default=dict, editable=False, help_text="That day's answers, as matching/what_if.py keeps them.")),
            ],
            options={
                'verbose_name_plural': 'vacancies',
                'ordering': ['-published_at', '-pk'],
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('status', 'published')), fields=['-published_at', '-id'], name='vacancy_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('wage_amount__gt', 0)), name='vacancy_wage_is_positive'), models.CheckConstraint(condition=models.Q(('openings__range', (1, 1000))), name='vacancy_openings_are_1_to_1000'), models.CheckConstraint(condition=models.Q(('seats_taken__lte', models.F('openings'))), name='vacancy_seats_within_openings'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('published_at__isnull', False), ('starts_on__isnull', False), ('wage_amount__isnull', False), models.Q(('wage_currency', ''), _negated=True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='vacancy_published_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('wage_period', 'shift'), _negated=True), ('shifts_a_month__range', (1, 31)), ('wage_amount', None), _connector='OR'), name='vacancy_shifts_are_counted'), models.CheckConstraint(condition=models.Q(models.Q(('stopped_at', None), ('stopped_because', '')), models.Q(models.Q(('stopped_because', ''), _negated=True), ('stopped_at__isnull', False), ('status', 'closed')), _connector='OR'), name='vacancy_stopped_is_closed'), models.CheckConstraint(condition=models.Q(('hours_a_week', None), ('hours_a_week__range', (1, 84)), _connector='OR'), name='vacancy_hours_are_a_week')],
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('state', models.CharField(choices=[('suggested', 'suggested'), ('approved', 'approved'), ('declined', 'declined'), ('accepted', 'accepted'), ('turned_down', 'turned down'), ('selected', 'selected'), ('rejected', 'rejected'), ('offered', 'offered'), ('agreed', 'agreed'), ('refused', 'refused'), ('placed', 'placed'), ('ended', 'ended'), ('withdrawn', 'withdrawn'), ('expired', 'expired')], default='suggested', max_length=11)),
                ('touched', models.BooleanField(default=False, help_text='A person has acted on it: scoring no longer owns the row.')),
                ('points', models.PositiveSmallIntegerField(help_text='0..10 000, shown as 0..100')),
                ('points_now', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('fits_job', models.PositiveSmallIntegerField()),
                ('suits_person', models.PositiveSmallIntegerField()),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'A'), (2, 'B'), (3, 'C')])),
                ('rank', models.PositiveSmallIntegerField(blank=True, help_text="Place in the vacancy's list; empty: not in it, but chosen.", null=True)),
                ('scoring_day', models.DateField()),
                ('candidate_revision', models.PositiveIntegerField()),
                ('vacancy_revision', models.PositiveIntegerField()),
                ('explanation', models.JSONField(blank=True, help_text='Frozen by the first act of a person.', null=True)),
                ('created_at', models.DateTimeField()),
                ('candidate', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='matching.candidate')),
                ('weights', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.scoringweights')),
                ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='matching.vacancy')),
                ('chosen_in', models.ForeignKey(blank=True, help_text='The full run whose shortlists hold it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='matching.scoringrun')),
                ('assigned_to', models.ForeignKey(blank=True, help_text='Whose case it is at the agency.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interested_at', models.DateTimeField(blank=True, help_text='When the candidate, who found the vacancy, said: this one.', null=True)),
                ('proposed_by', models.ForeignKey(blank=True, help_text='Who has approved an exception; a second person has not.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'matches',
                'ordering': ['vacancy', 'rank', 'pk'],
                'indexes': [models.Index(fields=['candidate', 'state'], include=('vacancy', 'chosen_in', 'touched'), name='match_of_candidate')],
                'constraints': [models.UniqueConstraint(fields=('vacancy', 'candidate'), name='match_once'), models.CheckConstraint(condition=models.Q(('state', 'suggested'), ('touched', True), _connector='OR'), name='match_moved_is_touched'), models.CheckConstraint(condition=models.Q(('fits_job__lte', 10000), ('points__lte', 10000), ('suits_person__lte', 10000)), name='match_points_in_range'), models.CheckConstraint(condition=models.Q(('state', 'suggested'), ('explanation__isnull', False), _connector='OR'), name='match_moved_is_explained'), models.CheckConstraint(condition=models.Q(('rank__isnull', False), ('chosen_in__isnull', False), ('touched', True), _connector='OR'), name='match_is_listed_or_chosen'), models.CheckConstraint(condition=models.Q(('interested_at', None), ('touched', True), _connector='OR'), name='match_interested_is_touched'), models.CheckConstraint(condition=models.Q(('touched', False), ('explanation__isnull', False), _connector='OR'), name='match_touched_is_explained'), models.CheckConstraint(condition=models.Q(('proposed_by', None), models.Q(('state', 'suggested'), ('touched', True)), _connector='OR'), name='match_proposed_is_suggested')],
            },
        ),
        migrations.CreateModel(
            name='MatchEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(choices=[('suggested', 'suggested'), ('approved', 'approved'), ('declined', 'declined'), ('accepted', 'accepted'), ('turned_down', 'turned down'), ('selected', 'selected'), ('rejected', 'rejected'), ('offered', 'offered'), ('agreed', 'agreed'), ('refused', 'refused'), ('placed', 'placed'), ('ended', 'ended'), ('withdrawn', 'withdrawn'), ('expired', 'expired')], max_length=11)),
                ('after', models.CharField(choices=[('suggested', 'suggested'), ('approved', 'approved'), ('declined', 'declined'), ('accepted', 'accepted'), ('turned_down', 'turned down'), ('selected', 'selected'), ('rejected', 'rejected'), ('offered', 'offered'), ('agreed', 'agreed'), ('refused', 'refused'), ('placed', 'placed'), ('ended', 'ended'), ('withdrawn', 'withdrawn'), ('expired', 'expired')], max_length=11)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='matching.match')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('after', 'suggested')), fields=['match'], name='event_brought_back')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wage_amount', models.DecimalField(decimal_places=2, max_digits=18, verbose_name='guaranteed wage')),
                ('wage_currency', models.CharField(choices=[('RUB', 'Russian rouble'), ('KZT', 'Kazakhstani tenge'), ('TJS', 'Tajik somoni'), ('KGS', 'Kyrgyz som'), ('UZS', 'Uzbek soʻm'), ('USD', 'US dollar')], max_length=3)),
                ('wage_period', models.CharField(choices=[('month', 'a month'), ('shift', 'a shift'), ('hour', 'an hour'), ('piece', 'a piece')], max_length=5)),
                ('wage_basis', models.CharField(choices=[('net', 'in hand, after tax'), ('gross', 'before tax')], max_length=5)),
                ('number', models.PositiveSmallIntegerField()),
                ('employer_name', models.CharField(max_length=200)),
                ('job_title', models.CharField(help_text='In the words and the language of the contract.', max_length=100)),
                ('address', models.CharField(max_length=200)),
                ('hours_a_week', models.PositiveSmallIntegerField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('conditions', models.JSONField(blank=True, default=list, help_text='A list of housing, meals, travel, training, home, papers, medical, insurance, clothes.')),
                ('pay_days', models.CharField(blank=True, help_text='Earlier rows: the same in words.', max_length=100)),
                ('entered_at', models.DateTimeField()),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='matching.match')),
                ('days_off', models.PositiveSmallIntegerField(help_text='In a week.', null=True)),
                ('employer_address', models.CharField(blank=True, max_length=200)),
                ('employer_number', models.CharField(blank=True, help_text='INN or BIN, as the contract has it.', max_length=20)),
                ('leave_days', models.PositiveSmallIntegerField(help_text='Paid, in a year.', null=True)),
                ('notice_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('occupation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.occupation')),
                ('overtime', models.CharField(blank=True, choices=[('none', 'no overtime'), ('agreed', 'overtime only if the worker agrees, and paid more than usual hours')], max_length=6)),
                ('paid_on', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=list, help_text='Days of the month.', size=None)),
                ('shifts_a_month', models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                'ordering': ['match', 'number'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('wage_amount__gt', 0)), name='offer_wage_is_positive'), models.UniqueConstraint(fields=('match', 'number'), name='offer_number_once_a_match'), models.CheckConstraint(condition=models.Q(('hours_a_week__range', (1, 84))), name='offer_hours_are_a_week'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='offer_ends_after_its_start'), models.CheckConstraint(condition=models.Q(('paid_on__contained_by', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31])), name='offer_paid_on_days_of_a_month'), models.CheckConstraint(condition=models.Q(models.Q(('paid_on', []), _negated=True), models.Q(('pay_days', ''), _negated=True), _connector='OR'), name='offer_says_when_it_pays'), models.CheckConstraint(condition=models.Q(('occupation', None), models.Q(('days_off__isnull', False), ('days_off__range', (1, 6)), ('leave_days__isnull', False), ('leave_days__range', (1, 120)), models.Q(('overtime', ''), _negated=True)), _connector='OR'), name='offer_says_hours_and_rest')],
            },
        ),
        migrations.CreateModel(
            name='ScoringMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('marked_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('candidate', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mark', to='matching.candidate')),
                ('vacancy', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mark', to='matching.vacancy')),
            ],
            options={
                'ordering': ['marked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('candidate__isnull', False), ('vacancy', None)), models.Q(('candidate', None), ('vacancy__isnull', False)), _connector='OR'), name='mark_is_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='VacancyLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('ru', 'Russian'), ('kk', 'Kazakh'), ('en', 'English')], max_length=2)),
                ('minimum', models.PositiveSmallIntegerField(choices=[(0, 'none'), (1, 'A1'), (2, 'A2'), (3, 'B1'), (4, 'B2'), (5, 'C1'), (6, 'C2')])),
                ('target', models.PositiveSmallIntegerField(choices=[(0, 'none'), (1, 'A1'), (2, 'A2'), (3, 'B1'), (4, 'B2'), (5, 'C1'), (6, 'C2')])),
                ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='matching.vacancy')),
            ],
            options={
                'ordering': ['vacancy', 'language'],
                'constraints': [models.UniqueConstraint(fields=('vacancy', 'language'), name='language_once_a_vacancy'), models.CheckConstraint(condition=models.Q(('minimum__lte', models.F('target')), ('target__range', (1, 6))), name='vacancy_language_target_not_below_minimum')],
            },
        ),
        migrations.CreateModel(
            name='VacancyReasons',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=12)),
                ('failed', models.PositiveIntegerField()),
                ('only', models.PositiveIntegerField()),
                ('unanswered', models.PositiveIntegerField(default=0)),
                ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='matching.vacancy')),
            ],
            options={
                'ordering': ['vacancy', 'reason'],
                'constraints': [models.UniqueConstraint(fields=('vacancy', 'reason'), name='reason_once_a_vacancy')],
            },
        ),
        migrations.CreateModel(
            name='VacancySkill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('importance', models.CharField(choices=[('essential', 'essential'), ('optional', 'optional')], max_length=9)),
                ('level', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'helps'), (2, 'works alone'), (3, 'handles hard cases'), (4, 'can teach')], null=True)),
                ('critical', models.BooleanField(default=False)),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.skill')),
                ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skills', to='matching.vacancy')),
            ],
            options={
                'ordering': ['vacancy', 'importance', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('vacancy', 'skill'), name='skill_once_a_vacancy'), models.CheckConstraint(condition=models.Q(('level', None), ('level__range', (1, 4)), _connector='OR'), name='vacancy_skill_level_is_1_to_4')],
            },
        ),
        migrations.CreateModel(
            name='AgencyLicence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('destination', models.CharField(max_length=2)),
                ('number', models.CharField(max_length=60)),
                ('issuer', models.CharField(max_length=120)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('is_public_service', models.BooleanField(default=False)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='licences', to='organisations.organisation')),
            ],
            options={
                'ordering': ['agency', 'destination'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'destination'), name='licence_once_an_agency_and_destination')],
            },
        ),
        migrations.CreateModel(
            name='CandidateCertificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('height', 'permit to work at heights'), ('electrical', 'electrical safety group'), ('welding', 'welder’s certificate'), ('medical-book', 'medical book'), ('forklift', 'forklift permit')], max_length=20)),
                ('valid_until', models.DateField()),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certificates', to='matching.candidate')),
            ],
            options={
                'ordering': ['candidate', 'code'],
                'constraints': [models.UniqueConstraint(fields=('candidate', 'code'), name='certificate_once_a_candidate')],
            },
        ),
        migrations.CreateModel(
            name='CandidateLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('ru', 'Russian'), ('kk', 'Kazakh'), ('en', 'English')], max_length=2)),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'none'), (1, 'A1'), (2, 'A2'), (3, 'B1'), (4, 'B2'), (5, 'C1'), (6, 'C2')])),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='matching.candidate')),
            ],
            options={
                'ordering': ['candidate', 'language'],
                'constraints': [models.UniqueConstraint(fields=('candidate', 'language'), name='language_once_a_candidate'), models.CheckConstraint(condition=models.Q(('level__range', (0, 6))), name='candidate_language_level_is_cefr')],
            },
        ),
        migrations.CreateModel(
            name='CandidateLicence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('category', models.CharField(choices=[('B', 'B'), ('C', 'C'), ('CE', 'CE'), ('D', 'D'), ('T', 'tractor or machine licence')], max_length=2)),
                ('issued_in', models.CharField(help_text='ISO 3166-1', max_length=2)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='licences', to='matching.candidate')),
            ],
            options={
                'ordering': ['candidate', 'category'],
                'constraints': [models.UniqueConstraint(fields=('candidate', 'category', 'issued_in'), name='licence_once_a_candidate')],
            },
        ),
        migrations.CreateModel(
            name='Care',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('consent_version', models.CharField(max_length=20)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='care', to='matching.candidate')),
            ],
            options={
                'ordering': ['candidate', '-since'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('candidate',), name='one_open_care_a_candidate'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='care_ends_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='DangerArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_name', models.CharField(max_length=200)),
                ('source_url', portal.fields.WebField(blank=True, max_length=500)),
                ('source_dated', models.CharField(blank=True, max_length=20)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('signed_as', models.CharField(blank=True, editable=False, max_length=60)),
                ('signed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('reason', models.CharField(max_length=200)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
                ('signed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['region'],
                'constraints': [models.CheckConstraint(condition=models.Q(('signed_by', None), ('entered_by', None), models.Q(('signed_by', models.F('entered_by')), _negated=True), _connector='OR'), name='danger_area_has_a_second_person')],
            },
        ),
        migrations.CreateModel(
            name='Ladder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('higher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='matching.occupation')),
                ('lower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='matching.occupation')),
            ],
            options={
                'ordering': ['higher', 'lower'],
                'constraints': [models.UniqueConstraint(fields=('higher', 'lower'), name='ladder_once'), models.CheckConstraint(condition=models.Q(('higher', models.F('lower')), _negated=True), name='ladder_has_two_ends')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('months', models.PositiveSmallIntegerField()),
                ('ended_on', models.DateField(blank=True, help_text='Empty: still there.', null=True)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to='matching.candidate')),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.occupation')),
            ],
            options={
                'ordering': ['candidate', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('months__range', (1, 720))), name='job_months_are_1_to_720')],
            },
        ),
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(help_text='ISO 639-1', max_length=2)),
                ('text', models.CharField(max_length=300)),
                ('is_preferred', models.BooleanField(default=False)),
                ('occupation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='matching.occupation')),
                ('skill', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='matching.skill')),
            ],
            options={
                'ordering': ['language', 'text'],
                'constraints': [models.CheckConstraint(condition=models.Q(('skill', None), ('occupation', None), _connector='XOR'), name='label_is_of_one_thing'), models.UniqueConstraint(condition=models.Q(('skill', None), _negated=True), fields=('skill', 'language', 'text'), name='label_once_a_skill'), models.UniqueConstraint(condition=models.Q(('occupation', None), _negated=True), fields=('occupation', 'language', 'text'), name='label_once_an_occupation')],
            },
        ),
        migrations.CreateModel(
            name='ScoringAudit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('month', models.DateField(blank=True, help_text='Its first day.', null=True, unique=True)),
                ('made_at', models.DateTimeField()),
                ('lines', models.JSONField(default=dict, help_text='As matching.audit writes them.')),
                ('noticed_at', models.DateTimeField(blank=True, help_text='When operators were told of a difference two months running.', null=True)),
                ('run', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='audit', to='matching.scoringrun')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('run', None), ('month', None), _connector='XOR'), name='audit_is_of_a_run_or_a_month')],
            },
        ),
        migrations.CreateModel(
            name='SkillCourse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='orientation.course')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='courses', to='matching.skill')),
            ],
            options={
                'ordering': ['skill', 'course'],
                'constraints': [models.UniqueConstraint(fields=('skill', 'course'), name='course_once_a_skill')],
            },
        ),
        migrations.CreateModel(
            name='VacancyList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='scoring day')),
                ('inputs', models.CharField(blank=True, help_text='As of a scoring run.', max_length=64)),
                ('eligible', models.PositiveIntegerField(default=0, help_text='Candidates who pass stage 0.')),
                ('scored_at', models.DateTimeField()),
                ('vacancy', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='list', to='matching.vacancy')),
                ('weights', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.scoringweights')),
            ],
            options={
                'ordering': ['vacancy'],
            },
        ),
        migrations.CreateModel(
            name='WeightsTrial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('day', models.DateField(verbose_name='scoring day')),
                ('asked_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.JSONField(blank=True, null=True)),
                ('after', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trials', to='matching.scoringweights')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('before', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.scoringweights')),
                ('fault', models.CharField(blank=True, help_text='Why it ended without a result.', max_length=300)),
                ('inputs', models.CharField(blank=True, help_text='As of a scoring run.', max_length=64)),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('before', 'after', 'day', 'inputs'), name='trial_once_a_day_and_inputs')],
            },
        ),
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day.')),
                ('steps', models.PositiveSmallIntegerField()),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reach', to='matching.candidate')),
            ],
            options={
                'verbose_name_plural': 'reach',
                'ordering': ['month', 'candidate'],
                'constraints': [models.UniqueConstraint(fields=('month', 'candidate'), name='reach_once_a_month')],
            },
        ),
        migrations.CreateModel(
            name='WeightsApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('approved_at', models.DateTimeField()),
                ('approved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('trial', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matching.weightstrial')),
                ('weights', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='matching.scoringweights')),
            ],
            options={
                'ordering': ['-approved_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CvShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32, unique=True)),
                ('language', models.CharField(choices=[('tg', 'Тоҷикӣ'), ('ky', 'Кыргызча'), ('uz', 'Oʻzbekcha'), ('ru', 'Русский'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cv_shares', to='matching.candidate')),
                ('with_citizenship', models.BooleanField(default=False)),
                ('with_phone', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('candidate',), name='one_open_cv_share')],
            },
        ),
        migrations.CreateModel(
            name='DeskView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='name')),
                ('query', models.CharField(max_length=400)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='desk_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('user', 'name'), name='desk_view_named_once')],
            },
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('starts_at', models.DateTimeField()),
                ('way', models.CharField(choices=[('phone', 'by phone'), ('video', 'by video'), ('place', 'in person')], max_length=5)),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='where, or which link')),
                ('offered_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interviews', to='matching.match')),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('match', 'starts_at'), name='interview_once_a_time'), models.UniqueConstraint(condition=models.Q(('taken_at__isnull', False)), fields=('match',), name='one_interview_taken_a_match'), models.CheckConstraint(condition=models.Q(('starts_at__gt', models.F('offered_at'))), name='interview_is_offered_before'), models.CheckConstraint(condition=models.Q(('way', 'phone'), models.Q(('place', ''), _negated=True), _connector='OR'), name='interview_has_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('phone', models.CharField(help_text='E.164', max_length=16)),
                ('details', models.JSONField(default=dict, help_text='What the list says of the person; empty after the answer.')),
                ('invited_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('', 'not answered'), ('yes', 'said yes'), ('no', 'said no')], default='', max_length=3)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='organisations.organisation')),
                ('candidate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='matching.candidate')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('missed', models.PositiveSmallIntegerField(default=0, help_text='Wrong months of birth, typed by who wanted to say yes.')),
            ],
            options={
                'ordering': ['-invited_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('agency', 'phone'), name='one_open_invitation_a_phone'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='invitation_answer_has_a_time'), models.CheckConstraint(condition=models.Q(('answered_at', None), ('details', {}), _connector='OR'), name='answered_invitation_keeps_nothing')],
            },
        ),
        migrations.CreateModel(
            name='MatchNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='note')),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='matching.match')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='match_note_says_something')],
            },
        ),
        migrations.CreateModel(
            name='MatchQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('text', models.CharField(max_length=300, verbose_name='your question')),
                ('asked_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, max_length=600, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='matching.match')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('match',), name='one_open_question_a_match'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='question_is_answered_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='OnBehalf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20)),
                ('reason', models.CharField(max_length=200, verbose_name='why you act for the person')),
                ('paper', models.CharField(max_length=100, verbose_name='the paper that the person signed')),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='on_behalf', to='matching.candidate')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('paper', ''), _negated=True)), name='on_behalf_has_reason_and_paper')],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('query', models.CharField(max_length=400)),
                ('saved_at', models.DateTimeField()),
                ('told_until', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'saved searches',
                'ordering': ['-saved_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'query'), name='search_saved_once')],
            },
        ),
        migrations.CreateModel(
            name='SecondLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('verdict', models.CharField(blank=True, choices=[('', 'not read yet'), ('agrees', 'would decline too'), ('differs', 'would approve')], default='', max_length=7)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('match', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_look', to='matching.match')),
            ],
            options={
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='second_look_decided_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='VacancyPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('kz_permit', 'Kazakhstan: number of the permit or quota'), ('kz_enbek', 'Kazakhstan: posting on enbek.kz'), ('uz_platform', 'Uzbekistan: number on the state platform')], max_length=12)),
                ('number', models.CharField(max_length=60, verbose_name='number')),
                ('dated', models.DateField(verbose_name='date')),
                ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='matching.vacancy')),
            ],
            options={
                'ordering': ['vacancy', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('vacancy', 'kind'), name='vacancy_paper_once'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='vacancy_paper_has_a_number')],
            },
        ),
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
        migrations.CreateModel(
            name='MissedClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='missed_claims', to='matching.candidate')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='VacancyEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('published', 'published'), ('paused', 'paused'), ('filled', 'filled'), ('closed', 'closed')], max_length=9)),
                ('after', models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('published', 'published'), ('paused', 'paused'), ('filled', 'filled'), ('closed', 'closed')], max_length=9)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vacancy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='matching.vacancy')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='VacancyText',
            fields=[
                ('vacancy', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='folded', serialize=False, to='matching.vacancy')),
                ('names', models.TextField()),
                ('text', models.TextField()),
            ],
            options={
                'ordering': ['vacancy'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['names'], name='vacancy_names_trigrams', opclasses=['gin_trgm_ops']), django.contrib.postgres.indexes.GinIndex(fields=['text'], name='vacancy_text_trigrams', opclasses=['gin_trgm_ops'])],
            },
        ),
        migrations.CreateModel(
            name='FeeAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', portal.fields.UidField(db_default=models.Func(function='uuidv7', output_field=models.UUIDField()), editable=False, unique=True)),
                ('moment', models.CharField(choices=[('acceptance', 'when you said yes to the job'), ('contract', 'when you agreed to the contract'), ('departure', 'before you left'), ('month_1', 'in your first month of work')], max_length=10)),
                ('asked', models.BooleanField()),
                ('by', models.CharField(blank=True, choices=[('agency', 'somebody at the agency'), ('employer', 'the employer or the foreman'), ('broker', 'a go-between'), ('official', 'an official'), ('other', 'somebody else')], max_length=8)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ('currency', models.CharField(blank=True, choices=[('RUB', 'Russian rouble'), ('KZT', 'Kazakhstani tenge'), ('TJS', 'Tajik somoni'), ('KGS', 'Kyrgyz som'), ('UZS', 'Uzbek soʻm'), ('USD', 'US dollar')], max_length=3)),
                ('told', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('safar', 'the staff of Safar'), ('agency', 'my agency')], max_length=6), blank=True, default=list, help_text='Who may know, and is to help.', size=None)),
                ('answered_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fee_answers', to='matching.match')),
            ],
            options={
                'ordering': ['answered_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('match', 'moment'), name='fee_answer_once_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('asked', True), models.Q(('by', ''), _negated=True)), models.Q(('amount', None), ('asked', False), ('by', ''), ('told', [])), _connector='OR'), name='fee_asked_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('amount', None), ('currency', '')), models.Q(('amount__gt', 0), models.Q(('currency', ''), _negated=True)), _connector='OR'), name='fee_amount_has_a_currency'), models.CheckConstraint(condition=models.Q(models.Q(('handled_at', None), ('handled_by', None), ('outcome', '')), models.Q(('handled_at__gte', models.F('answered_at')), ('handled_by__isnull', False), models.Q(('outcome', ''), _negated=True), models.Q(('told', []), _negated=True)), _connector='OR'), name='fee_answer_handled_by_somebody')],
                'indexes': [models.Index(condition=models.Q(('told', []), _negated=True), fields=['match'], name='fee_told_to_somebody')],
            },
        ),
        migrations.AddField(
            model_name='occupation',
            name='skills',
            field=models.ManyToManyField(related_name='occupations', through='matching.OccupationSkill', to='matching.skill'),
        ),
        migrations.RunSQL(STAND, FALL),
    ]
