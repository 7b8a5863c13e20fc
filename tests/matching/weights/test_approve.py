"""A second person approves, on a comparison with what is in force; a full run follows; going back is approving again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from matching import score
from matching.approve_weights import approve, score_by_new_weights
from matching.check_ready import unready
from matching.models import ScoringRun, ScoringWeights, VacancyList, WeightsApproval
from matching.score_vacancies import current_weights
from matching.weights import NotPossible, in_force
from tests.matching.labour import Market
from tests.matching.weights.versions import a_proposal, an_operator, tried

pytestmark = pytest.mark.django_db

KM = {"W": 30, "G": 30, "D": 20, "A": 10, "K": 10}


@pytest.fixture
def market(cast_rows, demo) -> Market:
    return scored_market()


def scored_market() -> Market:
    market = Market()
    market.vacancy()
    market.candidate()
    score.start_full_run(timezone.now())
    score.score_blocks(timezone.now)
    return market


def refused(row, by, now=None) -> str:
    with pytest.raises(NotPossible) as refusal:
        approve(row, by=by, now=now or timezone.now())
    return str(refusal.value.why)


def test_a_second_person_puts_it_in_force(market):
    author, other = an_operator("gulnora"), an_operator("rahim")
    first, row = in_force(), a_proposal(author)
    trial = tried(row, author)
    now = timezone.now()
    approve(row, by=other, now=now)
    row.refresh_from_db()
    assert (in_force(), row.approved_by, row.approved_at) == (row, other, now)
    event = WeightsApproval.objects.get()
    assert (event.weights, event.trial, event.approved_by, event.approved_at) == (row, trial, other, now)
    run = score.open_full_run()
    assert (run.cause, run.weights) == ("weights", row)
    assert VacancyList.objects.get().weights == first
    score.score_blocks(timezone.now)
    assert VacancyList.objects.get().weights == row and score.open_full_run() is None
    assert score_by_new_weights(timezone.now()) is None  # nothing is left to do


def test_nobody_approves_their_own(market):
    author = an_operator("gulnora")
    row = a_proposal(author)
    tried(row, author)
    assert "You proposed" in refused(row, author)
    assert in_force() != row and not WeightsApproval.objects.exists()


def test_not_without_a_comparison(market):
    row = a_proposal(an_operator("gulnora"))
    assert "First compare" in refused(row, an_operator("rahim"))


def test_not_on_a_comparison_that_failed_or_is_not_finished(market):
    author, other = an_operator("gulnora"), an_operator("rahim")
    row = a_proposal(author)
    trial = tried(row, author)
    type(trial).objects.update(result=None, fault="Something.")
    assert "First compare" in refused(row, other)
    type(trial).objects.update(result=None, fault="", finished_at=None)
    assert "First compare" in refused(row, other)


@pytest.mark.parametrize(("days", "is_good"), [(0, True), (1, True), (2, False)])
def test_a_comparison_counts_on_its_day_and_the_day_after(market, days, is_good):
    author, other = an_operator("gulnora"), an_operator("rahim")
    row = a_proposal(author)
    tried(row, author)
    later = timezone.now() + timedelta(days=days)
    if days:
        score.start_full_run(later)
        score.score_blocks(timezone.now)
    if is_good:
        approve(row, by=other, now=later)
        assert in_force() == row
    else:
        assert "First compare" in refused(row, other, later)


def test_a_comparison_with_what_is_not_in_force_any_more_is_none(market):
    author, other = an_operator("gulnora"), an_operator("rahim")
    one, another = a_proposal(author), a_proposal(author, suits=KM)
    tried(one, author)
    tried(another, author)
    approve(one, by=other, now=timezone.now())
    assert "First compare" in refused(another, other)
    score.score_blocks(timezone.now)
    tried(another, author)
    approve(another, by=other, now=timezone.now())
    assert in_force() == another


def test_going_back_is_approving_again(market):
    author, other = an_operator("gulnora"), an_operator("rahim")
    first, row = in_force(), a_proposal(author)
    tried(row, author)
    approve(row, by=other, now=timezone.now())
    score.score_blocks(timezone.now)
    assert "in force already" in refused(row, other)
    back = tried(first, author)
    assert (back.before, back.after) == (row, first)
    approve(first, by=author, now=timezone.now())
    score.score_blocks(timezone.now)
    assert in_force() == first and VacancyList.objects.get().weights == first
    assert list(WeightsApproval.objects.values_list("weights", "approved_by")) == [(first.pk, author.pk), (row.pk, other.pk)]
    assert "You proposed" in refused(row, author)  # however often it was in force


def test_a_clock_that_is_behind_does_not_undo_an_approval(market):
    author, other = an_operator("gulnora"), an_operator("rahim")
    row = a_proposal(author)
    tried(row, author)
    approve(row, by=other, now=in_force().approved_at - timedelta(seconds=30))
    assert in_force() == row


def test_during_an_old_run_the_new_one_comes_after_it(market):
    author, other = an_operator("gulnora"), an_operator("rahim")
    row = a_proposal(author)
    tried(row, author)
    old = score.start_full_run(timezone.now())
    approve(row, by=other, now=timezone.now())
    assert score.open_full_run() == old and score_by_new_weights(timezone.now()) is None
    score.score_blocks(timezone.now)
    run = score_by_new_weights(timezone.now())
    assert (run.weights, run.cause) == (row, "weights") and score_by_new_weights(timezone.now()) is None


# The very first version


def test_the_first_version_is_signed_where_it_stands(market):
    first, since, runs = in_force(), in_force().approved_at, ScoringRun.objects.count()
    assert any("weights of the score" in line for line in unready())
    me = an_operator("gulnora")
    approve(first, by=me, now=timezone.now())
    first.refresh_from_db()
    assert (first.approved_by, first.approved_at) == (me, since) and ScoringRun.objects.count() == runs
    assert not any("weights of the score" in line for line in unready())
    assert WeightsApproval.objects.get().trial is None
    assert "in force already" in refused(first, an_operator("rahim"))


def test_before_any_scoring_there_is_nothing_signed(db):
    assert in_force() is None and any("weights of the score" in line for line in unready())
    approve(current_weights(timezone.now()), by=an_operator("gulnora"), now=timezone.now())
    assert not any("weights of the score" in line for line in unready())


# At once


def at_once(*acts):
    """What each act returned or was refused with, started together, each on a connection of its own."""
    together = Barrier(len(acts))

    def run(act):
        try:
            together.wait()
            return act()
        except NotPossible as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_two_people_approve_the_same_at_once(fresh_db, demo):
    scored_market()
    author, people = an_operator("gulnora"), [an_operator("rahim"), an_operator("saida")]
    row = a_proposal(author)
    tried(row, author)
    outcomes = at_once(*[lambda by=by: approve(row, by=by, now=timezone.now()) for by in people])
    assert sum(outcome is None for outcome in outcomes) == 1
    assert "in force already" in str(next(outcome for outcome in outcomes if outcome is not None))
    assert WeightsApproval.objects.count() == ScoringRun.objects.filter(cause="weights").count() == 1 and in_force() == row


def test_two_people_approve_two_versions_at_once(fresh_db, demo):
    scored_market()
    author, people = an_operator("gulnora"), [an_operator("rahim"), an_operator("saida")]
    rows = [a_proposal(author), a_proposal(author, suits=KM)]
    for row in rows:
        tried(row, author)
    outcomes = at_once(*[lambda row=row, by=by: approve(row, by=by, now=timezone.now()) for row, by in zip(rows, people, strict=True)])
    assert sum(outcome is None for outcome in outcomes) == 1
    winner = rows[outcomes.index(None)]
    assert in_force() == winner and ScoringRun.objects.get(cause="weights").weights == winner
    assert ScoringWeights.objects.approved().count() == 2


def test_an_approval_and_a_full_run_at_once_leave_nothing_behind(fresh_db, demo):
    scored_market()
    author, other = an_operator("gulnora"), an_operator("rahim")
    row = a_proposal(author)
    tried(row, author)
    at_once(lambda: approve(row, by=other, now=timezone.now()), lambda: score.start_full_run(timezone.now()))
    score.score_blocks(timezone.now)
    score_by_new_weights(timezone.now())
    score.score_blocks(timezone.now)
    assert VacancyList.objects.get().weights == row
