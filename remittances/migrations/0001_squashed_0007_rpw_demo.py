"""All tables at once, for a new database: what it replaces makes and changes them one after the other."""

import django.contrib.postgres.fields
import django.db.models.deletion
import portal.fields
from django.conf import settings
from django.db import migrations, models
from portal.at_once import AtOnce


class Migration(AtOnce):
    replaces = [
        ("remittances", "0001_initial"),
        ("remittances", "0002_messages"),
        ("remittances", "0003_public_source_known_currency"),
        ("remittances", "0004_money"),
        ("remittances", "0005_decided_prices"),
        ("remittances", "0006_shares_end"),
        ("remittances", "0007_rpw_demo"),
    ]

    initial = True

    dependencies = [
        ("organisations", "0003_vetting"),
        ("places", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TransferProvider",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True)),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("operator", "money transfer operator"),
                            ("bank", "bank"),
                            ("mobile", "mobile operator"),
                            ("post", "post office"),
                            ("other", "other financial company"),
                        ],
                        default="operator",
                        max_length=8,
                    ),
                ),
                ("link", portal.fields.WebField(blank=True)),
                (
                    "other_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="Legal name and other spellings, parted by commas: they too are looked up in sanctions lists.",
                        size=None,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="TransferService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    portal.fields.UidField(
                        db_default=models.Func(function="uuidv7", output_field=models.UUIDField()), editable=False, unique=True
                    ),
                ),
                (
                    "pay_in",
                    models.CharField(
                        choices=[("cash", "cash"), ("card", "card"), ("account", "bank account"), ("wallet", "phone wallet")], max_length=7
                    ),
                ),
                (
                    "pay_out",
                    models.CharField(
                        choices=[("cash", "cash"), ("card", "card"), ("account", "bank account"), ("wallet", "phone wallet")], max_length=7
                    ),
                ),
                (
                    "payout_currency",
                    models.CharField(
                        choices=[
                            ("RUB", "Russian rouble"),
                            ("KZT", "Kazakhstani tenge"),
                            ("TJS", "Tajik somoni"),
                            ("KGS", "Kyrgyz som"),
                            ("UZS", "Uzbek soʻm"),
                            ("USD", "US dollar"),
                        ],
                        max_length=3,
                    ),
                ),
                ("minutes", models.PositiveIntegerField(verbose_name="minutes until it arrives")),
                (
                    "is_listed",
                    models.BooleanField(
                        default=False, editable=False, help_text="A service that is not listed stands in no comparison and in no API."
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="services", to="remittances.transferprovider"
                    ),
                ),
                (
                    "sends_from",
                    models.ForeignKey(
                        limit_choices_to={"code__in": ("RU", "KZ")},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.country",
                    ),
                ),
                (
                    "sends_to",
                    models.ForeignKey(
                        limit_choices_to={"code__in": ("TJ", "KG", "UZ")},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.country",
                    ),
                ),
                (
                    "identity",
                    models.CharField(
                        choices=[
                            ("passport", "passport"),
                            ("stay", "passport and a paper that you may stay"),
                            ("account", "an account or card in your name"),
                        ],
                        default="passport",
                        max_length=8,
                        verbose_name="what the sender shows",
                    ),
                ),
                (
                    "least",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In the currency that is paid in.",
                        max_digits=18,
                        null=True,
                        verbose_name="least that can be sent",
                    ),
                ),
                ("licence", models.CharField(blank=True, help_text="Number, and who gave it.", max_length=120)),
                ("licence_source", portal.fields.WebField(blank=True, help_text="Where the register says so.")),
                (
                    "licence_valid_to",
                    models.DateField(blank=True, help_text="Empty: without an end. The day after, it stands on no page.", null=True),
                ),
                ("link", portal.fields.WebField(blank=True)),
                (
                    "most",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=18, null=True, verbose_name="most that can be sent at once"
                    ),
                ),
                (
                    "payout_places",
                    models.CharField(
                        blank=True,
                        help_text="Names of the banks or shops that pay out, as they stand on their doors: no sentences.",
                        max_length=200,
                    ),
                ),
            ],
            options={
                "ordering": ["sends_from", "sends_to", "provider__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "sends_from", "sends_to", "pay_in", "pay_out", "payout_currency"), name="one_service_a_way"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sends_from__in", ("RU", "KZ")), ("sends_to__in", ("TJ", "KG", "UZ"))),
                        name="service_sends_home",
                        violation_error_message="A service sends from a country of work to a country of home.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payout_currency__in", ["RUB", "KZT", "TJS", "KGS", "UZS", "USD"])),
                        name="service_currency_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("least", None), ("least__gt", 0), _connector="OR"),
                            models.Q(("most", None), ("most__gt", 0), _connector="OR"),
                        ),
                        name="service_limits_are_sums",
                        violation_error_message="A limit is a sum above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("least", None), ("most", None), ("least__lte", models.F("most")), _connector="OR"),
                        name="service_least_is_under_most",
                        violation_error_message="The least is not more than the most.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "fee_fixed",
                    models.DecimalField(decimal_places=2, default=0, help_text="In the currency that is paid in.", max_digits=18),
                ),
                ("fee_percent", models.DecimalField(decimal_places=2, default=0, max_digits=5)),
                ("fee_added", models.BooleanField(default=True, help_text="On top of the sum; otherwise taken out of it.")),
                ("rate", models.DecimalField(decimal_places=8, max_digits=18)),
                ("observed_on", models.DateField()),
                (
                    "source",
                    models.CharField(help_text="Where the price was seen. Everybody reads this: write no person's name.", max_length=120),
                ),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "service",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="quotes", to="remittances.transferservice"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="The sum for which the price was asked, in the currency paid in.",
                        max_digits=18,
                        null=True,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("held_because", models.CharField(blank=True, max_length=200)),
                (
                    "is_promotion",
                    models.BooleanField(default=False, help_text="A price for a first transfer, or for a few days: it stands apart."),
                ),
                ("link", portal.fields.WebField(blank=True)),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="What was seen, and how: for whoever looks again. Staff read it.", max_length=300
                    ),
                ),
                (
                    "observed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("accepted", "accepted"), ("held", "waits for a second look"), ("refused", "refused")],
                        default="accepted",
                        max_length=8,
                    ),
                ),
                (
                    "uid",
                    portal.fields.UidField(
                        db_default=models.Func(function="uuidv7", output_field=models.UUIDField()), editable=False, unique=True
                    ),
                ),
                ("decided_because", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["service", "-observed_on", "pk"],
                "indexes": [models.Index(condition=models.Q(("state", "held")), fields=["state"], name="quote_held")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fee_fixed__gte", 0), ("fee_percent__range", (0, 50))),
                        name="quote_fee_is_a_fee",
                        violation_error_message="A fee is not below zero, and at most 50 per cent.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "accepted")),
                        fields=("service", "observed_on", "is_promotion"),
                        name="one_quote_a_service_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rate__gt", 0), ("rate__lt", 1000000)),
                        name="quote_rate_is_positive",
                        violation_error_message="A rate is more than zero and under a million: units paid out for one unit paid in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", None), ("amount__gt", 0), _connector="OR"),
                        name="quote_amount_is_a_sum",
                        violation_error_message="A sum is above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True), models.Q(("held_because", ""), _negated=True), _connector="OR"
                        ),
                        name="quote_held_because",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True), models.Q(("decided_because", ""), _negated=True), _connector="OR"
                        ),
                        name="quote_refused_because",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "above",
                    models.DecimalField(
                        decimal_places=2, help_text="In the currency that is paid in.", max_digits=18, verbose_name="for sums above"
                    ),
                ),
                ("fee_fixed", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ("fee_percent", models.DecimalField(decimal_places=2, default=0, max_digits=5)),
                ("quote", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="bands", to="remittances.quote")),
            ],
            options={
                "ordering": ["above"],
                "constraints": [
                    models.UniqueConstraint(fields=("quote", "above"), name="one_fee_a_band"),
                    models.CheckConstraint(
                        condition=models.Q(("above__gt", 0), ("fee_fixed__gte", 0), ("fee_percent__range", (0, 50))),
                        name="band_fee_is_a_fee",
                        violation_error_message="A band begins above zero; its fee is not below zero, and at most 50 per cent.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListingEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_listed", models.BooleanField()),
                ("reason", models.CharField(max_length=300)),
                (
                    "lists_of",
                    models.JSONField(
                        default=dict, help_text="Of each sanctions list the day of the file that the provider was compared with."
                    ),
                ),
                ("licence_checked_on", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="listing_events", to="remittances.transferservice"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="listing_event_has_reason"),
                    models.CheckConstraint(
                        condition=models.Q(("is_listed", False), ("licence_checked_on__isnull", False), _connector="OR"),
                        name="listing_event_licence_checked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    portal.fields.UidField(
                        db_default=models.Func(function="uuidv7", output_field=models.UUIDField()), editable=False, unique=True
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        choices=[
                            ("RUB", "Russian rouble"),
                            ("KZT", "Kazakhstani tenge"),
                            ("TJS", "Tajik somoni"),
                            ("KGS", "Kyrgyz som"),
                            ("UZS", "Uzbek soʻm"),
                            ("USD", "US dollar"),
                        ],
                        max_length=3,
                    ),
                ),
                ("pay", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("shows_pay", models.BooleanField(default=False)),
                ("is_nudged", models.BooleanField(default=True)),
                ("nudged_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="money_plan", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("currency__in", ["RUB", "KZT", "TJS", "KGS", "UZS", "USD"])), name="plan_currency_is_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("pay", None), ("pay__gt", 0), _connector="OR"), name="plan_pay_is_a_sum"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    portal.fields.UidField(
                        db_default=models.Func(function="uuidv7", output_field=models.UUIDField()), editable=False, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reserve", "money for bad days"),
                            ("home", "home or repair"),
                            ("study", "school or study"),
                            ("feast", "wedding or feast"),
                            ("health", "treatment"),
                            ("business", "business or farm"),
                            ("debt", "pay back a debt"),
                            ("skill", "a course that pays back"),
                            ("other", "something else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("target", models.DecimalField(decimal_places=2, max_digits=18)),
                ("by", models.DateField(blank=True, null=True)),
                ("monthly_gain", models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                ("is_shared", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
                ("plan", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="remittances.plan")),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("target__gt", 0)), name="goal_target_is_a_sum"),
                    models.CheckConstraint(
                        condition=models.Q(("monthly_gain", None), models.Q(("kind", "skill"), ("monthly_gain__gt", 0)), _connector="OR"),
                        name="goal_gain_is_of_a_skill",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("joined_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("plan", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="share", to="remittances.plan")),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("joined_at", None), ("member", None)),
                            models.Q(("joined_at__isnull", False), ("member__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_share_joined",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    portal.fields.UidField(
                        db_default=models.Func(function="uuidv7", output_field=models.UUIDField()), editable=False, unique=True
                    ),
                ),
                ("text", models.CharField(max_length=120)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("goal", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="remittances.goal")),
            ],
            options={
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PriceAlert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("below", models.DecimalField(decimal_places=2, max_digits=4, verbose_name="total cost, per cent")),
                ("is_below", models.BooleanField(default=False, editable=False)),
                ("told_at", models.DateTimeField(editable=False, null=True)),
                ("created_at", models.DateTimeField()),
                ("sends_from", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.country")),
                ("sends_to", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.country")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="price_alerts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["sends_from", "sends_to", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "sends_from", "sends_to"), name="one_price_alert_a_way_home"),
                    models.CheckConstraint(condition=models.Q(("below__gt", 0), ("below__lte", 20)), name="price_alert_is_a_cost"),
                    models.CheckConstraint(
                        condition=models.Q(("sends_from__in", ("RU", "KZ")), ("sends_to__in", ("TJ", "KG", "UZ"))),
                        name="price_alert_sends_home",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    portal.fields.UidField(
                        db_default=models.Func(function="uuidv7", output_field=models.UUIDField()), editable=False, unique=True
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("savings", "savings"),
                            ("insurance", "insurance"),
                            ("account", "account or card"),
                            ("transfer", "transfer"),
                            ("pension", "pension"),
                        ],
                        max_length=9,
                    ),
                ),
                ("provider", models.CharField(max_length=120)),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("TJ", "TJ"), ("KG", "KG"), ("UZ", "UZ"), ("RU", "RU"), ("KZ", "KZ")], max_length=2
                        ),
                        help_text="Where it can be had, by ISO 3166-1.",
                        size=None,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("title_en", models.CharField(max_length=120, null=True)),
                ("title_ru", models.CharField(max_length=120, null=True)),
                ("title_tg", models.CharField(max_length=120, null=True)),
                ("title_ky", models.CharField(max_length=120, null=True)),
                ("title_uz", models.CharField(max_length=120, null=True)),
                ("summary", models.CharField(max_length=300)),
                ("summary_en", models.CharField(max_length=300, null=True)),
                ("summary_ru", models.CharField(max_length=300, null=True)),
                ("summary_tg", models.CharField(max_length=300, null=True)),
                ("summary_ky", models.CharField(max_length=300, null=True)),
                ("summary_uz", models.CharField(max_length=300, null=True)),
                ("conditions", models.TextField(help_text="One condition a line: what it costs, who can have it, how to get out.")),
                (
                    "conditions_en",
                    models.TextField(help_text="One condition a line: what it costs, who can have it, how to get out.", null=True),
                ),
                (
                    "conditions_ru",
                    models.TextField(help_text="One condition a line: what it costs, who can have it, how to get out.", null=True),
                ),
                (
                    "conditions_tg",
                    models.TextField(help_text="One condition a line: what it costs, who can have it, how to get out.", null=True),
                ),
                (
                    "conditions_ky",
                    models.TextField(help_text="One condition a line: what it costs, who can have it, how to get out.", null=True),
                ),
                (
                    "conditions_uz",
                    models.TextField(help_text="One condition a line: what it costs, who can have it, how to get out.", null=True),
                ),
                (
                    "women_note",
                    models.CharField(
                        blank=True, help_text="What makes it easy for a woman: own name, no guarantor, near home.", max_length=300
                    ),
                ),
                (
                    "women_note_en",
                    models.CharField(
                        blank=True,
                        help_text="What makes it easy for a woman: own name, no guarantor, near home.",
                        max_length=300,
                        null=True,
                    ),
                ),
                (
                    "women_note_ru",
                    models.CharField(
                        blank=True,
                        help_text="What makes it easy for a woman: own name, no guarantor, near home.",
                        max_length=300,
                        null=True,
                    ),
                ),
                (
                    "women_note_tg",
                    models.CharField(
                        blank=True,
                        help_text="What makes it easy for a woman: own name, no guarantor, near home.",
                        max_length=300,
                        null=True,
                    ),
                ),
                (
                    "women_note_ky",
                    models.CharField(
                        blank=True,
                        help_text="What makes it easy for a woman: own name, no guarantor, near home.",
                        max_length=300,
                        null=True,
                    ),
                ),
                (
                    "women_note_uz",
                    models.CharField(
                        blank=True,
                        help_text="What makes it easy for a woman: own name, no guarantor, near home.",
                        max_length=300,
                        null=True,
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("tg", "tg"), ("ky", "ky"), ("uz", "uz"), ("ru", "ru"), ("kk", "kk"), ("en", "en")], max_length=2
                        ),
                        help_text="In which it serves people.",
                        size=None,
                    ),
                ),
                ("is_interest_free", models.BooleanField(default=False)),
                ("link", portal.fields.WebField(blank=True)),
                ("licence", models.CharField(help_text="Number, and who gave it.", max_length=120)),
                ("licence_source", portal.fields.WebField(help_text="Where the register says so.")),
                ("licence_valid_to", models.DateField(blank=True, null=True)),
                ("checked_on", models.DateField(help_text="When somebody last looked at licence and conditions.")),
                (
                    "is_pilot",
                    models.BooleanField(
                        default=False, help_text="People can sign up to try it, and are asked later how it was.", verbose_name="trial"
                    ),
                ),
                ("is_listed", models.BooleanField(default=False)),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "provider", "slug"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("countries__len__gte", 1)), name="product_is_somewhere"),
                    models.CheckConstraint(condition=models.Q(("languages__len__gte", 1)), name="product_speaks"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotSignUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_up_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("uses", "I use it"),
                            ("stopped", "I tried it and stopped"),
                            ("refused", "They did not take me"),
                            ("never", "I have not gone there"),
                        ],
                        max_length=7,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="pilot_sign_ups", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sign_ups", to="remittances.product"),
                ),
            ],
            options={
                "ordering": ["-signed_up_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("product", "user"), name="one_sign_up_a_product"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="pilot_answer_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderHit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="The listed name that agrees.", max_length=500)),
                ("found_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("", "nobody has looked"), ("same", "it is the one listed"), ("other", "somebody else is meant")],
                        default="",
                        max_length=5,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="provider_hits", to="organisations.sanctionentry"
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="hits", to="remittances.transferprovider"),
                ),
            ],
            options={
                "ordering": ["-found_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "provider"), name="provider_hit_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("verdict", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("verdict__in", ["same", "other"]),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="provider_hit_verdict_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RpwPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(help_text="2031_1Q", max_length=7)),
                ("key", models.CharField(max_length=32)),
                ("firm", models.CharField(max_length=200)),
                ("firm_type", models.CharField(blank=True, max_length=80)),
                ("pay_in", models.CharField(blank=True, help_text="Payment instruments, as written there.", max_length=200)),
                ("access_point", models.CharField(blank=True, max_length=200)),
                ("pickup", models.CharField(blank=True, max_length=200)),
                ("speed", models.CharField(blank=True, max_length=40)),
                ("seen_on", models.DateField(blank=True, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("amount_200", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("fee_200", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("margin_200", models.DecimalField(decimal_places=6, max_digits=12, null=True)),
                ("cost_200", models.DecimalField(decimal_places=6, max_digits=12, null=True)),
                ("amount_500", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("fee_500", models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ("margin_500", models.DecimalField(decimal_places=6, max_digits=12, null=True)),
                ("cost_500", models.DecimalField(decimal_places=6, max_digits=12, null=True)),
                ("is_transparent", models.BooleanField()),
                (
                    "sends_from",
                    models.ForeignKey(
                        limit_choices_to={"code__in": ("RU", "KZ")},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.country",
                    ),
                ),
                (
                    "sends_to",
                    models.ForeignKey(
                        limit_choices_to={"code__in": ("TJ", "KG", "UZ")},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.country",
                    ),
                ),
                ("is_demo", models.BooleanField(db_default=False)),
            ],
            options={
                "verbose_name": "RPW price",
                "ordering": ["-period", "sends_from", "sends_to", "firm", "pk"],
                "indexes": [models.Index(fields=["sends_from", "sends_to", "period"], name="rpw_of_corridor")],
                "constraints": [
                    models.UniqueConstraint(fields=("period", "key"), name="one_rpw_row"),
                    models.CheckConstraint(condition=models.Q(("period__regex", "^\\d{4}_[1-4]Q$")), name="rpw_period_is_a_quarter"),
                    models.CheckConstraint(
                        condition=models.Q(("is_transparent", True), models.Q(("margin_200", None), ("margin_500", None)), _connector="OR"),
                        name="rpw_margin_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Saving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("saved_on", models.DateField()),
                ("goal", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="savings", to="remittances.goal")),
            ],
            options={
                "ordering": ["-saved_on", "-pk"],
                "constraints": [models.CheckConstraint(condition=models.Q(("amount", 0), _negated=True), name="saving_is_a_sum")],
            },
        ),
    ]
