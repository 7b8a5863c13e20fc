"""Candidates: a person's matching profile. Empty and "not answered" are different things, and both are kept apart from "none"."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matching.models.taxonomy import Occupation, Skill
from matching.models.vacancies import Cefr, Certificate, Condition, Level, Licence, WorkLanguage
from portal.accounts.models import User
from portal.fields import Revisioned, UidField
from portal.money.amounts import Currency
from portal.organisations.models import Organisation, Person
from portal.places.models import Region


class Citizenship(models.TextChoices):
    """ISO 3166-1 alpha-2: whom this deployment may register."""

    TJ = "TJ", _("Tajikistan")
    KG = "KG", _("Kyrgyzstan")
    UZ = "UZ", _("Uzbekistan")


# The code that ISO 3166-1 leaves to users: a country that is none of the corridors'.
ELSEWHERE = "ZZ"


def adult_on(born_in: date) -> date:
    """The day is not asked, so nobody is an adult before the month after their eighteenth birthday's."""
    return date(born_in.year + 18 + born_in.month // 12, born_in.month % 12 + 1, 1)


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: Person) -> Self:
        """A person's own profile, and to agency staff the candidates in their agency's open care."""
        if not user.is_authenticated:
            return self.none()
        agencies = Organisation.objects.of_member(user, Organisation.Kind.AGENCY)
        cared_for = Care.objects.filter(agency__in=agencies, until=None).values("candidate")
        return self.filter(Q(user=user) | Q(pk__in=cared_for))

    def looking(self) -> Self:
        """Who may be proposed: consented to an agency's care, not paused, and at home or abroad with papers that allow to stay."""
        is_home = Q(located_in="") | Q(located_in=F("citizenship"))
        return self.filter(is_home | Q(has_papers=True), is_paused=False, pk__in=Care.objects.filter(until=None).values("candidate"))


class Candidate(Revisioned):
    uid = UidField()
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, blank=True, related_name="candidate")
    given_name = models.CharField(_("given name"), max_length=60, blank=True)
    family_name = models.CharField(_("family name"), max_length=60, blank=True)
    phone = models.CharField(max_length=16, blank=True, help_text="E.164, of a walk-in; whoever has an account is called by its phone.")
    citizenship = models.CharField(_("citizenship"), max_length=2, choices=Citizenship)
    born_in = models.DateField(_("month of birth"), help_text="The first day of the month.")
    home_region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    located_in = models.CharField(_("where you are now"), max_length=2, blank=True, help_text="ISO 3166-1; empty: not answered.")
    has_papers = models.BooleanField(null=True, blank=True, help_text="Abroad: papers that allow to stay. Empty: not answered.")
    has_worked = models.BooleanField(null=True, blank=True, help_text="Empty: not answered; no: no work yet.")
    wanted_occupations = models.ManyToManyField(Occupation, related_name="+", blank=True)
    wanted_countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    accepted_countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    excluded_countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    wanted_regions = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    excluded_regions = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    conditions = ArrayField(models.CharField(max_length=10, choices=Condition), default=list, blank=True)
    wage_floor = models.DecimalField(_("least wage, in hand, a month"), max_digits=18, decimal_places=2, null=True, blank=True)
    wage_wish = models.DecimalField(_("wished wage, in hand, a month"), max_digits=18, decimal_places=2, null=True, blank=True)
    wage_currency = models.CharField(max_length=3, choices=Currency, default=Currency.RUB)
    available_on = models.DateField(_("free from"), null=True, blank=True)
    registered_at = models.DateTimeField()
    last_proposed_on = models.DateField(null=True, blank=True, editable=False)
    waits = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Full runs in a row in which shortlists could have had this person and did not."
    )
    is_paused = models.BooleanField(default=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(born_in__day=1), name="candidate_birth_is_a_month"),
            models.CheckConstraint(condition=Q(wage_floor__gt=0), name="candidate_wage_floor_is_positive"),
            models.CheckConstraint(condition=Q(wage_wish__gt=0), name="candidate_wage_wish_is_positive"),
            models.CheckConstraint(
                condition=Q(wage_floor=None) | Q(wage_wish=None) | Q(wage_wish__gte=F("wage_floor")), name="candidate_wish_not_below_floor"
            ),
            models.CheckConstraint(condition=Q(citizenship__in=Citizenship.values), name="candidate_citizenship_is_registered"),
        ]
        indexes = [models.Index(fields=["phone"], condition=~Q(phone=""), name="candidate_phone")]

    @property
    def adult_on(self) -> date:
        return adult_on(self.born_in)

    @property
    def is_abroad(self) -> bool:
        return self.located_in not in ("", self.citizenship)

    @property
    def lacks_papers(self) -> bool:
        """Abroad without papers that allow to stay: gets advice and help, never a match."""
        return self.is_abroad and not self.has_papers

    def __str__(self) -> str:
        """A pseudonym, as in logs and titles."""
        return f"candidate {str(self.uid)[-8:]}"


