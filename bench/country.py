"""A country at work, for measuring pages: people with whole profiles, twenty agencies of which one has a third of them, four hundred
employers, vacancies with their words, lists by the real engine, and matches in every state (bench/country_past.py).

People and vacancies are the demo's (matching/demo/), written by COPY. Needs the starter content and Django set up for the demo.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from bench.country_past import live_through
from bench.fill import copy
from matching.care import CONSENT_VERSION
from matching.demo import vacancies as demo_vacancies
from matching.demo.agencies import AGENCIES
from matching.demo.candidates import made_up
from matching.demo.employers import EMPLOYERS, Employer
from matching.demo.market import Market
from matching.demo.pipeline import load_demo_files
from matching.demo.seed import chance_of
from matching.demo.write import Draft
from matching.lease import claim
from matching.models import (
    AgencyLicence,
    Candidate,
    CandidateCertificate,
    CandidateLanguage,
    CandidateLicence,
    CandidateSkill,
    Care,
    Job,
    ScoringMark,
    Vacancy,
    VacancyEvent,
    VacancyLanguage,
    VacancySkill,
)
from matching.score import score_block, start_full_run
from matching.search.texts import keep_missing_texts
from matching.warm import Warm
from portal.accounts.cast import ORGANISATIONS
from portal.accounts.consent import VERSIONS
from portal.accounts.models import Consent, User
from portal.organisations.models import Membership, Organisation
from portal.places.corridors import DESTINATIONS
from portal.places.models import Region
from tests import servers

AGENCIES_IN_ALL, EMPLOYERS_IN_ALL = 20, 400
A_THIRD = sum(1 / place for place in range(2, AGENCIES_IN_ALL + 1)) / 2  # as much as half of what all the others weigh
AT_ONCE = 5_000
Status = Vacancy.Status
STATUSES = {Status.PUBLISHED: 92, Status.PAUSED: 3, Status.REVIEW: 2, Status.DRAFT: 3}


@dataclass(frozen=True)
class Country:
    """`acted` are the matches that people have acted on; with the lists' own there are about fifty for each vacancy."""

    people: int
    vacancies: int
    acted: int


@contextmanager
def country(size: Country) -> Iterator[None]:
    """A database with such a country: Django speaks to it, and so does whatever process is started meanwhile. Filled by the first who asks."""
    name = f"country_{servers.WORKER}_{size.people}"
    before = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        is_new = cursor.fetchone() is None
    if is_new:
        servers.run_sql(f"CREATE DATABASE {name} TEMPLATE {servers.TEMPLATE} STRATEGY file_copy")
    connections.close_all()
    connection.settings_dict["NAME"], os.environ["DATABASE_URL"] = name, servers.database_url(name)
    try:
        if is_new:
            fill(size)
            call_command("collectstatic", interactive=False, verbosity=0)
        yield
    except BaseException:
        if is_new:
            connections.close_all()
            servers.run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        raise
    finally:
        connections.close_all()
        connection.settings_dict["NAME"], os.environ["DATABASE_URL"] = before


def fill(size: Country) -> None:
    """Into a database with the starter content and nobody yet."""
    now = timezone.now()
    call_command("load_demo", cast=True, verbosity=0)
    with transaction.atomic():
        agencies, market = all_agencies(now), Market()
        add_vacancies(size.vacancies, market, now)
        for first in range(0, size.people, AT_ONCE):
            numbers = range(1_000_000 + first, 1_000_000 + min(first + AT_ONCE, size.people))  # nobody of the demo's own
            write_people([made_up(number, market, now) for number in numbers], agencies, now)
    tidy()
    run_through()
    live_through(size.acted, now)
    run_through()
    tidy()


def tidy() -> None:
    """What autovacuum does in time: what comes next asks much."""
    ScoringMark.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def run_through() -> None:
    """A full run by this process, as a worker does it."""
    run, warm = start_full_run(timezone.now()), Warm()
    while (block := claim(timezone.now())) is not None:
        score_block(block, timezone.now, warm)
    run.refresh_from_db()
    assert run.finished_at is not None and not run.counts.get("errors"), run.counts


# Organisations


def all_agencies(now: datetime) -> list[Organisation]:
    """The demo's three first; the staff grows with the people."""
    found = list(Organisation.objects.filter(name__in=[name for name, *_ in AGENCIES.values()]))
    found.sort(key=lambda agency: (agency.name != ORGANISATIONS["dushanbe"].name, agency.pk))
    operator = found[0].vetted_by
    for number in range(len(found), AGENCIES_IN_ALL):
        country = ("TJ", "UZ", "KG")[number % 3]
        found.append(
            Organisation.objects.create(
                kind=Organisation.Kind.AGENCY, name=f"Agency {number + 1}", country_id=country, vetted_at=now, vetted_by=operator
            )
        )
        AgencyLicence.objects.bulk_create(
            AgencyLicence(
                agency=found[-1], destination=destination, number=f"BENCH-{number}", issuer="Ministry", is_public_service=number < 6
            )
            for destination in DESTINATIONS
        )
    for place, agency in enumerate(found):
        add_members(agency, 40 if place == 0 else 6)
    return found


def add_members(organisation: Organisation, number: int) -> None:
    addresses = [f"member{place}@organisation{organisation.pk}.example.org" for place in range(number)]
    users = User.objects.bulk_create(User(email=address, language="ru") for address in addresses)
    Membership.objects.bulk_create(Membership(user=user, organisation=organisation) for user in users)


def share_of(place: int) -> float:
    """How much of all an agency or an employer has, by its place: the first one of the agencies a third."""
    return A_THIRD if place == 0 else 1 / (place + 1)


# Vacancies


