"""Vacancies: what an employer offers and asks. A field for charging the worker does not exist."""

from datetime import date, datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from matching.models.routes import DangerArea, EmployerFile
from matching.models.taxonomy import Importance, Occupation, Skill
from portal.accounts.models import User
from portal.fields import Revisioned, UidField
from portal.money.amounts import Currency, WageBasis, WagePeriod, WageTerms
from portal.organisations.models import Organisation, Person, SanctionHit
from portal.places.models import Region


class Level(models.IntegerChoices):
    HELPS = 1, _("helps")
    ALONE = 2, _("works alone")
    HARD_CASES = 3, _("handles hard cases")
    TEACHES = 4, _("can teach")


class Cefr(models.IntegerChoices):
    """Levels of the Common European Framework; 0 is no knowledge of the language."""

    NONE = 0, _("none")
    A1 = 1, "A1"
    A2 = 2, "A2"
    B1 = 3, "B1"
    B2 = 4, "B2"
    C1 = 5, "C1"
    C2 = 6, "C2"


class WorkLanguage(models.TextChoices):
    """ISO 639-1."""

    RU = "ru", _("Russian")
    KK = "kk", _("Kazakh")
    EN = "en", _("English")


class Condition(models.TextChoices):
    HOUSING = "housing", _("housing")
    MEALS = "meals", _("meals")
    TRAVEL = "travel", _("travel paid")
    TRAINING = "training", _("paid training")


class Licence(models.TextChoices):
    B = "B", "B"
    C = "C", "C"
    CE = "CE", "CE"
    D = "D", "D"
    TRACTOR = "T", _("tractor or machine licence")


class Certificate(models.TextChoices):
    HEIGHT = "height", _("permit to work at heights")
    ELECTRICAL = "electrical", _("electrical safety group")
    WELDING = "welding", _("welder’s certificate")
    MEDICAL_BOOK = "medical-book", _("medical book")
    FORKLIFT = "forklift", _("forklift permit")


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def visible_to(self, user: Person) -> Self:
        """Members see all vacancies of their employers, also drafts; operators see all."""
        if not user.is_authenticated:
            return self.none()
        return self if user.has_perm("matching.view_vacancy") else self.filter(employer__in=Organisation.objects.of_member(user))

    def open_on(self, day: date) -> Self:
        """What everybody may read: safe, published by a vetted employer, with a seat left, not started more than thirty days ago."""
        return self.safe_on(day).filter(
            status=Vacancy.Status.PUBLISHED,
            employer__vetted_at__isnull=False,
            seats_taken__lt=F("openings"),
            starts_on__gte=day - Vacancy.LATE_START,
        )

    def safe_on(self, day: date) -> Self:
        """Not of a suspended employer, and in no peril."""
        safe = self.exclude(employer__in=EmployerFile.objects.suspended().values("employer"))
        return safe.filter(*[~holds for holds in _perils(day).values()])

    def with_peril(self, day: date) -> Self:
        """Annotates `peril`: why nobody may be sent there at all, a value of `Vacancy.Peril`, or "". A suspension is none of them."""
        return self.annotate(peril=Case(*[When(holds, Value(peril)) for peril, holds in _perils(day).items()], default=Value("")))

    def standing(self) -> Self:
        """What has been published and is not over, whoever sees it just now: people may be in the middle of something there."""
        return self.exclude(status__in=(Vacancy.Status.DRAFT, Vacancy.Status.CLOSED)).filter(published_at__isnull=False)

    def with_asked(self) -> Self:
        """What the engine reads of a vacancy, without a query a row."""
        return self.select_related("employer", "region__country").prefetch_related("skills", "languages", "papers")

    def with_all(self) -> Self:
        """What a card or a page of a vacancy prints, without a query a row."""
        return self.select_related("employer", "occupation", "region__country").prefetch_related("skills__skill", "languages")


def _perils(day: date) -> dict[str, Exists]:
    """On that day, or on the first day of work where that is later."""
    areas = DangerArea.objects.signed().filter(region=OuterRef("region"))
    listed = SanctionHit.objects.blocking(day).filter(organisation=OuterRef("employer"))
    return {
        Vacancy.Peril.AREA: Exists(areas.valid_on(day) | areas.valid_on(Greatest(OuterRef("starts_on"), Value(day)))),
        Vacancy.Peril.GOODS: Exists(EmployerFile.objects.military().filter(employer=OuterRef("employer"))),
        Vacancy.Peril.SANCTIONS: Exists(listed),
    }


