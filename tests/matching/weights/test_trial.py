"""Two versions on the same data: the counts by hand on small markets, the suppression of small ones, leases, a real worker."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import timedelta
from threading import Barrier
from typing import Any

import numpy as np
import pytest
from django.db import connections
from django.utils import timezone

from matching import score, try_weights
from matching.models import LegalRoute, ScoringWeights, StatisticsAnswers, Vacancy, WeightsTrial
from matching.scoring import Ranking
from matching.weights import NotPossible
from matching.weights_trial import TOP, Groups, Places, result_of
from tests.matching.labour import Market
from tests.matching.weights.versions import a_proposal, an_operator, numbers, timur, tried
from tests.waiting import until

pytestmark = pytest.mark.django_db

FAR_FIRST = {"W": 5, "G": 60, "D": 15, "A": 10, "K": 10}


@pytest.fixture
def market(cast_rows, demo) -> Market:
    return a_market()


def a_market() -> Market:
    """Fifteen Tajiks with all four skills and no wishes, and fifteen Kyrgyz women with three who want to go to Tatarstan.

    Fits the job, by shares E 6154 and C 3846 (the rest is not asked): the Tajiks 4 · (1539 or 1538) · .9 and .15 · 3846: 6114.
    The Kyrgyz lack one skill and hold its neighbours (.25): 5114. Suits the person by 35, 25, 20, 10, 10: .7 for what is not said,
    place .7 or 1: 7900 and 8650. By 5, 60, 15, 10, 10: 7750 and 9550. So 6114 · 7900 > 5114 · 8650, and 6114 · 7750 < 5114 · 9550.
    """
    market = Market()
    market.vacancy()
    for _ in range(15):
        market.candidate(citizenship="TJ", home_region_id="TJ-KT")
    for _ in range(15):
        woman = market.candidate(3, citizenship="KG", wanted_regions=["RU-TA"])
        StatisticsAnswers.objects.create(candidate=woman, sex="woman", consent_version="1", consented_at=market.now)
    return market


# What is counted


def test_by_hand(market):
    me = an_operator("gulnora")
    trial = tried(a_proposal(me, suits=FAR_FIRST), me)
    assert trial.finished_at is not None and trial.fault == ""
    result = trial.result
    # Before: Tajiks 1 to 15, then five Kyrgyz. After: Kyrgyz 1 to 15, then five Tajiks. Who was in both lists has moved.
    assert result["vacancies"] == result["changed"] == 1
    assert result["places"] == {"before": 20, "after": 20, "entered": 10, "left": 10, "moved": 10}
    assert result["people"] == {"before": 20, "after": 20, "entered": 10, "left": 10}
    # √(6114 · 7900) = 6950, √(6114 · 7750) = 6883 (6883.63 → 6884); √(5114 · 8650) = 6651, √(5114 · 9550) = 6988: (5 · −66 + 5 · 337) / 10.
    assert result["points"] == 136 and result["tiers"] == []
    assert result["gain"] == result["lose"] == 10
    assert result["groups"]["citizenship"] == [["KG", 10, 0], ["TJ", 0, 10]]
    assert result["groups"]["sex"] == [["", 0, 10], ["woman", 10, 0]]
    assert result["groups"]["region"] == [["", 10, 0], ["TJ-KT", 0, 10]]
    assert result["groups"]["destination"] == [["RU", 10, 10]] and result["groups"]["sector"] == [["0", 10, 10]]
    assert result["most"] == [[str(Vacancy.objects.get().uid), 10, 10, 10]]


def test_nobody_to_compare(demo):
    Market()
    me = an_operator("gulnora")
    score.start_full_run(timezone.now())
    result = tried(a_proposal(me), me).result
    assert (result["vacancies"], result["changed"], result["points"], result["most"]) == (0, 0, 0, [])


def test_a_vacancy_without_people_and_people_without_a_vacancy(demo):
    market = Market()
    market.vacancy()
    me = an_operator("gulnora")
    score.start_full_run(timezone.now())
    assert tried(a_proposal(me), me).result["vacancies"] == 1
    Vacancy.objects.update(status=Vacancy.Status.DRAFT)
    market.candidate()
    assert tried(a_proposal(me, suits=FAR_FIRST), me).result["vacancies"] == 0


def ranking(*lists: list[tuple[int, int, int]]) -> Ranking:
    """Lists of (candidate row, points, tier)."""
    filled = np.array([[*entries, *[(-1, 0, 0)] * (TOP - len(entries))] for entries in lists])
    rows, points, tier = filled.transpose(2, 0, 1)
    other = dict.fromkeys(field.name for field in fields(Ranking))
    return Ranking(**other | {"rows": rows.astype("i4"), "points": points.astype("u2"), "tier": tier.astype("u1")})


def result(before: Ranking, after: Ranking, people: int = 4) -> dict[str, Any]:
    groups = Groups([f"v{row}" for row in range(len(before.rows))], {"citizenship": ["TJ"] * people}, {"sector": ["0"] * len(before.rows)})
    return result_of(Places.of(before, people), Places.of(after, people), groups)


def test_lists_that_stay_short_that_swap_and_that_empty():
    before = ranking([(0, 8000, 1), (1, 7000, 1)], [(2, 6000, 2)], [(0, 5000, 2)])
    after = ranking([(1, 7001, 1), (0, 6990, 2)], [], [(0, 5001, 2), (3, 4000, 3)])
    found = result(before, after)
    assert found["changed"] == 3
    assert found["places"] == {"before": 4, "after": 4, "entered": 1, "left": 1, "moved": 2}
    assert found["people"] == {"before": 3, "after": 3, "entered": 1, "left": 1}
    assert found["tiers"] == [[1, 2, 1]]
    assert found["points"] == -336  # (−1010 + 1 + 1) / 3
    assert found["most"] == [["v0", 0, 0, 2], ["v1", 0, 1, 0], ["v2", 1, 0, 0]]


def test_somebody_who_changes_lists_gains_and_loses_and_stays_on_some_list():
    found = result(ranking([(0, 8000, 1)], []), ranking([], [(0, 8000, 1)]))
    assert found["people"] == {"before": 1, "after": 1, "entered": 0, "left": 0} and (found["gain"], found["lose"]) == (1, 1)


def test_the_same_lists_change_nothing():
    same = ranking([(0, 8000, 1), (1, 7000, 1)])
    found = result(same, same)
    assert (found["changed"], found["places"]["moved"], found["most"], found["gain"]) == (0, 0, [], 0)


def test_a_small_group_is_not_kept_nor_what_it_could_be_told_from(market):
    """The same market, where four of the ten women who come in have not said it: then nobody may know of the six either."""
    StatisticsAnswers.objects.filter(candidate__in=StatisticsAnswers.objects.order_by("-candidate").values("candidate")[:4]).delete()
    me = an_operator("gulnora")
    trial = tried(a_proposal(me, suits=FAR_FIRST), me)
    assert trial.result["groups"]["sex"] == [["", None, 10], ["woman", None, 0]] and trial.result["gain"] == 10


# Asking, working it off


def test_once_a_day_and_law(market):
    me, other = an_operator("gulnora"), an_operator("rahim")
    row = a_proposal(me, suits=FAR_FIRST)
    first = tried(row, me)
    assert tried(row, other) == first and WeightsTrial.objects.get().asked_by == me
    LegalRoute.objects.filter(pk=LegalRoute.objects.filter(origin="KG").first().pk).update(lead_days=3)
    assert tried(row, other) != first
    tomorrow = timezone.now() + timedelta(days=1)
    score.start_full_run(tomorrow)
    assert try_weights.ask_trial(row, by=me, now=tomorrow).day == tomorrow.date()


def test_nothing_to_compare_with(market):
    me = an_operator("gulnora")
    numbers()
    with pytest.raises(NotPossible):
        try_weights.ask_trial(ScoringWeights.objects.get(), by=me, now=timezone.now())


def test_two_people_ask_at_once(fresh_db, demo):
    a_market()
    people, together = [an_operator("gulnora"), an_operator("rahim")], Barrier(2)
    row = a_proposal(people[0])

    def ask(by):
        try:
            together.wait()
            return try_weights.ask_trial(row, by=by, now=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        trials = list(pool.map(ask, people))
    assert trials[0] == trials[1] == WeightsTrial.objects.get()


def test_two_workers_take_it_once(fresh_db, demo):
    a_market()
    me, together = an_operator("gulnora"), Barrier(2)
    try_weights.ask_trial(a_proposal(me), by=me, now=timezone.now())

    def work(_number):
        try:
            together.wait()
            return try_weights.try_weights(timezone.now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [0, 1]
    assert WeightsTrial.objects.get().result["vacancies"] == 1


def test_a_lease_runs_out_and_the_slow_worker_changes_nothing(market):
    me, now = an_operator("gulnora"), timezone.now()
    try_weights.ask_trial(a_proposal(me, suits=FAR_FIRST), by=me, now=now)
    trial = try_weights.claim_trial(now)
    assert trial is not None and try_weights.claim_trial(now) is None
    again = try_weights.claim_trial(now + try_weights.LEASE + timedelta(seconds=1))
    assert again == trial
    try_weights.work_off(again, lambda: now)
    try_weights.work_off(trial, lambda: now + timedelta(hours=1))
    assert WeightsTrial.objects.get().finished_at == now


def test_a_trial_of_numbers_that_were_forged_ends_with_the_reason(market):
    me = an_operator("gulnora")
    forged = ScoringWeights.objects.create(digest="0" * 64, numbers=numbers(suits=FAR_FIRST), created_at=timezone.now(), proposed_by=me)
    trial = tried(forged, me)
    assert trial.result is None and "digest" in trial.fault and trial.finished_at is not None
    assert tried(forged, me) == trial and "digest" in WeightsTrial.objects.get().fault  # it was tried again


def test_law_that_changes_while_a_trial_waits_ends_it(market):
    me = an_operator("gulnora")
    row = a_proposal(me, suits=FAR_FIRST)
    waiting = try_weights.ask_trial(row, by=me, now=timezone.now())
    LegalRoute.objects.filter(origin="KG").update(lead_days=3)
    fresh = tried(row, me)
    waiting.refresh_from_db()
    assert "changed" in waiting.fault and fresh != waiting and fresh.result["vacancies"] == 1


def test_a_real_worker(fresh_db, demo, celery_worker):
    a_market()
    trial = try_weights.ask_trial(a_proposal(timur(), suits=FAR_FIRST), by=timur(), now=timezone.now())
    until(lambda: WeightsTrial.objects.filter(pk=trial.pk, finished_at__isnull=False).exists())
    assert WeightsTrial.objects.get().result["places"]["entered"] == 10


CLAIMS = """
import django, time
django.setup()
from django.utils import timezone
from matching.try_weights import claim_trial
print(claim_trial(timezone.now()).pk, flush=True)
time.sleep(60)
"""


def test_a_worker_that_is_killed_only_delays_it(fresh_db, demo, monkeypatch):
    a_market()
    trial = try_weights.ask_trial(a_proposal(timur(), suits=FAR_FIRST), by=timur(), now=timezone.now())
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "portal.settings")
    with subprocess.Popen([sys.executable, "-c", CLAIMS], stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None and worker.stdout.readline().strip() == str(trial.pk)
        worker.send_signal(signal.SIGKILL)
    assert try_weights.try_weights(timezone.now) == 0
    assert try_weights.try_weights(lambda: timezone.now() + try_weights.LEASE) == 1
    assert WeightsTrial.objects.get().result["places"]["entered"] == 10
