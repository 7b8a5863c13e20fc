"""What is still open with a vacancy that takes nobody any more expires: when it closes, and by the clock."""

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from matching import contract, journey, review, score, select
from matching.mark import mark_vacancy
from matching.models import Match, State, Vacancy
from matching.move import NotPossible
from matching.publish import close_vacancy
from matching.tasks import expire_late
from portal.accounts.models import User
from tests.matching.factories import DAY, a_candidate, a_match, a_member, a_user, a_vacancy, an_agency, an_organisation
from tests.matching.labour import Market
from tests.matching.test_seats import at_once
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]


EXPIRE = {State.APPROVED, State.ACCEPTED, State.SELECTED, State.OFFERED}


@pytest.fixture
def by(db) -> User:
    return a_member(an_organisation("employer", "RU"))


@pytest.fixture
def vacancy(by) -> Vacancy:
    return a_vacancy(by.memberships.get().organisation, by, openings=10)


@pytest.fixture
def matches(vacancy) -> dict[State, Match]:
    """One in every state."""
    agency = an_agency()
    return {state: a_match(vacancy, a_candidate(agency, a_user()), state) for state in State}


def states(matches: dict[State, Match]) -> dict[State, str]:
    found = dict(Match.objects.order_by("pk").values_list("pk", "state"))
    return {state: found[match.pk] for state, match in matches.items() if match.pk in found}


AFTER = {state: State.EXPIRED if state in EXPIRE else state for state in State if state != State.SUGGESTED}


def test_closing(vacancy, matches, by):
    before = vacancy.seats_taken
    close_vacancy(vacancy, by, NOW)
    assert states(matches) == AFTER  # what both agreed to stands, and who has left stays
    event = matches[State.OFFERED].events.last()
    assert (event.after, event.actor, event.at) == (State.EXPIRED, None, NOW)
    vacancy.refresh_from_db()
    assert vacancy.status == Vacancy.Status.CLOSED and vacancy.seats_taken == before - 2  # selected, offered


def test_closing_twice_and_expiring_twice(vacancy, matches, by):
    close_vacancy(vacancy, by, NOW)
    count = matches[State.APPROVED].events.count()
    close_vacancy(vacancy, by, NOW)
    assert journey.expire_all(vacancy.pk, NOW) == 0
    assert matches[State.APPROVED].events.count() == count


@pytest.mark.parametrize(("days", "expired"), [(30, 0), (31, len(EXPIRE))])
def test_by_the_clock(vacancy, matches, days, expired):
    Vacancy.objects.update(starts_on=DAY - timedelta(days=days))
    assert journey.expire_late(NOW) == expired
    assert states(matches) == (AFTER if expired else {state: state for state in State})
    assert journey.expire_late(NOW) == 0


def test_the_region_says_which_day_it_is(vacancy, matches):
    """In Tatarstan it is still the thirtieth day, while farther east it is the next."""
    Vacancy.objects.update(starts_on=DAY - timedelta(days=30))
    night = NOW.replace(hour=20, minute=30)
    assert journey.expire_late(night) == 0
    assert journey.expire_late(night + timedelta(hours=1)) == len(EXPIRE)


def test_the_task_of_the_day(vacancy, matches):
    Vacancy.objects.update(starts_on="2020-01-01")
    expire_late()
    assert states(matches) == AFTER
    [entry] = [entry for entry in current_app.conf.beat_schedule.values() if entry["task"] == "matching.expire_late"]
    assert entry["options"]["queue"] == "bulk"


def test_closing_while_others_move(transactional_db):
    """Two vacancies with the same people in opposite order are closed while somebody departs and somebody is approved and selected."""
    agency, employer = an_agency(), an_organisation("employer", "RU")
    staff, by = a_member(agency), a_member(employer)
    one, other = (a_vacancy(employer, by, openings=9) for _ in range(2))
    people = [a_candidate(agency, a_user()) for _ in range(4)]
    for candidate in people:
        a_match(one, candidate, State.ACCEPTED)
    for candidate in reversed(people):
        a_match(other, candidate, State.ACCEPTED)
    third = a_vacancy(employer, by)
    leaving, waiting = a_match(third, people[0], State.AGREED), a_match(one, a_candidate(agency, a_user()))
    chosen = other.matches.get(candidate=people[1])
    outcomes = at_once(
        lambda: close_vacancy(one, by, NOW),
        lambda: close_vacancy(other, by, NOW),
        lambda: journey.depart(leaving, staff, NOW),
        lambda: review.approve(waiting, staff, NOW),
        lambda: select.select(chosen, by, NOW),
    )
    assert isinstance(outcomes[2], Match)
    assert all(outcome is None or isinstance(outcome, Match | NotPossible) for outcome in outcomes)
    left = Match.objects.filter(vacancy__in=[one, other]).order_by("pk").values_list("state", flat=True)
    assert set(left) <= {State.EXPIRED, State.WITHDRAWN}
    assert set(Vacancy.objects.filter(status="closed").order_by("pk").values_list("seats_taken", flat=True)) == {0}


def test_an_offer_that_expired_is_agreed_to_by_nobody(vacancy, matches, by):
    close_vacancy(vacancy, by, NOW)
    match = matches[State.OFFERED]
    with pytest.raises(NotPossible, match="not possible any more"):
        contract.agree(match, 1, match.candidate.user, NOW)


def test_scoring_suggests_nobody_for_a_vacancy_that_started_too_long_ago(settings):
    settings.DEMO = True
    market = Market()
    market.candidate()
    late, open_still = (market.vacancy(starts_on=market.today - timedelta(days=days)) for days in (31, 30))
    for vacancy in (late, open_still):
        mark_vacancy(vacancy, market.now)
    score.score_marked(timezone.now)
    assert [match.vacancy for match in Match.objects.order_by("pk")] == [open_still]
