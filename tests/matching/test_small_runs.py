"""Whatever changes in whatever order, with small runs in between: in the end the lists are those of a full run on an empty table."""

import threading
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.utils import timezone

from matching import profile, review, score
from matching.care import leave_agency
from matching.edit import change_vacancy
from matching.explain_match import explain_match
from matching.mark import mark_candidate, mark_vacancy
from matching.models import Candidate, Care, Match, ScoringMark, State, Vacancy
from matching.move import NotPossible
from matching.publish import close_vacancy
from matching.reasons import Declined
from matching.score_vacancies import current_weights
from matching.warm import Warm
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from tests.matching.labour import SKILLS, Market
from tests.matching.runs import lists, run_all
from tests.waiting import PATIENCE, somebody_waits_for_a_row, until


class Changes:
    """Small things that happen in a market, each by the use case that does it on the site."""

    def __init__(self, market: Market, chance: Random) -> None:
        self.market, self.chance, self.now = market, chance, market.now
        self.employer = User.objects.get(email=PEOPLE["ildar"].email)
        self.staff = User.objects.filter(memberships__organisation=market.agency).first()

    def somebody(self) -> Candidate:
        return self.chance.choice(list(Candidate.objects.order_by("pk")))

    def some_vacancy(self) -> Vacancy:
        return self.chance.choice(list(Vacancy.objects.filter(employer=self.market.employer).order_by("pk")))

    def skills_change(self) -> None:
        skill = self.chance.choice(self.market.skills)
        profile.set_skills(self.somebody(), {skill.pk: self.chance.choice([None, 1, 2, 4])}, self.now)

    def a_wish_changes(self) -> None:
        profile.change(self.somebody(), self.now, wage_wish=self.chance.choice([None, 80_000, 200_000]), wanted_regions=["RU-TA"])

    def somebody_pauses_or_comes_back(self) -> None:
        profile.change(self.somebody(), self.now, is_paused=self.chance.random() < 0.5)

    def somebody_comes(self) -> None:
        mark_candidate(self.market.candidate(skills=self.chance.randint(0, SKILLS)), self.now)

    def somebody_leaves_their_agency(self) -> None:
        leave_agency(self.somebody(), self.now)

    def somebody_finds_an_agency(self) -> None:
        person = self.somebody()
        if not person.care.open().exists():
            Care.objects.create(candidate=person, agency=self.market.agency, since=self.now, consent_version="1")
            profile.score_again(person, self.now)

    def a_vacancy_comes(self) -> None:
        vacancy = self.market.vacancy(
            openings=self.chance.randint(1, 3), starts_on=self.market.today + timedelta(days=self.chance.randint(10, 90))
        )
        mark_vacancy(vacancy, self.now)

    def a_vacancy_changes(self) -> None:
        vacancy = self.some_vacancy()
        if vacancy.status == Vacancy.Status.PUBLISHED:
            change_vacancy(vacancy, {"experience_months": self.chance.choice([0, 12])}, self.employer, self.now)

    def a_vacancy_closes(self) -> None:
        if Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED).count() > 2:
            close_vacancy(self.some_vacancy(), self.employer, self.now)

    def somebody_is_proposed(self) -> None:
        self.review(lambda match: review.approve(match, self.staff, self.now))

    def somebody_is_declined(self) -> None:
        self.review(lambda match: review.decline(match, self.staff, self.now, Declined.values[0]))

    def review(self, act) -> None:
        match = Match.objects.filter(state=State.SUGGESTED).exclude(rank=None).order_by("rank", "vacancy").first()
        if match is not None:
            with suppress(NotPossible):  # the small run has not come by since the vacancy closed
                act(match)

    def one(self) -> None:
        getattr(self, self.chance.choice(CHANGES))()


CHANGES = sorted(name for name in vars(Changes) if name.startswith(("a_", "somebody_", "skills_")))


@pytest.fixture
def begun(market, monkeypatch):
    """Changes in a market with lists that have more people than places, or fewer."""
    monkeypatch.setattr(score, "HANDFUL", 3)

    def begin(seed: int | str) -> Changes:
        changes = Changes(market, Random(seed))
        for _ in range(3):
            changes.a_vacancy_comes()
        for _ in range(changes.chance.choice([8, 60])):
            changes.somebody_comes()
        score.score_marked(timezone.now)
        return changes

    return begin


@pytest.mark.parametrize("seed", range(3))
def test_small_runs_end_where_a_full_run_begins_anew(begun, seed):
    changes = begun(seed)
    for _ in range(25):
        changes.one()
        if changes.chance.random() < 0.4:
            score.score_marked(timezone.now)
    check(changes.market)
    match = Match.objects.untouched().exclude(rank=None).first()
    assert explain_match(match)["points"] == match.points


@pytest.mark.parametrize("change", CHANGES)
def test_after_each_change_alone(begun, change):
    """So that no other change has the same lists scored again."""
    changes = begun(change)
    for _ in range(3):
        getattr(changes, change)()
        check(changes.market)


def check(market: Market) -> None:
    while score.score_marked(timezone.now):  # on a slow machine one call leaves some to the next
        pass
    assert not ScoringMark.objects.exists()
    small = lists()
    Match.objects.untouched().delete()
    run_all(market.now)
    assert lists() == small and small


def test_who_marks_a_person_and_then_a_vacancy_never_waits_in_a_ring(lasting_market, monkeypatch):
    """As a departure does, while the person's mark is being spread to the same vacancy."""
    monkeypatch.setattr(score, "PATIENCE", f"{PATIENCE}s")
    now, vacancy, person = lasting_market.now, lasting_market.vacancy(), lasting_market.candidate()
    mark_candidate(person, now)
    has_marked = threading.Event()

    def depart() -> None:
        with transaction.atomic():
            mark_candidate(person, now)
            has_marked.set()
            until(somebody_waits_for_a_row)
            mark_vacancy(vacancy, now)
        connection.close()

    other = threading.Thread(target=depart)
    other.start()
    assert has_marked.wait(PATIENCE)
    assert score.spread_candidate_marks(now.date(), current_weights(now), Warm()) == 1
    other.join(PATIENCE)
    assert ScoringMark.objects.get(vacancy=vacancy).revision == 2
    assert ScoringMark.objects.filter(candidate=person).exists()  # the second change is still to be looked at
