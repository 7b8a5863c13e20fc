"""The demo as the real loader makes it, in a smaller size: who the people are, and that all of it could have happened."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from matching.demo.agencies import SMALL
from matching.demo.learning import learners
from matching.demo.names import NAMES, of_a_woman
from matching.demo.pipeline import FACTS
from matching.demo.seed import Sizes
from matching.demo.trades import TRADES
from matching.demo.vacancies import UNFINISHED
from matching.models import (
    Candidate,
    Care,
    EmployerFile,
    Job,
    LegalRoute,
    Match,
    MatchEvent,
    Occupation,
    Offer,
    ScoringMark,
    ScoringRun,
    State,
    StatisticsAnswers,
    Vacancy,
    VacancyReasons,
)
from matching.models.matches import SEAT_HOLDING
from matching.states import TABLE, Role
from matching.steps import rows_of
from matching.wages import wages_on
from orientation.demo import Stage
from orientation.models import Certificate, EditionPage, LearningEvent
from orientation.progress import CourseProgress, progress_of
from portal.accounts.cast import PEOPLE
from portal.accounts.models import Consent, User
from portal.organisations.demo import STAGES
from portal.organisations.models import Membership, Organisation
from tests import servers
from tests.matching.demo import SIZES, load


@pytest.fixture(scope="module", autouse=True)
def loaded(loaded_demo: str, django_db_blocker: Any) -> Iterator[None]:
    """A copy for all tests of this file. They only read, or load again."""
    with servers.own_database(loaded_demo) as name, servers.used(name, django_db_blocker):
        yield


def people() -> list[Candidate]:
    return list(Candidate.objects.select_related("user").prefetch_related("skills", "jobs", "wanted_occupations", "certificates"))


def test_how_many_there_are():
    assert Candidate.objects.count() == SIZES.people
    assert Vacancy.objects.count() == SIZES.vacancies + sum(map(len, UNFINISHED.values()))
    assert Organisation.objects.filter(kind="agency").count() == 4
    assert Organisation.objects.filter(kind="employer").count() == SIZES.employers + len(STAGES)
    full = Sizes(2000)
    assert (full.vacancies, full.employers) == (200, 40) and full.matches >= 200


def test_every_occupation_has_its_part_in_the_full_size():
    assert {trade.slug for trade in TRADES} >= set(Occupation.objects.values_list("slug", flat=True))


def test_names_are_of_the_country_and_of_the_sex():
    letters = {"TJ": "ӣӯҷҳқғ", "KG": "ңөү", "UZ": "ʻʼ"}
    for country, names in NAMES.items():
        assert len(names.men) >= 40 and len(names.women) >= 40 and len(names.families) >= 40
        assert not set(names.men) & set(names.women)
        assert any(letter in letters[country] for name in (*names.men, *names.women, *names.families) for letter in name.lower())
        assert all(name.isascii() for name in names.men if not set(name) & set("ʻʼ")) is (country == "UZ")
    assert of_a_woman("Раҳимов") == "Раҳимова" and of_a_woman("Toshmatov") == "Toshmatova"
    assert of_a_woman("Асан уулу") == "Асан кызы" and of_a_woman("Каримзода") == "Каримзода"
    sexes = dict(StatisticsAnswers.objects.values_list("candidate", "sex"))
    seen = Counter()
    for person in people():
        names = NAMES[person.citizenship]
        if person.pk in sexes:
            is_woman = sexes[person.pk] == StatisticsAnswers.Sex.WOMAN
            assert person.given_name in (names.women if is_woman else names.men)
            assert person.family_name in ([of_a_woman(name) for name in names.families] if is_woman else names.families)
            seen[person.citizenship, is_woman] += 1
    assert len(seen) == 6 and min(seen.values()) >= 3


def test_ages_run_from_18_to_60_and_nobody_worked_as_a_child():
    today = timezone.now().date()
    ages = []
    for person in people():
        assert person.adult_on <= today
        ages.append((today - person.born_in).days // 365.25)
        for job in person.jobs.all():
            assert job.ended_on is None or job.ended_on <= today
            end = job.ended_on or today
            assert end.year * 12 + end.month - job.months >= (person.born_in.year + 16) * 12 + person.born_in.month
    assert 18 <= min(ages) <= 21 and 50 <= max(ages) <= 60


def test_seven_of_ten_skills_are_of_the_own_occupation():
    skills_of = {row.pk: {need.skill_id for need in row.needs.all()} for row in Occupation.objects.prefetch_related("needs")}
    for person in people():
        held = {row.skill_id for row in person.skills.all()}
        assert held and max(len(held & own) for own in skills_of.values()) / len(held) >= 0.7, person


def test_wages_are_round_above_the_minimum_and_follow_the_occupation():
    facts = {code: number for code, _title, number, _unit, _country in FACTS}
    assert facts["RU-MINIMUM-WAGE"] < 30_000
    wages = wages_on(timezone.now().date())
    for vacancy in Vacancy.objects.select_related("region__country"):
        assert vacancy.wage_currency == vacancy.region.country.currency
        assert vacancy.wage_amount % 100 == 0
        assert not wages.is_under_minimum(vacancy)
    assert {"RUB", "KZT"} == set(Vacancy.objects.values_list("wage_currency", flat=True))
    assert all(person.wage_wish is None or person.wage_wish >= person.wage_floor > Decimal(10_000) for person in people())


def test_accounts_are_nobodys():
    """example.org takes no mail and no number is dialled: only the cast has phones, whole rows of zeros."""
    cast = {person.phone for person in PEOPLE.values()} | {person.email for person in PEOPLE.values()}
    others = User.objects.exclude(phone__in=[one for one in cast if one]).exclude(email__in=[one for one in cast if one])
    assert others.count() > 40
    assert all(user.phone is None and user.email.endswith(".example.org") for user in others)
    accounts = User.objects.filter(candidate__isnull=False, phone=None)
    assert 0.2 < accounts.count() / SIZES.people < 0.5
    assert Consent.objects.filter(user__in=accounts).count() == accounts.count()
    assert {"tg", "ky", "uz", "ru"} == set(accounts.values_list("language", flat=True))


def test_agencies_are_licensed_staffed_and_look_after_their_own():
    for agency in Organisation.objects.filter(kind="agency"):
        assert agency.licences.count() == 2
        assert agency.memberships.count() >= (1 if agency.name == SMALL else 3)
    assert all(care.agency.country_id == care.candidate.citizenship for care in Care.objects.select_related("agency", "candidate"))
    assert Organisation.objects.filter(licences__is_public_service=True).distinct().count() == 1
    assert any(person.lacks_papers for person in people())


def test_three_of_the_cast_have_whole_profiles():
    for key in ("farrukh", "aigul", "dilnoza"):
        rows = rows_of(Candidate.objects.get(user__phone=PEOPLE[key].phone))
        assert [row.step.slug for row in rows if row.step.counts and not row.is_done] == [], key


def test_the_cast_has_something_to_do():
    states = {
        key: sorted(Match.objects.filter(candidate__user__phone=PEOPLE[key].phone, touched=True).values_list("state", flat=True))
        for key in ("farrukh", "aigul", "dilnoza")
    }
    assert states == {"farrukh": [], "aigul": [State.APPROVED, State.ENDED], "dilnoza": [State.OFFERED]}
    ildars = Match.objects.filter(vacancy__employer__name="StroyKazan", touched=True)
    assert {State.ACCEPTED, State.SELECTED} <= set(ildars.values_list("state", flat=True))
    bricklayers = Match.objects.untouched().filter(vacancy__employer__name="StroyKazan", vacancy__occupation__slug="bricklayer")
    assert bricklayers.filter(candidate__user__phone=PEOPLE["farrukh"].phone).exists()


def test_the_law_is_signed_and_everything_is_scored():
    assert set(LegalRoute.objects.values_list("signed_as", flat=True)) == {"demo"}
    assert all(EmployerFile.objects.values_list("activities", flat=True))
    published = Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED)
    assert not published.filter(employer__file=None).exists()
    run = ScoringRun.objects.get(kind="full")
    assert run.finished_at is not None and run.pairs == published.count() * SIZES.people
    assert VacancyReasons.objects.values("vacancy").distinct().count() == published.count()
    assert not ScoringMark.objects.exists()
    assert Match.objects.untouched().count() > 50


def test_every_state_is_there_and_every_history_could_have_happened():
    """In order, in the past, by people who may, after the vacancy was published and the care began; seats are counted."""
    assert set(Match.objects.values_list("state", flat=True)) == set(State)
    now, members = timezone.now(), set(Membership.objects.values_list("user", "organisation"))
    matches = (
        Match.objects.filter(touched=True).select_related("vacancy__employer", "candidate").prefetch_related("events__actor", "offers")
    )
    assert len(matches) >= 15
    for match in matches:
        care = Care.objects.get(candidate=match.candidate)
        assert match.explanation["points"] == match.points and match.explanation["on"] == str(match.scoring_day)
        before, at = State.SUGGESTED, max(match.vacancy.published_at, care.since)
        assert at < match.created_at and match.scoring_day == match.created_at.date()
        at = match.created_at
        for event in match.events.all():
            row = TABLE[State(event.before), State(event.after)]
            roles = set()
            if event.actor is None:
                roles.add(Role.SAFAR)
            elif (event.actor_id, care.agency_id) in members:
                roles |= {Role.AGENCY} if match.candidate.user_id else {Role.AGENCY, Role.CANDIDATE}
            elif (event.actor_id, match.vacancy.employer_id) in members:
                roles.add(Role.EMPLOYER)
            elif event.actor_id == match.candidate.user_id:
                roles.add(Role.CANDIDATE)
            assert event.before == before and at < event.at < now and row.by & roles, (match, event)
            before, at = State(event.after), event.at
        assert before == match.state
        if match.state in (State.PLACED, State.ENDED):
            left = next(event.at for event in match.events.all() if event.after == State.PLACED)
            assert left.date() >= match.vacancy.starts_on - timedelta(days=7)
    for vacancy in Vacancy.objects.all():
        assert vacancy.seats_taken == vacancy.matches.filter(state__in=[*SEAT_HOLDING, State.ENDED]).count()
    for closed in Vacancy.objects.filter(status=Vacancy.Status.CLOSED):
        assert closed.matches.filter(state=State.EXPIRED, events__at=closed.closed_at).exists()
    assert all(offer.agreed_at is None or offer.agreed_at > offer.entered_at for offer in Offer.objects.all())
    assert MatchEvent.objects.dates("at", "day").count() > 7
    assert Match.objects.filter(touched=True).values("candidate").distinct().count() == len(matches) - 1, "Aigul was away before"


def progress(learner) -> CourseProgress:
    page = EditionPage.objects.current().filter(slug=EditionPage.COURSE, edition__course__slug="russia-documents").first()
    events = LearningEvent.objects.filter(user=learner.user).select_related("edition__course")
    return progress_of(events, page.content["outline"], learner.corridor)


def test_learning_at_every_stage():
    seen = Counter()
    for learner in learners(SIZES.people):
        found = progress(learner)
        is_certified = Certificate.objects.filter(user=learner.user, edition__course__slug="russia-documents").exists()
        assert found.is_passed == is_certified
        if found.is_passed:
            stage = Stage.PASSED
        elif found.checks:
            stage = Stage.FAILED
        elif found.done == found.lessons_total:
            stage = Stage.ALL
        elif found.done:
            stage = Stage.SOME
        else:
            stage = Stage.BEGUN if found.is_started else Stage.NONE
        seen[stage] += 1
        if learner.corridor.endswith("RU"):
            assert stage == learner.chosen_stage()
    assert set(seen) == set(Stage)
    now = timezone.now()
    assert all(now - timedelta(days=80) < certificate.issued_at < now for certificate in Certificate.objects.all())
    assert Certificate.objects.exclude(holder_name="").exists()
    for event in LearningEvent.objects.filter(user__isnull=False).select_related("user"):
        assert event.user.created_at < event.happened_at < now


def test_who_has_agreed_to_a_contract_has_learnt_first():
    agreed = MatchEvent.objects.filter(after=State.AGREED, match__candidate__user__isnull=False).select_related("match__candidate__user")
    checked = 0
    for event in agreed:
        certificate = Certificate.objects.filter(user=event.match.candidate.user).first()
        if certificate is not None:  # for Kazakhstan there is no course yet
            assert certificate.issued_at < event.at
            checked += 1
    assert checked


def test_loading_again_changes_nothing():
    counted = (Candidate, Vacancy, Match, MatchEvent, Offer, LearningEvent, Certificate, Job, User, Organisation, ScoringRun)
    before = [model.objects.count() for model in counted]
    load(SIZES, timezone.now())
    assert [model.objects.count() for model in counted] == before
