"""Two people at once, with real transactions: one of them is faster, and a seat is filled once."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from matching import contract, review, select
from matching.models import Match, State, Vacancy
from matching.move import NotPossible
from portal.accounts.models import User
from tests.matching.factories import a_candidate, a_match, a_member, a_user, a_vacancy, an_agency
from tests.people import NOW
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("gate_is_open")]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act returned or raised, all started together, each on a connection of its own."""
    start, outcomes = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(PATIENCE)
            outcomes[place] = act()
        except NotPossible as refusal:
            outcomes[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return outcomes


def moved(outcomes: list[object]) -> list[Match]:
    return [outcome for outcome in outcomes if isinstance(outcome, Match)]


def staff_of_one_agency() -> tuple[User, User, Match]:
    agency = an_agency()
    match = a_match(a_vacancy(), a_candidate(agency, a_user()))
    return a_member(agency), a_member(agency), match


@pytest.mark.parametrize("_round", range(3))
def test_two_staff_at_once(transactional_db, _round):
    one, other, match = staff_of_one_agency()
    outcomes = at_once(
        lambda: review.approve(match, one, NOW),
        lambda: review.decline(Match.objects.get(pk=match.pk), other, NOW, "skills"),
    )
    assert len(moved(outcomes)) == 1
    [refusal] = [outcome for outcome in outcomes if isinstance(outcome, NotPossible)]
    winner = match.events.get()
    assert refusal.faster == winner and winner.actor in (one, other)
    match.refresh_from_db()
    assert match.state == winner.after


@pytest.mark.parametrize("_round", range(3))
def test_two_clicks_on_the_last_seat(transactional_db, _round):
    agency = an_agency()
    vacancy = a_vacancy(openings=1)
    matches = [a_match(vacancy, a_candidate(agency, a_user()), State.ACCEPTED) for _ in range(2)]
    people = [a_member(vacancy.employer) for _ in range(2)]
    outcomes = at_once(*(lambda pair=pair: select.select(pair[0], pair[1], NOW) for pair in zip(matches, people, strict=True)))
    assert len(moved(outcomes)) == 1
    assert Vacancy.objects.get(pk=vacancy.pk).seats_taken == 1
    assert sorted(Match.objects.values_list("state", flat=True).order_by("state")) == [State.ACCEPTED, State.SELECTED]


def test_one_candidate_agrees_to_two_jobs_at_once(transactional_db):
    candidate = a_candidate(an_agency(), a_user())
    matches = [a_match(a_vacancy(), candidate, State.OFFERED) for _ in range(2)]
    outcomes = at_once(*(lambda match=match: contract.agree(match, 1, candidate.user, NOW) for match in matches))
    assert len(moved(outcomes)) == 1
    assert Match.objects.filter(state=State.AGREED).count() == 1
