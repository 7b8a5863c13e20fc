"""People at once, with real transactions: nobody waits in a ring, one is first, and whoever comes too late reads what came first."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from matching import contract, journey, review, select, verdict
from matching.care import choose_agency
from matching.edit import TermsArePromised, change_vacancy
from matching.models import Candidate, Match, MatchEvent, Occupation, SecondLook, State, Vacancy
from matching.move import NotAllowed, NotPossible
from matching.questions import answer, ask
from portal.organisations.models import Membership
from tests.matching.factories import a_candidate, a_match, a_member, a_user, a_vacancy, an_agency, an_organisation
from tests.matching.test_seats import at_once
from tests.people import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("gate_is_open")]
TIMES = 4


class Office:
    """An agency with two colleagues, an employer, and one vacancy for many."""

    def __init__(self) -> None:
        self.agency, self.employer = an_agency(), an_organisation("employer", "RU")
        self.staff, self.colleague, self.boss = a_member(self.agency), a_member(self.agency), a_member(self.employer)
        self.vacancy = a_vacancy(self.employer, self.boss, openings=100)

    def matches(self, state: State, count: int = TIMES) -> list[Match]:
        return [a_match(self.vacancy, a_candidate(self.agency, a_user()), state, self.colleague) for _ in range(count)]


@pytest.fixture
def office(fresh_db) -> Office:
    return Office()


def caught(act: Callable[[], object], *refusals: type[Exception]) -> Callable[[], object]:
    def run() -> object:
        try:
            return act()
        except refusals as refusal:
            return refusal

    return run


def first_of(outcomes: Iterable[object]) -> tuple[Match, NotPossible]:
    """The one who won, and what the other one was told."""
    won, lost = sorted(outcomes, key=lambda outcome: isinstance(outcome, Exception))
    assert isinstance(won, Match) and isinstance(lost, NotPossible)
    return won, lost


def test_approve_and_decline(office):
    for match in office.matches(State.SUGGESTED):
        won, lost = first_of(
            at_once(partial(review.approve, match, office.staff, NOW), partial(review.decline, match, office.colleague, NOW, "skills"))
        )
        first = match.events.get()
        assert (won.state, lost.faster, lost.faster.actor) == (first.after, first, first.actor)
        assert Match.objects.get(pk=match.pk).state == first.after


def test_withdraw_while_the_employer_selects(office):
    """Whoever was chosen a moment before may still leave, and the seat is free again."""
    for match in office.matches(State.ACCEPTED):
        left, chosen = at_once(
            partial(journey.withdraw, match, match.candidate.user, NOW, "health"), partial(select.select, match, office.boss, NOW)
        )
        assert left.state == State.WITHDRAWN == Match.objects.get(pk=match.pk).state
        assert isinstance(chosen, Match) or chosen.faster.after == State.WITHDRAWN
        assert Vacancy.objects.get(pk=office.vacancy.pk).seats_taken == 0


def test_agree_while_the_employer_edits(office):
    """What somebody holds in their hands to sign cannot be changed by the vacancy."""
    other = Occupation.objects.exclude(pk=office.vacancy.occupation_id).order_by("pk").first()
    for number, match in enumerate(office.matches(State.OFFERED)):
        values = {"wage_amount": Decimal(60_000 + number), "occupation": other}
        agreed, edited = at_once(
            partial(contract.agree, match, 1, match.candidate.user, NOW),
            caught(partial(change_vacancy, office.vacancy, values, office.boss, NOW), TermsArePromised),
        )
        assert agreed.state == State.AGREED and isinstance(edited, TermsArePromised)
        assert agreed.offers.get().agreed_at == NOW
    assert Vacancy.objects.get(pk=office.vacancy.pk).wage_amount == office.vacancy.wage_amount


def test_care_changed_while_approving(office):
    other = an_agency()
    for match in office.matches(State.SUGGESTED):
        approved, care = at_once(
            caught(partial(review.approve, match, office.staff, NOW), NotAllowed), partial(choose_agency, match.candidate, other, NOW)
        )
        assert care.agency == other and match.candidate.care.open().get() == care
        assert Match.objects.get(pk=match.pk).state == (State.APPROVED if isinstance(approved, Match) else State.SUGGESTED)
        with pytest.raises(NotAllowed):
            journey.withdraw(match, office.staff, NOW, "health")


def test_two_colleagues_decide_on_the_same_rows(office, one_click, cast):
    for key in ("manizha", "rustam"):
        Membership.objects.filter(user=cast[key]).delete()
        Membership.objects.create(user=cast[key], organisation=office.agency)
    matches, clients = office.matches(State.SUGGESTED), [one_click("manizha"), one_click("rustam")]
    data = {"act": "approve", "match": [str(match.uid) for match in matches]}
    pages = [
        page.content.decode() for page in at_once(*[partial(client.post, "/en/jobs/desk/waiting/decide/", data) for client in clients])
    ]
    done = [int(re.search(r"Done: (\d+) of 4", page)[1]) for page in pages]
    assert sum(done) == len(matches) and [match.events.get().after for match in matches] == [State.APPROVED] * len(matches)
    for page, count, other in zip(pages, done, ("rustam", "manizha"), strict=True):
        assert page.count(f"{cast[other].email} was faster: approved") == len(matches) - count


def test_a_verdict_while_the_candidate_asks_for_another_look(office):
    reader = a_member(an_agency())
    for match in office.matches(State.DECLINED):
        look = SecondLook.objects.create(match=match, agency=reader.memberships.get().organisation, asked_at=NOW)
        given, again = at_once(
            partial(verdict.give_verdict, look, reader, SecondLook.Verdict.DIFFERS, "Both papers are there.", NOW),
            partial(review.look_again, match, match.candidate.user, NOW),
        )
        assert given.verdict == "differs" and match.events.filter(after=State.SUGGESTED).count() == 1
        assert isinstance(again, Match) or again.faster.actor == reader


def test_interest_twice_is_one_match(office, market):
    vacancy, person = market.vacancy(), a_user()
    candidate = market.candidate(user=person)
    now = market.now + timedelta(minutes=1)
    found = at_once(*[lambda: review.express_interest(Candidate.objects.get(pk=candidate.pk), vacancy, person, now)] * 2)
    assert found[0] == found[1] == Match.objects.get(candidate=candidate)
    assert not MatchEvent.objects.filter(match=found[0]).exists()


def test_two_answers_to_one_question(office):
    for match in office.matches(State.APPROVED):
        question = ask(match, match.candidate.user, "Is there a bus?", NOW)
        outcomes = at_once(partial(answer, question, office.staff, "Yes.", NOW), partial(answer, question, office.colleague, "No.", NOW))
        [late] = [outcome for outcome in outcomes if isinstance(outcome, NotPossible)]
        question.refresh_from_db()
        assert question.answer in str(late.why)
