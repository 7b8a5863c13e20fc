"""A small labour market for tests of scoring: one bricklayer's trade, as many candidates and vacancies as asked for, signed law."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from matching.demo.pipeline import load_demo_facts
from matching.models import (
    AgencyLicence,
    Candidate,
    CandidateSkill,
    Care,
    DangerArea,
    EmployerFile,
    LegalRoute,
    LicenceRecognition,
    Occupation,
    OccupationSkill,
    Skill,
    SkillGroup,
    Vacancy,
    VacancyPaper,
    VacancySkill,
)
from matching.models.taxonomy import Importance
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.money.demo import load_demo_rates
from portal.organisations.models import Organisation
from portal.organisations.seed import seed_cast

SKILLS = 4


class Market:
    """Everything is seeded as of `now`; candidates differ in how many of the skills they hold, so that lists have an order."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or timezone.now()
        self.today = self.now.date()
        if not Organisation.objects.filter(name="StroyKazan").exists():  # `cast_rows` has seeded them
            seed_cast(self.now)
        load_demo_rates(self.today)
        load_demo_facts(self.now)
        for model in (LegalRoute, LicenceRecognition, DangerArea):
            model.objects.update(signed_as="demo", signed_at=self.now)
        self.employer = Organisation.objects.get(name="StroyKazan")
        self.agency = Organisation.objects.get(name="Dushanbe Labour Agency")
        AgencyLicence.objects.create(agency=self.agency, destination="RU", number="1", issuer="Ministry", is_public_service=True)
        EmployerFile.objects.create(employer=self.employer, activities=["41.20"])
        self.occupation = Occupation.objects.create(slug="market-mason", isco="7112", name="Mason")
        group = SkillGroup.objects.create(slug="market-walls", name="Walls")
        self.skills = [Skill.objects.create(slug=f"market-skill-{number}", name=f"Skill {number}", group=group) for number in range(SKILLS)]
        for position, skill in enumerate(self.skills, 1):
            OccupationSkill.objects.create(occupation=self.occupation, skill=skill, importance=Importance.ESSENTIAL, position=position)

    def vacancy(self, **values) -> Vacancy:
        defaults = {
            "employer": self.employer,
            "occupation": self.occupation,
            "region_id": "RU-TA",
            "address": "Kazan, Bauman street",
            "wage_amount": Decimal(90_000),
            "wage_currency": "RUB",
            "starts_on": self.today + timedelta(days=40),
            "openings": 3,
            "status": Vacancy.Status.PUBLISHED,
            "published_at": self.now,
            "created_at": self.now,
            "created_by": User.objects.get(email=PEOPLE["ildar"].email),
        }
        vacancy = Vacancy.objects.create(**defaults | values)
        for skill in self.skills:
            VacancySkill.objects.create(vacancy=vacancy, skill=skill, importance=Importance.ESSENTIAL)
        VacancyPaper.objects.create(vacancy=vacancy, kind=VacancyPaper.Kind.UZ_PLATFORM, number="1", dated=self.today)
        return vacancy

    def candidate(self, skills: int = SKILLS, **values) -> Candidate:
        defaults = {"citizenship": "TJ", "born_in": date(1990, 5, 1), "registered_at": self.now - timedelta(days=5), "has_worked": False}
        candidate = Candidate.objects.create(**defaults | values)
        candidate.wanted_occupations.add(self.occupation)
        for skill in self.skills[:skills]:
            CandidateSkill.objects.create(candidate=candidate, skill=skill, level=2)
        Care.objects.create(candidate=candidate, agency=self.agency, since=self.now, consent_version="1")
        return candidate
