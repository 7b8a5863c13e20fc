"""A made-up market (bench/synthetic.py) as rows of the real tables, by COPY: people with all they tell, vacancies with all they ask.

Needs the starter content and Django set up. Days are moved so that the market's day is today; the market's occupations and skills come
after ours. Permits that people hold are left out: no table has them yet.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from decimal import Decimal
from io import StringIO
from typing import Any

from django.db import connection, connections, models, transaction
from django.utils import timezone
from psycopg2.extras import Json

from bench.synthetic import market
from matching.models import (
    Candidate,
    CandidateCertificate,
    CandidateLanguage,
    CandidateLicence,
    CandidateSkill,
    Care,
    DangerArea,
    EmployerFile,
    Job,
    Ladder,
    LegalRoute,
    LicenceRecognition,
    Occupation,
    OccupationSkill,
    Skill,
    SkillGroup,
    Vacancy,
    VacancyLanguage,
    VacancySkill,
)
from matching.models.taxonomy import Importance
from matching.scoring import Taxonomy
from matching.scoring.columns import CandidateColumns
from matching.scoring.tables import Vacancy as VacancyRow
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.fields import UidField
from portal.money.demo import load_demo_rates
from portal.organisations.models import Organisation
from portal.organisations.seed import seed_cast
from portal.places.models import Country, Region
from tests import servers

AFTER_OURS = 1_000_000  # added to the market's numbers of occupations, skills and groups
EARLIER = timedelta(days=30)


@transaction.atomic
def fill(people: int, vacancies: int, seed: int = 1) -> None:
    """Into a database that has no candidates yet."""
    columns, openings, weights, _routes, day = market(people, vacancies, seed)
    filling = Filling(timezone.now(), day)
    filling.taxonomy(weights.taxonomy)
    filling.people(columns)
    filling.vacancies(openings.rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class Filling:
    def __init__(self, now: datetime, day: date) -> None:
        self.now, self.moved = now, now.date() - day
        seed_cast(now)
        load_demo_rates(now.date())
        for model in (LegalRoute, LicenceRecognition, DangerArea):
            model.objects.update(signed_as="demo", signed_at=now)
        self.operator = User.objects.get(email=PEOPLE["timur"].email)

    def taxonomy(self, taxonomy: Taxonomy) -> None:
        groups = sorted(set(taxonomy.group.values()))
        copy(SkillGroup(pk=AFTER_OURS + of, slug=f"bench-group-{of}", name=f"Group {of}") for of in groups)
        copy(
            Skill(pk=AFTER_OURS + skill, slug=f"bench-skill-{skill}", name=f"Skill {skill}", group_id=AFTER_OURS + of)
            for skill, of in taxonomy.group.items()
        )
        copy(Occupation(pk=AFTER_OURS + job, slug=f"bench-job-{job}", name=f"Job {job}", isco=isco) for job, isco in taxonomy.isco.items())
        copy(
            OccupationSkill(occupation_id=AFTER_OURS + job, skill_id=AFTER_OURS + skill, importance=Importance.ESSENTIAL, position=position)
            for job, skills in taxonomy.essential.items()
            for position, skill in enumerate(sorted(skills), 1)
        )
        copy(Ladder(higher_id=AFTER_OURS + higher, lower_id=AFTER_OURS + lower) for higher, lower in sorted(taxonomy.related))

    def people(self, told: CandidateColumns) -> None:
        rows = [told.row(i) for i in range(len(told))]
        agency = Organisation.objects.filter(kind=Organisation.Kind.AGENCY).order_by("pk")[0]
        copy(
            Candidate(
                pk=row.id,
                citizenship=row.citizenship,
                born_in=born_in(row.adult_on + self.moved),
                has_worked=None if row.work is None else bool(row.work),
                wanted_countries=[code for code, wish in row.wishes.items() if wish == 2],
                accepted_countries=[code for code, wish in row.wishes.items() if wish == 1],
                excluded_countries=[code for code, wish in row.wishes.items() if wish == 0],
                wanted_regions=[code for code, wish in row.regions.items() if wish == 2],
                excluded_regions=[code for code, wish in row.regions.items() if wish == 0],
                conditions=sorted(row.conditions),
                wage_floor=dollars(row.wage_floor),
                wage_wish=dollars(row.wage_wish),
                wage_currency="USD",
                available_on=row.available_on + self.moved,
                registered_at=datetime.combine(row.registered_on + self.moved, time_of_day(12), self.now.tzinfo),
                last_proposed_on=row.last_proposed_on and row.last_proposed_on + self.moved,
            )
            for row in rows
        )
        copy(Care(candidate_id=row.id, agency=agency, since=self.now, consent_version="1") for row in rows if row.free)
        owner = {
            name: told.id[told.owners(name)].tolist() for name in ("skills", "work", "wanted", "languages", "licences", "certificates")
        }
        moved, words = self.moved.days, told.words
        copy_rows(
            CandidateSkill._meta.db_table,
            ("candidate_id", "skill_id", "level", "is_verified"),
            zip(owner["skills"], (told.skill + AFTER_OURS).tolist(), told.skill_level.tolist(), told.skill_verified.tolist(), strict=True),
        )
        ended = [date.fromordinal(day + moved) if day else None for day in told.work_ended_on.tolist()]
        copy_rows(
            Job._meta.db_table,
            ("candidate_id", "occupation_id", "months", "ended_on"),
            zip(owner["work"], (told.work_occupation + AFTER_OURS).tolist(), told.work_months.tolist(), ended, strict=True),
        )
        wanted = set(zip(owner["wanted"], (told.wanted_occupation + AFTER_OURS).tolist(), strict=True))
        copy_rows(Candidate.wanted_occupations.through._meta.db_table, ("candidate_id", "occupation_id"), sorted(wanted))
        copy_rows(
            CandidateLanguage._meta.db_table,
            ("candidate_id", "language", "level"),
            zip(owner["languages"], (words[code] for code in told.language), told.language_level.tolist(), strict=True),
        )
        licences = zip(told.licence_category, told.licence_issued_in, strict=True)
        copy_rows(
            CandidateLicence._meta.db_table,
            ("candidate_id", "category", "issued_in"),
            sorted({(pk, words[category], words[of]) for pk, (category, of) in zip(owner["licences"], licences, strict=True)}),
        )
        until = [date.fromordinal(day + moved) for day in told.certificate_until.tolist()]
        copy_rows(
            CandidateCertificate._meta.db_table,
            ("candidate_id", "code", "valid_until"),
            zip(owner["certificates"], (words[code] for code in told.certificate), until, strict=True),
        )

    def vacancies(self, rows: Sequence[VacancyRow]) -> None:
        for code in sorted({row.region for row in rows}):
            country = Country.objects.get(code=code[:2])
            Region.objects.get_or_create(code=code, defaults={"country": country, "name": code, "zone": country.zone})
        employers = {file: self.employer(number, *file) for number, file in enumerate(sorted({of(row) for row in rows}))}
        copy(
            Vacancy(
                pk=row.id,
                employer_id=employers[of(row)],
                occupation_id=AFTER_OURS + row.occupation,
                region_id=row.region,
                address="1",
                title=f"Vacancy {row.id}",
                wage_amount=dollars(row.wage),
                wage_currency="USD",
                entry=row.entry,
                experience_months=row.experience_months,
                licences=list(row.licences),
                certificates=list(row.certificates),
                conditions=sorted(row.conditions),
                starts_on=row.starts_on + self.moved,
                openings=row.seats_left,
                status=Vacancy.Status.PUBLISHED,
                created_by=self.operator,
                created_at=self.now - EARLIER,
                published_at=self.now - EARLIER,
            )
            for row in rows
        )
        listed = ((Importance.ESSENTIAL, "essential"), (Importance.OPTIONAL, "optional"))
        asked = {
            (row.id, AFTER_OURS + asked.skill): (importance, asked.level, asked.critical)
            for importance, name in reversed(listed)  # a skill stands once a vacancy: essential, where it is both
            for row in rows
            for asked in getattr(row, name)
        }
        columns = ("vacancy_id", "skill_id", "importance", "level", "critical")
        copy_rows(VacancySkill._meta.db_table, columns, sorted((*key, *values) for key, values in asked.items()))
        copy(
            VacancyLanguage(vacancy_id=row.id, language=code, minimum=minimum, target=target)
            for row in rows
            for code, (minimum, target) in row.languages.items()
        )

    def employer(self, number: int, activities: tuple[str, ...], on_file: tuple[str, ...], is_vetted: bool) -> int:
        """One that has these on file, vetted or not."""
        vetted = {"vetted_at": self.now - EARLIER, "vetted_by": self.operator} if is_vetted else {}
        employer = Organisation.objects.create(kind=Organisation.Kind.EMPLOYER, name=f"Employer {number}", country_id="RU", **vetted)
        EmployerFile.objects.create(employer=employer, activities=list(activities), on_file=list(on_file))
        return employer.pk


def of(row: VacancyRow) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """What tells employers apart; whatever blocks a vacancy, here it is an employer nobody has vetted."""
    return row.activities, row.on_file, row.blocked is None


def born_in(adult_on: date) -> date:
    """A month of birth from which somebody is an adult on that day, or a little before."""
    month = adult_on.year * 12 + adult_on.month - 2
    return date(month // 12 - 18, month % 12 + 1, 1)


def dollars(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100


def copy(instances: Iterable[models.Model]) -> None:
    """Instances of one model, with what Django puts where nothing was said; the database makes their uids."""
    rows = list(instances)
    if not rows:
        return
    fields = [
        field
        for field in rows[0]._meta.concrete_fields
        if not isinstance(field, UidField) and not (field.primary_key and rows[0].pk is None)
    ]
    values = ([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows)
    copy_rows(rows[0]._meta.db_table, [field.column for field in fields], values)


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    lines = StringIO("".join("\t".join(map(as_text, row)) + "\n" for row in rows))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", lines)


def as_text(value: Any) -> str:
    """As COPY reads it. None of the market's texts has a tab, a brace or a backslash."""
    if value is None:
        return r"\N"
    if isinstance(value, Json):
        return json.dumps(value.adapted, ensure_ascii=False)
    return f"{{{','.join(map(str, value))}}}" if isinstance(value, list) else str(value)


@contextmanager
def filled_database(people: int, vacancies: int) -> Iterator[None]:
    """A database of one's own with such a market."""
    with own_database():
        fill(people, vacancies)
        yield


@contextmanager
def own_database() -> Iterator[None]:
    """With the starter content: Django speaks to it, and so does whatever process is started meanwhile."""
    before = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
    with servers.own_database() as name:
        connections.close_all()
        connection.settings_dict["NAME"], os.environ["DATABASE_URL"] = name, servers.database_url(name)
        try:
            yield
        finally:
            connections.close_all()
            connection.settings_dict["NAME"], os.environ["DATABASE_URL"] = before
