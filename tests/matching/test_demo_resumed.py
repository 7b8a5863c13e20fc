"""A load of the demo that is stopped, wherever, goes on at the next one and ends with the same set; outside the demo nothing of it runs."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.conf import settings as the_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from matching import review, score
from matching.demo.candidates import AT_ONCE, CAST, load_made_up_candidates
from matching.demo.histories import load_demo_histories
from matching.demo.intake import WALK_INS
from matching.demo.learning import learners
from matching.demo.pipeline import load_demo_files
from matching.demo.seed import Sizes
from matching.demo.vacancies import load_made_up_vacancies
from matching.models import (
    Candidate,
    CandidateSkill,
    Care,
    Job,
    LegalRoute,
    Match,
    MatchEvent,
    ScoringBlock,
    ScoringMark,
    ScoringRun,
    State,
    Vacancy,
    VacancySkill,
)
from orientation.demo import load_demo_learning
from orientation.models import Certificate, LearningEvent
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests import servers
from tests.waiting import PATIENCE, somebody_waits_for_a_row, until

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo's cast")]
SIZES = Sizes(AT_ONCE + 20)  # candidates in two transactions


class Killed(Exception):
    pass


def killed_at(step: int) -> Callable[[int, int], None]:
    """A report that ends the load when `step` is done."""

    def report(done: int, total: int) -> None:
        if done >= step:
            raise Killed

    return report


def go_on(done: int, total: int) -> None:
    pass


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture(scope="module")
def demo_cast(django_db_blocker: Any) -> Iterator[str]:
    """A database in which whoever signs in with one click is there, and none of the made-up people. `fresh_db` is a copy of it."""
    with servers.own_database() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(the_settings, "DEMO", True)
        with servers.used(name, django_db_blocker):
            call_command("load_demo", cast=True)
        yield name


def load(now: Any, *, people: Callable[[int, int], None] = go_on, moves: Callable[[int, int], None] = go_on) -> None:
    """The steps of `load_demo`, with the same clock each time."""
    load_made_up_vacancies(SIZES, now)
    load_demo_files()
    load_made_up_candidates(SIZES, now, people)
    while not load_demo_histories(SIZES, now, moves):
        score.score_blocks(timezone.now)
    load_demo_learning(learners(SIZES.people), now)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Everything but what the database counts or draws: row numbers, codes of certificates, the cast's public names."""
    return {
        "vacancies": list(
            Vacancy.objects.order_by("uid").values_list("employer__name", "occupation", "wage_amount", "starts_on", "status", "seats_taken")
        ),
        "asked": list(VacancySkill.objects.order_by("vacancy__uid", "skill").values_list("skill", "level", "critical")),
        "people": list(
            Candidate.objects.order_by("uid").values_list("uid", "given_name", "family_name", "born_in", "wage_floor", "user__email")
        ),
        "skills": list(CandidateSkill.objects.order_by("candidate__uid", "skill").values_list("candidate__uid", "skill", "level")),
        "jobs": list(Job.objects.order_by("candidate__uid", "months", "occupation").values_list("occupation", "months", "ended_on")),
        "care": list(Care.objects.order_by("candidate__uid").values_list("agency__name", "since")),
        "matches": list(
            Match.objects.filter(touched=True).order_by("uid").values_list("uid", "state", "points", "candidate__uid", "created_at")
        ),
        "events": list(MatchEvent.objects.order_by("match__uid", "at").values_list("match__uid", "before", "after", "actor__email", "at")),
        "learning": list(
            LearningEvent.objects.order_by("user__email", "happened_at", "kind", "is_right").values_list(
                "user__email", "kind", "is_right", "happened_at"
            )
        ),
        "certificates": list(
            Certificate.objects.order_by("user__email", "issued_at").values_list("user__email", "issued_at", "holder_name")
        ),
        "organisations": list(Organisation.objects.order_by("name").values_list("name", "kind")),
    }


def test_a_load_that_is_stopped_ends_with_the_same_set(demo_cast: str, fresh_db: str) -> None:
    now = timezone.now()
    with transaction.atomic():
        load(now)
        whole = rows()
        transaction.set_rollback(True)

    with pytest.raises(Killed):
        load(now, people=killed_at(AT_ONCE))
    assert Candidate.objects.count() == AT_ONCE + len(CAST) + len(WALK_INS)
    with pytest.raises(Killed):
        load(now, moves=killed_at(1))
    assert Candidate.objects.count() == SIZES.people and not Match.objects.exists(), "all of the moves or none"
    load(now)
    assert {name: len(found) for name, found in rows().items()} == {name: len(found) for name, found in whole.items()}
    assert rows() == whole
    load(now + timedelta(days=1))
    assert rows() == whole


def test_a_full_run_that_began_before_the_people_came_is_not_the_last(demo_cast: str, fresh_db: str) -> None:
    """The clock starts one a minute after the start of the demo; a load that takes longer scores again at its end."""
    early = score.start_full_run(timezone.now())
    assert load_demo_histories(SIZES, timezone.now()) is False
    call_command("load_demo", people=30)
    early.refresh_from_db()
    last = ScoringRun.objects.filter(kind="full").first()
    assert early.finished_at is not None and last != early and last.finished_at is not None
    assert last.pairs == Vacancy.objects.filter(status="published").count() * 30
    assert not ScoringMark.objects.exists() and not ScoringBlock.objects.filter(done_at=None).exists()


def test_who_acts_while_the_histories_are_written_stops_nothing(demo_cast: str, fresh_db: str) -> None:
    """Both need the same rows. The person has the vacancies first, and asks for the match when the load is waiting."""
    score.score_marked(timezone.now)
    load_made_up_vacancies(SIZES, timezone.now())
    load_demo_files()
    load_made_up_candidates(SIZES, timezone.now())
    match = Match.objects.untouched().filter(candidate__user__phone=PEOPLE["farrukh"].phone).order_by("tier", "pk")[0]
    manizha, outcome, has_locked = User.objects.get(email=PEOPLE["manizha"].email), [], Event()

    def act() -> None:
        try:
            with transaction.atomic():
                list(Vacancy.objects.select_for_update(no_key=True).order_by("pk"))
                has_locked.set()
                until(somebody_waits_for_a_row)
                outcome.append(review.approve(match, manizha, timezone.now()).state)
        finally:
            connection.close()

    person = Thread(target=act)
    person.start()
    assert has_locked.wait(PATIENCE)
    assert load_demo_histories(SIZES, timezone.now())
    person.join(PATIENCE)
    assert outcome == [State.APPROVED]
    assert Match.objects.filter(pk=match.pk, touched=True).exists()
    assert MatchEvent.objects.count() > 10


def test_outside_the_demo_no_part_of_it_is_loaded(settings: Any) -> None:
    settings.DEMO = False
    before = (User.objects.count(), Organisation.objects.count(), Candidate.objects.count())
    for options in ({}, {"cast": True}, {"people": 30}, {"by_workers": True}):
        with pytest.raises(CommandError, match="SAFAR_DEMO=1"):
            call_command("load_demo", **options)
    with pytest.raises(ImproperlyConfigured, match="SAFAR_DEMO"):
        load_demo_learning([], timezone.now())
    assert (User.objects.count(), Organisation.objects.count(), Candidate.objects.count()) == before
    assert not LegalRoute.objects.exclude(signed_as="").exists()