def add_vacancies(number: int, market: Market, now: datetime) -> None:
    """Most of the demo's employers', and of ten branches of each."""
    currencies = dict(Region.objects.values_list("code", "country__currency"))
    operator = Organisation.objects.filter(name=ORGANISATIONS["dushanbe"].name).get().vetted_by
    assert operator is not None
    employers = [branch_of(place, now, operator) for place in range(min(EMPLOYERS_IN_ALL, number))]
    dice = chance_of("country-vacancies")
    places = dice.choices(range(len(employers)), [1 / (place + 4) for place in range(len(employers))], k=number)
    statuses = dice.choices(list(STATUSES), list(STATUSES.values()), k=number)
    drafts = []
    for at, (place, status) in enumerate(zip(places, statuses, strict=True)):
        employer, row, member = employers[place]
        draft = demo_vacancies.made_up(1_000_000 + at, employer, market, currencies, now)
        draft.vacancy.employer, draft.vacancy.created_by, draft.vacancy.status = row, member, status
        draft.vacancy.description = DESCRIPTIONS[at % len(DESCRIPTIONS)]
        if status == Status.DRAFT:
            draft.vacancy.published_at = None
        drafts.append(draft)
    Vacancy.objects.bulk_create((draft.vacancy for draft in drafts), batch_size=1000)
    copy(
        VacancySkill(vacancy=draft.vacancy, skill_id=row.skill_id, importance=row.importance, level=row.level, critical=row.critical)
        for draft in drafts
        for row in draft.skills
    )
    copy(
        VacancyLanguage(vacancy=draft.vacancy, language=row.language, minimum=row.minimum, target=row.target)
        for draft in drafts
        for row in draft.languages
    )
    steps = ((Status.DRAFT, Status.REVIEW), (Status.REVIEW, Status.PUBLISHED))
    copy(
        VacancyEvent(vacancy=draft.vacancy, before=before, after=after, actor=draft.vacancy.created_by, at=draft.vacancy.published_at)
        for draft in drafts
        if draft.vacancy.published_at
        for before, after in steps
    )
    keep_missing_texts()
    load_demo_files()


DESCRIPTIONS = (
    "Смена восемь часов, выходной воскресенье. Инструмент и одежду даём, обед на месте. Живём по четыре человека в комнате, до работы возит автобус. "
    "Первую неделю рядом стоит наставник.",
    "Работаем бригадой из шести человек. Жильё в километре от работы, душ и кухня есть. Платим два раза в месяц на карту.",
    "Цех тёплый, работа сидя и стоя. Учим две недели за наш счёт. Дорогу туда и обратно оплачиваем, если вы остались до конца договора.",
)


def branch_of(place: int, now: datetime, operator: User) -> tuple[Employer, Organisation, User]:
    of = EMPLOYERS[place % len(EMPLOYERS)]
    if place < len(EMPLOYERS):
        return of, *demo_vacancies.load_employer(of, now)
    row = Organisation.objects.create(
        kind=Organisation.Kind.EMPLOYER,
        name=f"{of.name} {place // len(EMPLOYERS) + 1}",
        country_id=of.country,
        vetted_at=now - timedelta(days=100),
        vetted_by=operator,
    )
    member = User.objects.create_user(email=f"hiring@employer{place}.example.org", language="ru")
    Membership.objects.create(user=member, organisation=row, role=Membership.Role.MANAGER)
    return of, row, member


# People


def write_people(drafts: Sequence[Draft], agencies: Sequence[Organisation], now: datetime) -> None:
    """What matching/demo/write.py writes, by COPY. Everybody in care chooses one of all the agencies."""
    accounts = [draft.account for draft in drafts if draft.account is not None]
    number_from(User, accounts)
    number_from(Candidate, [draft.candidate for draft in drafts])
    copy(accounts)
    purpose = Consent.Purpose.ACCOUNT
    copy(Consent(user=user, purpose=purpose, version=VERSIONS[purpose], given_at=user.created_at) for user in accounts)
    for draft in drafts:
        draft.candidate.user = draft.account
    copy(draft.candidate for draft in drafts)
    chance = Random(drafts[0].candidate.pk)
    weights = [share_of(place) for place in range(len(agencies))]
    cared_for = [draft.candidate for draft in drafts if draft.in_care]
    chosen = chance.choices(agencies, weights, k=len(cared_for))
    copy(
        Care(candidate=candidate, agency=agency, since=candidate.registered_at, consent_version=CONSENT_VERSION)
        for candidate, agency in zip(cared_for, chosen, strict=True)
    )
    occupations = Market().occupations
    links = Candidate.wanted_occupations.through
    copy(links(candidate_id=draft.candidate.pk, occupation_id=occupations[slug].pk) for draft in drafts for slug in draft.wanted)
    copy(
        CandidateSkill(candidate=draft.candidate, skill_id=skill, level=level) for draft in drafts for skill, level in draft.skills.items()
    )
    copy(
        Job(candidate=draft.candidate, occupation_id=occupations[slug].pk, months=months, ended_on=ended)
        for draft in drafts
        for slug, months, ended in draft.jobs
    )
    copy(
        CandidateLanguage(candidate=draft.candidate, language=code, level=level)
        for draft in drafts
        for code, level in draft.languages.items()
    )
    copy(CandidateLicence(candidate=draft.candidate, category=code, issued_in=of) for draft in drafts for code, of in draft.licences)
    copy(
        CandidateCertificate(candidate=draft.candidate, code=code, valid_until=day) for draft in drafts for code, day in draft.certificates
    )


def number_from(model: type[User] | type[Candidate], rows: Sequence[User | Candidate]) -> None:
    """Keys from the database's own sequence, in one go, so that rows can point to rows that are not written yet."""
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, len(rows)])
        for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = pk
