"""The audit: how far each person came, the month, and the notice after two of them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from matching import score
from matching.audit import BASE, BIT, STEPS, TESTED, audit_due_months, audit_month, audit_run, notices, steps_of_run
from matching.models import (
    Candidate,
    CandidateLicence,
    LegalRoute,
    Match,
    MatchEvent,
    Reach,
    ScoringAudit,
    ScoringRun,
    State,
    StatisticsAnswers,
)
from matching.score_vacancies import current_weights
from matching.statistics import answer_statistics, forget_statistics
from matching.warm import Warm
from portal.accounts.models import User
from portal.outbox.models import Message
from tests.matching.labour import Market
from tests.portal.home import items_of

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
LAWFUL = ("route", "age", "licence")
THEN = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


@pytest.fixture
def market(settings, cast_rows) -> Market:
    settings.DEMO = True
    return Market()


def run_all() -> ScoringRun:
    run = score.start_full_run(timezone.now())
    score.score_blocks(timezone.now)
    run.refresh_from_db()
    return run


def came(run: ScoringRun, candidate: Candidate) -> list[str]:
    bits = steps_of_run(run, Warm()).get(candidate.pk, 0)
    return [step for step in STEPS if bits & BIT[step]]


def bits_of(*steps: str) -> int:
    return sum(BIT[step] for step in steps)


def line(audit: ScoringAudit, step: str, attribute: str, group: str) -> dict[str, Any]:
    (found,) = [line for line in audit.lines["lines"] if (line["step"], line["attribute"], line["group"]) == (step, attribute, group)]
    return found


def people(number: int, sex: str, **given: Any) -> list[Candidate]:
    values = {"citizenship": "TJ", "born_in": date(1990, 5, 1), "registered_at": THEN} | given
    found = Candidate.objects.bulk_create(Candidate(**values) for _ in range(number))
    if sex:
        StatisticsAnswers.objects.bulk_create(
            StatisticsAnswers(candidate=one, sex=sex, consent_version="1", consented_at=THEN) for one in found
        )
    return found


def reach(month: date, whose: Iterable[Candidate], *steps: str) -> None:
    Reach.objects.bulk_create(Reach(candidate=one, month=month, steps=bits_of(*LAWFUL, *steps)) for one in whose)


class TestSteps:
    def test_a_person_in_a_list(self, market):
        market.vacancy()
        candidate = market.candidate()
        assert came(run_all(), candidate)[:5] == [*LAWFUL, "eligible", "listed"]

    def test_whoever_is_not_looking_is_not_counted(self, market):
        market.vacancy()
        paused = market.candidate(is_paused=True)
        run = run_all()
        assert paused.pk not in steps_of_run(run, Warm()) and audit_run(run, market.now).lines["people"] == 0

    def test_no_legal_way(self, market):
        market.vacancy()
        LegalRoute.objects.filter(origin="KG").delete()
        assert came(run_all(), market.candidate(citizenship="KG")) == []

    def test_papers_that_take_too_long_are_no_legal_way(self, market):
        market.vacancy(starts_on=market.today + timedelta(days=1))
        LegalRoute.objects.filter(origin="TJ").update(lead_days=60)
        assert came(run_all(), market.candidate()) == []

    def test_too_young(self, market):
        market.vacancy()
        born = date(market.today.year - 17, 1, 1)
        assert came(run_all(), market.candidate(born_in=born)) == ["route"]

    def test_a_licence(self, market):
        market.vacancy(licences=["C"])
        driver, other = market.candidate(), market.candidate()
        CandidateLicence.objects.create(candidate=driver, category="C", issued_in="RU")
        run = run_all()
        assert came(run, other) == ["route", "age"] and came(run, driver)[:4] == [*LAWFUL, "eligible"]

    def test_what_a_person_refuses_is_not_the_law(self, market):
        market.vacancy()
        assert came(run_all(), market.candidate(excluded_countries=["RU"])) == [*LAWFUL]

    def test_a_stopped_vacancy_is_no_way_for_anybody(self, market):
        market.vacancy(employer=market.employer, wage_amount=1)
        assert came(run_all(), market.candidate()) == []

    def test_eligible_and_in_no_list(self, market):
        market.vacancy()
        assert came(run_all(), market.candidate(skills=0)) == [*LAWFUL, "eligible"]

    def test_an_open_proposal_is_as_good_as_a_shortlist(self, market):
        market.vacancy()
        candidate = market.candidate()
        run = run_all()
        Match.objects.update(chosen_in=None)
        assert "shortlisted" not in came(run, candidate)
        Match.objects.update(chosen_in=run)
        assert "shortlisted" in came(run, candidate)
        Match.objects.update(chosen_in=None, rank=None, state=State.APPROVED, touched=True, explanation={})
        assert {"listed", "shortlisted"} <= set(came(run, candidate))

    def test_no_vacancies_and_nobody(self, market):
        run = run_all()
        assert audit_run(run, market.now).lines == {"version": 1, "people": 0, "lines": []}
        candidate = market.candidate()
        assert steps_of_run(run, Warm()) == {candidate.pk: 0}


class TestRun:
    def test_the_run_audits_itself_and_once(self, market):
        market.vacancy()
        market.candidate()
        run = run_all()
        audit = ScoringAudit.objects.get(run=run)
        assert audit_run(run, timezone.now()) == audit and ScoringAudit.objects.count() == 1
        assert Reach.objects.get().month == run.day.replace(day=1)
        assert audit.noticed_at is None and notices(audit) == []

    def test_lines(self, market):
        market.vacancy()
        woman = market.candidate(citizenship="UZ", home_region_id="UZ-AN")
        answer_statistics(woman, {"sex": "woman"}, market.now)
        market.candidate(skills=0)
        audit = audit_run(run_all(), timezone.now())
        assert (audit.lines["version"], audit.lines["people"]) == (1, 2)
        assert {(row["attribute"], row["group"]) for row in audit.lines["lines"]} == {
            ("sex", "woman"),
            ("sex", ""),
            ("citizenship", "UZ"),
            ("citizenship", "TJ"),
            ("region", "UZ-AN"),
            ("region", ""),
        }
        assert line(audit, "listed", "sex", "woman") | {"reached": 1, "people": 1} == line(audit, "listed", "sex", "woman")
        assert (line(audit, "listed", "sex", "")["people"], line(audit, "listed", "sex", "")["reached"]) == (1, 0)
        assert {row["months"] for row in audit.lines["lines"]} == {0}

    def test_an_answer_that_was_taken_back_is_not_said(self, market):
        market.vacancy()
        candidate = market.candidate()
        answer_statistics(candidate, {"sex": "man"}, market.now)
        run = run_all()
        forget_statistics(candidate)
        ScoringAudit.objects.all().delete()
        assert {row["group"] for row in audit_run(run, market.now).lines["lines"] if row["attribute"] == "sex"} == {""}

    def test_what_was_reached_in_one_run_of_the_month_stays(self, market):
        market.vacancy()
        candidate = market.candidate()
        audit_run(run_all(), timezone.now())
        first = Reach.objects.get().steps
        Candidate.objects.filter(pk=candidate.pk).update(excluded_countries=["RU"])
        audit_run(run_all(), timezone.now())
        assert first & BIT["eligible"] and Reach.objects.get().steps == first

    def test_approved_this_month(self, market):
        market.vacancy()
        market.candidate()
        run = run_all()
        match = Match.objects.get()
        last_month = datetime(run.day.year, run.day.month, 1, tzinfo=UTC) - timedelta(seconds=1)
        for at, reached in ((last_month, 0), (timezone.now() - timedelta(seconds=1), 1)):
            MatchEvent.objects.create(match=match, before=State.SUGGESTED, after=State.APPROVED, at=at)
            ScoringAudit.objects.all().delete()
            assert line(audit_run(run, timezone.now()), "approved", "citizenship", "TJ")["reached"] == reached


class TestMonth:
    def test_everybody_who_came_by_is_counted_and_then_forgotten(self, cast):
        women, men = people(40, "woman"), people(40, "man", citizenship="UZ")
        reach(NOVEMBER, women, "eligible")
        reach(NOVEMBER, men[:30], "eligible", "listed")
        reach(NOVEMBER, men[30:])
        audit = audit_month(NOVEMBER, THEN)
        assert audit.lines["people"] == 80 and not Reach.objects.exists()
        assert (line(audit, "eligible", "sex", "man")["people"], line(audit, "eligible", "sex", "man")["reached"]) == (40, 30)
        assert (line(audit, "listed", "sex", "man")["people"], line(audit, "listed", "sex", "man")["reached"]) == (30, 30)
        assert line(audit, "listed", "citizenship", "TJ")["is_different"]
        assert audit_month(NOVEMBER, THEN) == audit

    def test_the_law_is_counted_and_never_compared(self, cast):
        women, men = people(50, "woman"), people(50, "man")
        Reach.objects.bulk_create(Reach(candidate=one, month=NOVEMBER, steps=0) for one in women)
        reach(NOVEMBER, men, "eligible")
        audit = audit_month(NOVEMBER, THEN)
        found = line(audit, "route", "sex", "woman")
        assert (found["people"], found["reached"], found["against"], found["is_different"]) == (50, 0, None, False)
        assert line(audit, "eligible", "sex", "woman")["people"] == 0
        assert not any(row["is_different"] for row in audit.lines["lines"])

    def test_approved_in_that_month_only(self, cast, market):
        market.vacancy()
        candidate = market.candidate()
        run_all()
        Reach.objects.all().delete()
        match = Match.objects.get()
        reach(OCTOBER, [candidate], "eligible")
        reach(NOVEMBER, [candidate], "eligible")
        first_moment = datetime(2026, 11, 1, tzinfo=UTC)
        MatchEvent.objects.create(match=match, before=State.SUGGESTED, after=State.APPROVED, at=first_moment)
        assert [line(audit_month(month, THEN), "approved", "sex", "")["reached"] for month in (OCTOBER, NOVEMBER)] == [0, 1]

    def test_missed_months_are_caught_up_the_oldest_first(self, cast):
        whose = people(3, "")
        for month in (SEPTEMBER, OCTOBER, NOVEMBER):
            reach(month, whose)
        assert audit_due_months(datetime(2026, 11, 3, tzinfo=UTC)) == 2
        assert list(ScoringAudit.objects.order_by("pk").values_list("month", flat=True)) == [SEPTEMBER, OCTOBER]
        assert audit_due_months(datetime(2026, 11, 30, 23, 59, tzinfo=UTC)) == 0
        assert audit_due_months(datetime(2026, 12, 1, tzinfo=UTC)) == 1
        assert audit_due_months(datetime(2027, 1, 1, tzinfo=UTC)) == 0  # no run in December: nothing to count

    def test_waits_for_the_last_run_of_the_month(self, cast):
        reach(NOVEMBER, people(1, ""))
        day = date(2026, 11, 30)
        run = ScoringRun.objects.create(kind="full", day=day, weights=current_weights(THEN), started_at=THEN)
        assert audit_due_months(THEN) == 0
        ScoringRun.objects.filter(pk=run.pk).update(finished_at=THEN)
        assert audit_due_months(THEN) == 1

    def test_forgotten_when_somebody_is_erased(self, cast):
        from matching.person import erase_candidate

        (candidate,) = people(1, "", user=cast["farrukh"])
        reach(NOVEMBER, [candidate])
        erase_candidate(cast["farrukh"], THEN)
        assert not Reach.objects.exists()


class TestNotice:
    """Women are in lists less often than men: 20 of 50 against 45 of 50."""

    def unequal(self, *months: date) -> list[ScoringAudit]:
        if not hasattr(self, "women"):
            self.women, self.men = people(50, "woman"), people(50, "man")
        for month in months:
            reach(month, [*self.women[:20], *self.men[:45]], "eligible", "listed")
            reach(month, [*self.women[20:], *self.men[45:]], "eligible")
        return [audit_month(month, THEN) for month in months]

    def test_not_after_one_month(self, cast):
        (audit,) = self.unequal(NOVEMBER)
        found = line(audit, "listed", "sex", "woman")
        assert (found["against"], found["is_different"], found["months"]) == ("man", True, 1)
        assert audit.noticed_at is None and not Message.objects.filter(purpose="audit").exists()

    def test_after_two_each_operator_is_told_once(self, cast):
        _first, second = self.unequal(OCTOBER, NOVEMBER)
        assert audit_month(NOVEMBER, THEN) == second and second.noticed_at == THEN
        assert [(row["step"], row["attribute"], row["group"]) for row in notices(second)] == [("listed", "sex", "woman")]
        messages = Message.objects.filter(purpose="audit")
        told = {(message.to, message.channel, message.address) for message in messages}
        assert told == {(cast[name], "mail", cast[name].email) for name in ("timur", "gulnora")} and len(messages) == 2
        assert all("woman" not in message.body and not any(letter.isdigit() for letter in message.body) for message in messages)

    def test_each_in_their_language_and_nobody_who_has_left(self, cast):
        for number, (language, is_active) in enumerate((("ru", True), ("en", False))):
            operator = User.objects.create_user(
                email=f"operator{number}@example.org", language=language, is_staff=True, is_active=is_active
            )
            operator.groups.add(cast["timur"].groups.get())
        self.unequal(OCTOBER, NOVEMBER)
        assert set(Message.objects.filter(purpose="audit").values_list("language", flat=True)) == {"en", "ru"}

    def test_every_month_that_it_lasts(self, cast):
        *_, third = self.unequal(SEPTEMBER, OCTOBER, NOVEMBER)
        assert line(third, "listed", "sex", "woman")["months"] == 3
        assert Message.objects.filter(purpose="audit", to=cast["timur"]).count() == 2

    def test_a_month_between_begins_anew(self, cast):
        _first, third = self.unequal(SEPTEMBER, NOVEMBER)
        assert line(third, "listed", "sex", "woman")["months"] == 1 and third.noticed_at is None

    def test_another_step_is_another_difference(self, cast):
        self.unequal(OCTOBER)
        reach(NOVEMBER, [*self.women[:20], *self.men[:45]], "eligible", "listed", "shortlisted")
        reach(NOVEMBER, [*self.women[20:], *self.men[45:]], "eligible", "listed")
        audit = audit_month(NOVEMBER, THEN)
        assert line(audit, "shortlisted", "sex", "woman")["months"] == 1 and audit.noticed_at is None

    def test_it_waits_on_the_operators_home_until_the_next_month(self, one_click):
        _first, second = self.unequal(OCTOBER, NOVEMBER)
        client = one_click("timur")
        item = items_of(client, "operator")["Differences that last"]
        assert item.count == 1 and str(second.uid) in item.url and client.get(item.url).status_code == 200
        reach(date(2026, 12, 1), self.women, "eligible")
        audit_month(date(2026, 12, 1), THEN)
        assert "Differences that last" not in items_of(client, "operator")


def test_every_step_stands_on_one_before():
    assert all(base == "" or STEPS.index(base) < STEPS.index(step) for step, base in BASE.items())
    assert set(TESTED) | set(LAWFUL) == set(STEPS)