class Vacancy(Revisioned, WageTerms):
    """A draft may lack what publishing asks for: wage, start, a vetted text. `seats_taken` changes only with the row locked."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("in review")
        PUBLISHED = "published", _("published")
        PAUSED = "paused", _("paused")
        FILLED = "filled", _("filled")
        CLOSED = "closed", _("closed")

    GOING_ON = (Status.PUBLISHED, Status.PAUSED, Status.FILLED)

    class Peril(models.TextChoices):
        AREA = "area", _("the place is dangerous")
        GOODS = "goods", _("weapons or other military goods are made there")
        SANCTIONS = "sanctions", _("the employer’s name is on a sanctions list")

    LATE_START = timedelta(days=30)
    FRESH = timedelta(days=90)  # after that it is closed, unless the employer has said that it still holds

    uid = UidField()
    employer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="vacancies")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="vacancies", verbose_name=_("occupation"))
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    address = models.CharField(_("address of the worksite"), max_length=200)
    other_sites = models.CharField(_("other sites"), max_length=300, blank=True)
    title = models.CharField(_("title"), max_length=100, blank=True)
    description = models.TextField(_("what the work is"), max_length=2000, blank=True)
    hours_a_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    wage_amount = models.DecimalField(  # type: ignore[assignment]  # a draft may not have it yet
        _("guaranteed wage"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    wage_currency = models.CharField(max_length=3, choices=Currency, blank=True)
    wage_period = models.CharField(max_length=5, choices=WagePeriod, default=WagePeriod.MONTH)
    wage_basis = models.CharField(max_length=5, choices=WageBasis, default=WageBasis.NET)
    shifts_a_month = models.PositiveSmallIntegerField(_("shifts a month"), null=True, blank=True)
    entry = models.BooleanField(_("no experience needed"), default=False)
    experience_months = models.PositiveSmallIntegerField(_("months of experience"), default=0)
    licences = ArrayField(models.CharField(max_length=2, choices=Licence), default=list, blank=True)
    certificates = ArrayField(models.CharField(max_length=20, choices=Certificate), default=list, blank=True)
    conditions = ArrayField(models.CharField(max_length=10, choices=Condition), default=list, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    openings = models.PositiveSmallIntegerField(_("openings"), default=1)
    seats_taken = models.PositiveSmallIntegerField(default=0, editable=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    refreshed_at = models.DateTimeField(null=True, blank=True, help_text="When the employer last said that it still holds.")
    sent_back_because = models.CharField(max_length=500, blank=True, help_text="What the reviewer asks to mend.")
    what_ifs_on = models.DateField(null=True, blank=True, editable=False, help_text="The day of `what_ifs`.")
    what_ifs = models.PositiveSmallIntegerField(default=0, editable=False, help_text="How often the employer asked that day.")
    what_if_answers = models.JSONField(default=dict, editable=False, help_text="That day's answers, as matching/what_if.py keeps them.")
    stopped_because = models.CharField(
        max_length=9, choices=Peril, blank=True, editable=False, help_text="Empty: Safar has not stopped it."
    )
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VacancyQuerySet.as_manager()

    class Meta(WageTerms.Meta):
        ordering = ["-published_at", "-pk"]
        verbose_name_plural = "vacancies"
        indexes = [models.Index(fields=["-published_at", "-id"], condition=Q(status="published"), name="vacancy_newest")]
        constraints = [
            *WageTerms.Meta.constraints,
            models.CheckConstraint(condition=Q(openings__range=(1, 1000)), name="vacancy_openings_are_1_to_1000"),
            models.CheckConstraint(condition=Q(seats_taken__lte=F("openings")), name="vacancy_seats_within_openings"),
            models.CheckConstraint(
                condition=~Q(status="published")
                | Q(wage_amount__isnull=False, starts_on__isnull=False, published_at__isnull=False) & ~Q(wage_currency="") & ~Q(address=""),
                name="vacancy_published_is_whole",
            ),
            models.CheckConstraint(condition=Q(hours_a_week=None) | Q(hours_a_week__range=(1, 84)), name="vacancy_hours_are_a_week"),
            models.CheckConstraint(
                condition=Q(stopped_because="", stopped_at=None)
                | ~Q(stopped_because="") & Q(stopped_at__isnull=False) & Q(status="closed"),
                name="vacancy_stopped_is_closed",
            ),
            models.CheckConstraint(
                condition=~Q(wage_period="shift") | Q(shifts_a_month__range=(1, 31)) | Q(wage_amount=None),
                name="vacancy_shifts_are_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.occupation)

    @property
    def seats_left(self) -> int:
        return self.openings - self.seats_taken

    @property
    def ends_at(self) -> datetime | None:
        """When it is closed, unless its employer says before that it still holds."""
        since = self.refreshed_at or self.published_at
        return since + self.FRESH if since and self.status in (self.Status.PUBLISHED, self.Status.PAUSED) else None


class VacancyEvent(models.Model):
    """One move in the life of a vacancy, with the real actor (empty: Safar itself)."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="events")
    before = models.CharField(max_length=9, choices=Vacancy.Status)
    after = models.CharField(max_length=9, choices=Vacancy.Status)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class VacancySkill(models.Model):
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    importance = models.CharField(max_length=9, choices=Importance)
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    critical = models.BooleanField(default=False)

    class Meta:
        ordering = ["vacancy", "importance", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "skill"], name="skill_once_a_vacancy"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__range=(1, 4)), name="vacancy_skill_level_is_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy_id}: {self.skill_id}"


class VacancyLanguage(models.Model):
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=2, choices=WorkLanguage)
    minimum = models.PositiveSmallIntegerField(choices=Cefr)
    target = models.PositiveSmallIntegerField(choices=Cefr)

    class Meta:
        ordering = ["vacancy", "language"]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "language"], name="language_once_a_vacancy"),
            models.CheckConstraint(
                condition=Q(minimum__lte=F("target"), target__range=(1, 6)), name="vacancy_language_target_not_below_minimum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.minimum}–{self.target}"


class VacancyPaper(models.Model):
    """What the law of a citizenship's route asks to be on file for this vacancy: a number and its day."""

    class Kind(models.TextChoices):
        KZ_PERMIT = "kz_permit", _("Kazakhstan: number of the permit or quota")
        KZ_ENBEK = "kz_enbek", _("Kazakhstan: posting on enbek.kz")
        UZ_PLATFORM = "uz_platform", _("Uzbekistan: number on the state platform")

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.CharField(_("number"), max_length=60)
    dated = models.DateField(_("date"))

    class Meta:
        ordering = ["vacancy", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "kind"], name="vacancy_paper_once"),
            models.CheckConstraint(condition=~Q(number=""), name="vacancy_paper_has_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy_id}: {self.kind}"
