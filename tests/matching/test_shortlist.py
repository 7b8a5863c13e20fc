"""Shortlists after a full run: who is chosen, what is written, and what is left alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching import profile, score
from matching.mark import mark_candidate
from matching.models import Candidate, Match, ScoringBlock, State
from matching.states import BEFORE_DEPARTURE
from tests.matching.runs import run_all


@pytest.fixture
def town(market):
    """One seat each in two vacancies: six proposals at most, for eight people."""
    market.places = [market.vacancy(openings=1, starts_on=market.today + timedelta(days=40 + number)) for number in range(2)]
    market.people = [market.candidate(skills=4 - number // 3) for number in range(8)]
    return market


def chosen(run) -> set[tuple[int, int]]:
    return set(Match.objects.filter(chosen_in=run).values_list("vacancy", "candidate"))


def waits(town) -> list[int]:
    return [Candidate.objects.get(pk=person.pk).waits for person in town.people]


def test_as_many_people_as_the_seats_bear_and_each_once(town):
    run = run_all(town.now)
    pairs = chosen(run)
    assert len(pairs) == 6 and len({candidate for _, candidate in pairs}) == 6
    assert {name: run.counts[name] for name in ("edges", "chosen", "served")} == {"edges": 16, "chosen": 6, "served": 6}
    assert {"load", "rank", "write", "shortlist", "audit"} <= run.timings.keys()


def test_who_was_passed_over_moves_up(town):
    run_all(town.now)
    first = waits(town)
    assert sorted(first) == [0] * 6 + [1] * 2
    revisions = list(Candidate.objects.values_list("revision", flat=True).order_by("pk"))
    run_all(town.now)
    second = waits(town)
    assert all(now == 0 for before, now in zip(first, second, strict=True) if before == 1)
    assert list(Candidate.objects.values_list("revision", flat=True).order_by("pk")) == revisions


def test_a_pair_outside_the_fifty_gets_a_row_of_its_own_and_loses_it_in_the_next_round(market):
    vacancy = market.vacancy(openings=1)
    other = market.vacancy(openings=20, starts_on=market.today + timedelta(days=50))
    for number in range(54):
        market.candidate(skills=4 if number < 51 else 3)
    first = run_all(market.now)
    outside = Match.objects.filter(rank=None)
    assert outside.exists() and set(outside.values_list("chosen_in", flat=True)) == {first.pk}
    assert Match.objects.filter(vacancy=vacancy).exclude(rank=None).count() == 50
    type(other).objects.filter(pk=other.pk).update(seats_taken=20)
    second = run_all(market.now)
    assert {place for place, _ in chosen(second)} == {vacancy.pk}
    assert not Match.objects.filter(chosen_in=first).exists()
    assert set(Match.objects.filter(rank=None).values_list("pk", flat=True)) <= set(
        Match.objects.filter(chosen_in=second).values_list("pk", flat=True)
    )


def test_open_proposals_count_and_what_a_person_has_touched_is_not_chosen(town):
    run_all(town.now)
    match = Match.objects.filter(vacancy=town.places[0]).first()
    Match.objects.filter(pk=match.pk).update(touched=True, state=State.APPROVED, explanation={}, chosen_in=None)
    run = run_all(town.now)
    pairs = chosen(run)
    assert (match.vacancy_id, match.candidate_id) not in pairs
    assert len([place for place, _ in pairs if place == match.vacancy_id]) == 2  # the open one takes a place of three
    assert Match.objects.get(pk=match.pk).chosen_in is None
    assert Candidate.objects.get(pk=match.candidate_id).waits == 0
    assert State.PLACED not in BEFORE_DEPARTURE and State.AGREED in BEFORE_DEPARTURE


def test_a_small_run_rescores_what_was_chosen_or_takes_it_away_and_chooses_nobody(town):
    run = run_all(town.now)
    before = chosen(run)
    gone, changed = (Candidate.objects.get(pk=pk) for pk in sorted({candidate for _, candidate in before})[:2])
    points = Match.objects.get(chosen_in=run, candidate=changed).points
    profile.change(gone, town.now, is_paused=True)
    profile.set_skills(changed, {town.skills[0].pk: 1}, town.now)
    score.score_marked(timezone.now)
    assert chosen(run) == {pair for pair in before if pair[1] != gone.pk}
    assert not Match.objects.filter(candidate=gone).exists()
    assert Match.objects.get(chosen_in=run, candidate=changed).points < points


def test_a_second_worker_who_comes_late_changes_nothing(town):
    run = score.start_full_run(town.now)
    score.score_block(score.claim(town.now), timezone.now)
    block = score.claim(town.now)
    assert block.step == ScoringBlock.Step.SHORTLISTS
    score.score_block(block, timezone.now)
    before, waited = chosen(run), waits(town)
    score.score_block(block, timezone.now)
    assert (chosen(run), waits(town)) == (before, waited) and before


def test_a_change_while_the_shortlists_are_made_is_seen_to_by_the_small_run_after(town):
    run = score.start_full_run(town.now)
    score.score_block(score.claim(town.now), timezone.now)
    person = town.people[0]
    profile.change(person, town.now, is_paused=True)  # not free any more, and in the lists still
    score.score_block(score.claim(town.now), timezone.now)
    assert person.pk not in {candidate for _, candidate in chosen(run)}
    mark_candidate(person, town.now)
    score.score_marked(timezone.now)
    assert not Match.objects.filter(candidate=person).exists()


def test_nobody_and_nothing(market):
    run = run_all(market.now)
    assert (run.counts["chosen"], run.counts["edges"], run.pairs) == (0, 0, 0)
    market.candidate()
    run_all(market.now)
    market.vacancy()
    assert run_all(market.now).counts["chosen"] == 1
