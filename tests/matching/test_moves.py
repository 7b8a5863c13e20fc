"""The table of moves: for every state, every state it could go to and every role, what the table says and nothing else."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from matching import answer, contract, journey, review, select
from matching.models import Candidate, Match, MatchEvent, ScoringMark, SecondLook, State, Vacancy
from matching.move import NotAllowed, NotPossible, move, roles_of
from matching.states import TABLE, TRANSITIONS, Role
from portal.money.demo import load_demo_rates
from tests.matching.factories import (
    DAY,
    a_candidate,
    a_match,
    a_member,
    a_user,
    a_vacancy,
    an_agency,
    an_offer,
    an_organisation,
)
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]


class World:
    """One match and a person for each role; `stranger` has the right roles, but on other objects."""

    def __init__(self) -> None:
        agency, employer = an_agency(), an_organisation("employer", "RU")
        self.reader = an_agency()
        self.vacancy = a_vacancy(employer)
        self.candidate = a_candidate(agency, a_user())
        self.people = {
            Role.AGENCY: a_member(agency),
            Role.CANDIDATE: self.candidate.user,
            Role.EMPLOYER: a_member(employer),
            Role.READER: a_member(self.reader),
            Role.SAFAR: None,
        }
        self.colleague = a_member(agency)
        self.stranger = a_user()
        other = an_agency()
        for organisation in (other, an_organisation("employer", "RU")):
            organisation.memberships.create(user=self.stranger)
        a_candidate(other, self.stranger)

    def match(self, state: State) -> Match:
        """As a colleague at the agency has brought it there; a second look is asked of another one."""
        match = a_match(self.vacancy, self.candidate, state, self.colleague)
        SecondLook.objects.create(match=match, agency=self.reader, asked_at=NOW)
        return match


@pytest.fixture
def world(db) -> World:
    return World()


def reason_for(before: State, after: State) -> str:
    row = TABLE.get((before, after))
    return row.reasons.values[0] if row and row.reasons else ""


@pytest.mark.parametrize(("before", "after"), list(product(State, State)), ids=str)
def test_every_move_by_every_role(world, before, after):
    row, reason = TABLE.get((before, after)), reason_for(before, after)
    match = world.match(before)
    events, taken = match.events.count(), match.vacancy.seats_taken
    for role, person in sorted(world.people.items(), key=lambda entry: bool(row) and entry[0] in row.by):  # the refused ones first
        if row is not None and role in row.by:
            with transaction.atomic():
                moved = move(match, after, person, NOW, reason, "a note")
                event = moved.events.last()
                assert (moved.state, event.before, event.after, event.actor, event.at) == (after, before, after, person, NOW)
                assert moved.touched and match.events.count() == events + 1
                assert seats_of(match) == taken + row.seats
                transaction.set_rollback(True)
        else:
            with pytest.raises(NotAllowed if row is not None else NotPossible):
                move(match, after, person, NOW, reason)
            match.refresh_from_db()
            assert match.state == before and match.events.count() == events and seats_of(match) == taken


def seats_of(match: Match) -> int:
    return Vacancy.objects.values_list("seats_taken", flat=True).get(pk=match.vacancy_id)


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.before}-{row.after}")
def test_right_role_on_the_wrong_object(world, row):
    match = world.match(row.before)
    with pytest.raises(NotAllowed):
        move(match, row.after, world.stranger, NOW, reason_for(row.before, row.after))
    assert roles_of(world.stranger, match) == frozenset()


@pytest.mark.parametrize("row", [row for row in TRANSITIONS if Role.CANDIDATE not in row.by], ids=lambda row: f"{row.before}-{row.after}")
def test_nobody_decides_as_staff_about_themselves(world, row):
    """Who looks for work may work at the agency, the employer and the second agency, and is only the candidate there."""
    match = world.match(row.before)
    for organisation in (match.candidate.care.get().agency, world.vacancy.employer, world.reader):
        organisation.memberships.create(user=world.candidate.user)
    with pytest.raises(NotAllowed):
        move(match, row.after, world.candidate.user, NOW, reason_for(row.before, row.after))
    assert roles_of(world.candidate.user, match) == {Role.CANDIDATE}


@pytest.mark.parametrize("row", [row for row in TRANSITIONS if row.reasons], ids=lambda row: f"{row.before}-{row.after}")
@pytest.mark.parametrize("reason", ["", "because", "x" * 50])
def test_a_reason_is_one_of_the_list(world, row, reason):
    match = world.match(row.before)
    with pytest.raises(ValueError, match="does not take the reason"):
        move(match, row.after, world.people[min(row.by)], NOW, reason)


def test_each_state_can_be_reached():
    reached = {State.SUGGESTED}
    for _ in State:
        reached |= {row.after for row in TRANSITIONS if row.before in reached}
    assert reached == set(State)


def test_the_whole_way(world):
    match = world.match(State.SUGGESTED)
    staff, candidate, employer = (world.people[role] for role in (Role.AGENCY, Role.CANDIDATE, Role.EMPLOYER))
    match = review.approve(match, staff, NOW)
    assert Candidate.objects.get(pk=match.candidate_id).last_proposed_on == DAY
    match = answer.accept(match, candidate, NOW)
    match = select.select(match, employer, NOW)
    assert match.vacancy.seats_taken == 1
    match = contract.enter_offer(match, an_offer(world.vacancy), staff, NOW)
    match = contract.enter_offer(match, an_offer(world.vacancy, hours_a_week=48), staff, NOW)
    with pytest.raises(NotPossible, match="new terms meanwhile"):
        contract.agree(match, 1, candidate, NOW)
    match = contract.agree(match, 2, candidate, NOW)
    assert [offer.agreed_at for offer in match.offers.all()] == [None, NOW]
    match = contract.enter_offer(match, an_offer(world.vacancy, hours_a_week=44), staff, NOW)
    match = contract.agree(match, 3, candidate, NOW)
    match = journey.depart(match, staff, NOW)
    match = journey.end(match, staff, NOW, "finished")
    assert [event.after for event in match.events.all()] == [
        "approved", "accepted", "selected", "offered", "offered", "agreed", "offered", "agreed", "placed", "ended",
    ]  # fmt: skip
    assert Vacancy.objects.get(pk=match.vacancy_id).seats_taken == 1  # the job was filled: ending it frees no seat


def test_first_act_freezes_the_explanation(world):
    match = world.match(State.SUGGESTED)
    load_demo_rates(DAY)
    Match.objects.filter(pk=match.pk).update(explanation=None)
    match.refresh_from_db()
    frozen = review.decline(match, world.people[Role.AGENCY], NOW, "skills").explanation
    assert frozen["points"] and frozen["fits"]["total"] == sum(part["earned"] for part in frozen["fits"]["components"])
    world.candidate.skills.all().delete()
    match.refresh_from_db()
    assert match.explanation == frozen


def test_a_match_never_moves_without_events_and_explanation(world):
    match = world.match(State.SUGGESTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(state=State.APPROVED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Match.objects.filter(pk=match.pk).update(state=State.APPROVED, touched=True, explanation=None)


def test_a_suggestion_that_scoring_took_away(world):
    match = world.match(State.SUGGESTED)
    gone = Match.objects.get(pk=match.pk)
    Match.objects.filter(pk=match.pk).delete()
    with pytest.raises(NotPossible, match="taken this suggestion away"):
        review.approve(gone, world.people[Role.AGENCY], NOW)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"status": Vacancy.Status.CLOSED}, "closed"),
        ({"starts_on": DAY - timedelta(days=31)}, "too long ago"),
        ({"openings": 1, "seats_taken": 1}, "No place is left"),
    ],
)
def test_nobody_is_approved_or_selected_for_a_vacancy_that_takes_nobody(world, change, text):
    Vacancy.objects.filter(pk=world.vacancy.pk).update(**change)
    for state, after, role in [(State.SUGGESTED, State.APPROVED, Role.AGENCY), (State.ACCEPTED, State.SELECTED, Role.EMPLOYER)]:
        Match.objects.filter(vacancy=world.vacancy).update(state=State.EXPIRED, touched=True)
        match = a_match(world.vacancy, a_candidate(world.candidate.care.get().agency, a_user()), state)
        with pytest.raises(NotPossible, match=text):
            move(match, after, world.people[role], NOW)


def test_nobody_agrees_to_two_jobs(world):
    candidate = world.people[Role.CANDIDATE]
    first = world.match(State.OFFERED)
    second = a_match(a_vacancy(), world.candidate, State.OFFERED)
    contract.agree(first, 1, candidate, NOW)
    with pytest.raises(NotPossible, match="already agreed to another job"):
        contract.agree(second, 1, candidate, NOW)


def test_departure_frees_the_seats_held_elsewhere(world):
    staff = world.people[Role.AGENCY]
    leaving, other = world.match(State.AGREED), a_match(a_vacancy(), world.candidate, State.SELECTED)
    journey.depart(leaving, staff, NOW)
    other.refresh_from_db()
    event = other.events.last()
    assert (other.state, event.actor, event.reason) == (State.WITHDRAWN, staff, "placed_elsewhere")
    assert Vacancy.objects.get(pk=other.vacancy_id).seats_taken == 0
    assert ScoringMark.objects.filter(candidate=world.candidate).exists()
    assert ScoringMark.objects.filter(vacancy=other.vacancy_id).exists()


def test_a_candidate_without_an_account_answers_through_the_agency(world):
    walk_in = a_candidate(world.candidate.care.get().agency)
    match = a_match(world.vacancy, walk_in, State.APPROVED)
    staff = world.people[Role.AGENCY]
    assert answer.accept(match, staff, NOW).events.last().actor == staff
    with pytest.raises(NotAllowed):
        answer.accept(world.match(State.APPROVED), staff, NOW)


def test_care_that_has_ended_takes_the_right_away(world):
    match = world.match(State.SUGGESTED)
    world.candidate.care.update(until=NOW)
    with pytest.raises(NotAllowed):
        review.approve(match, world.people[Role.AGENCY], NOW)


def test_who_sees_what(world):
    staff, candidate, employer = (world.people[role] for role in (Role.AGENCY, Role.CANDIDATE, Role.EMPLOYER))
    seen = {}
    for state in State:
        match = a_match(a_vacancy(world.vacancy.employer), world.candidate, state)
        seen[state] = [
            Match.objects.visible_to(person).filter(pk=match.pk).exists() for person in (staff, candidate, employer, world.stranger)
        ]
    hidden = {State.SUGGESTED, State.DECLINED}
    assert seen == {state: [True, state != State.SUGGESTED, state not in hidden, False] for state in State}
    never_shown = a_match(a_vacancy(world.vacancy.employer), world.candidate)
    journey.withdraw(never_shown, staff, NOW, "health")
    assert not Match.objects.visible_to(candidate).filter(pk=never_shown.pk).exists()


def test_expiring_is_nobodys_act(world):
    assert journey.expire(world.match(State.SELECTED), NOW).events.last().actor is None
    assert MatchEvent.objects.last().match.vacancy.seats_taken == 0
