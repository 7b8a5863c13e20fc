"""Facts: a deadline or a fee lives once, with its source and its date, and pages hold only its code."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.db.models.functions import JSONObject

from portal.fields import Revisioned, WebField
from portal.places.corridors import Corridor


class FactQuerySet(models.QuerySet["Fact"]):
    def with_main_source(self) -> "FactQuerySet":
        """Annotates `main_source` (dict or None): a page shows one source a fact, and facts stay one query."""
        first = Source.objects.filter(fact=OuterRef("pk")).order_by("position")
        return self.annotate(
            main_source=Subquery(first.values(json=JSONObject(publisher="publisher", url="url", dated="dated", unsafe_in="unsafe_in"))[:1])
        )

    def with_number_on(self, day: date) -> "FactQuerySet":
        """Annotates `number_then`: what `number_on(day)` says, where a query counts with it."""
        return self.annotate(number_then=Case(When(next_from__lte=day, then="next_number"), default="number"))


class Fact(Revisioned):
    """One dated legal or practical statement about one or more corridors."""

    class Status(models.TextChoices):
        IN_FORCE = "in_force", "in force"
        BILL = "bill", "bill, not yet law"
        DRAFT = "draft", "draft rule"
        ENDED = "ended", "no longer in force"
        UNKNOWN = "unknown", "not known whether in force"
        CONFLICT = "conflict", "sources disagree"

    class Confidence(models.TextChoices):
        OFFICIAL = "verified-official", "official page"
        PRESS = "verified-press", "news media quoting an authority"
        SECONDARY = "verified-secondary", "law firm, consultant"
        GENERAL = "general-knowledge", "general knowledge, no source yet"
        CONFLICT = "conflict", "sources disagree"

    class Unit(models.TextChoices):
        DAY = "day", "days"
        WORKING_DAY = "working_day", "working days"
        MONTH = "month", "months"
        YEAR = "year", "years"
        HOUR = "hour", "hours"
        PERCENT = "percent", "per cent"
        RUB = "RUB", "roubles"
        KZT = "KZT", "tenge"
        USD = "USD", "US dollars"
        UZS = "UZS", "Uzbek sums"
        KGS = "KGS", "Kyrgyz soms"
        TJS = "TJS", "Tajik somonis"

    class Topic(models.TextChoices):
        BEFORE = "before", "before the road"
        STAY = "stay", "entry and stay"
        REGISTRATION = "registration", "registration"
        WORK = "work", "right to work"
        MONEY = "money", "fees, taxes, transfers"
        LIFE = "life", "health, family, everyday life"
        TROUBLE = "trouble", "bans and fines"

    code = models.SlugField(max_length=40, unique=True, db_index=False, help_text="Lessons name it: {{fact:ID}}. It never changes.")
    topic = models.CharField(max_length=12, choices=Topic, default=Topic.LIFE)
    corridors = ArrayField(models.CharField(max_length=5, choices=Corridor))
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    number = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    unit = models.CharField(max_length=12, choices=Unit, blank=True)
    next_number = models.DecimalField("number from then on", max_digits=18, decimal_places=2, null=True, blank=True)
    next_from = models.DateField("changes on", null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.IN_FORCE)
    confidence = models.CharField(max_length=20, choices=Confidence)
    as_of = models.DateField("newest source of", null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    review_by = models.DateField()
    changed_at = models.DateTimeField("last change of what it says", null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, unit="") | Q(number__isnull=False) & ~Q(unit=""), name="fact_number_has_unit"
            ),
            models.CheckConstraint(
                condition=Q(next_number=None, next_from=None) | Q(next_number__isnull=False, next_from__isnull=False, number__isnull=False),
                name="fact_next_number_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="fact_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def number_on(self, day: date) -> Decimal | None:
        """From its day on the next number is the number: nobody has to be awake at midnight."""
        return self.next_number if self.next_from is not None and self.next_from <= day else self.number


class Source(models.Model):
    """Where a fact was read. In a country of `unsafe_in` the link itself is dangerous to carry, so no page ever links it."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(default=1)
    publisher = models.CharField(max_length=200)
    url = WebField(max_length=500, blank=True)
    dated = models.CharField("date of the source", max_length=20, blank=True)
    unsafe_in = ArrayField(models.CharField(max_length=2), default=list, blank=True)

    class Meta:
        ordering = ["fact", "position"]
        constraints = [models.UniqueConstraint(fields=["fact", "position"], name="one_source_a_position")]

    def __str__(self) -> str:
        return f"{self.publisher} {self.dated}".strip()