class CandidateLanguage(models.Model):
    """No row: not answered."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="languages")
    language = models.CharField(max_length=2, choices=WorkLanguage)
    level = models.PositiveSmallIntegerField(choices=Cefr)

    class Meta:
        ordering = ["candidate", "language"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "language"], name="language_once_a_candidate"),
            models.CheckConstraint(condition=Q(level__range=(0, 6)), name="candidate_language_level_is_cefr"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class CandidateLicence(models.Model):
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="licences")
    category = models.CharField(max_length=2, choices=Licence)
    issued_in = models.CharField(max_length=2, help_text="ISO 3166-1")

    class Meta:
        ordering = ["candidate", "category"]
        constraints = [models.UniqueConstraint(fields=["candidate", "category", "issued_in"], name="licence_once_a_candidate")]

    def __str__(self) -> str:
        return f"{self.category} {self.issued_in}"


class CandidateCertificate(models.Model):
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="certificates")
    code = models.CharField(max_length=20, choices=Certificate)
    valid_until = models.DateField()

    class Meta:
        ordering = ["candidate", "code"]
        constraints = [models.UniqueConstraint(fields=["candidate", "code"], name="certificate_once_a_candidate")]

    def __str__(self) -> str:
        return self.code


class CandidatePaper(models.Model):
    """A paper of the country where somebody is abroad; codes are those of stay_papers.py."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="papers")
    code = models.CharField(max_length=20)
    region = models.CharField(max_length=6, default="*", help_text="ISO 3166-2 where it holds; * is everywhere in the country.")
    valid_until = models.DateField(null=True, blank=True, help_text="Empty: it has no last day, or none was asked.")

    class Meta:
        ordering = ["candidate", "code"]
        constraints = [models.UniqueConstraint(fields=["candidate", "code"], name="paper_once_a_candidate")]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.code}"


class CandidateSkill(models.Model):
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)
    is_verified = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["candidate", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "skill"], name="skill_once_a_candidate"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="candidate_skill_level_is_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.skill_id}"


class Job(models.Model):
    """A job held, paid or not: unpaid work and work at home count."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="jobs")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    ended_on = models.DateField(null=True, blank=True, help_text="Empty: still there.")

    class Meta:
        ordering = ["candidate", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(months__range=(1, 720)), name="job_months_are_1_to_720")]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.occupation_id}"


class StatisticsAnswers(models.Model):
    """Optional, with a consent of its own, read only for counts: no engine, agency or employer ever sees a row."""

    class Sex(models.TextChoices):
        WOMAN = "woman", _("woman")
        MAN = "man", _("man")

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="statistics")
    sex = models.CharField(max_length=5, choices=Sex, blank=True)
    has_disability = models.BooleanField(null=True, blank=True)
    children = models.PositiveSmallIntegerField(null=True, blank=True)
    last_pay = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    last_pay_currency = models.CharField(max_length=3, choices=Currency, blank=True)
    consent_version = models.CharField(max_length=20)
    consented_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(children=None) | Q(children__lte=20), name="statistics_children_are_few")]

    def __str__(self) -> str:
        return f"answers of {self.candidate_id}"


class CareQuerySet(models.QuerySet["Care"]):
    def open(self) -> Self:
        return self.filter(until=None)


class Care(models.Model):
    """Which agency looks after a candidate, from when, and that the candidate agreed. At most one at a time."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="care")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    consent_version = models.CharField(max_length=20)

    objects = CareQuerySet.as_manager()

    class Meta:
        ordering = ["candidate", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["candidate"], condition=Q(until=None), name="one_open_care_a_candidate"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="care_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} in care of {self.agency_id}"


class AccessLog(models.Model):
    """Who opened a candidate's personal fields, and when."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="access_log")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.candidate_id} by {self.user_id}"


class AgencyLicence(models.Model):
    """The destination that an agency is licensed for, by whom and until when; a public service is shown first."""

    agency = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="licences")
    destination = models.CharField(max_length=2)
    number = models.CharField(max_length=60)
    issuer = models.CharField(max_length=120)
    valid_to = models.DateField(null=True, blank=True)
    is_public_service = models.BooleanField(default=False)

    class Meta:
        ordering = ["agency", "destination"]
        constraints = [models.UniqueConstraint(fields=["agency", "destination"], name="licence_once_an_agency_and_destination")]

    def __str__(self) -> str:
        return f"{self.agency_id} → {self.destination}"
