"""The demo's matches in every state, moved by the demo's own people after scoring. What somebody changed in the demo stays."""

from datetime import datetime

from django.db import transaction

from matching import answer, contract, journey, review, select
from matching.models import Care, Match, Offer, State
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation

CAST_PHONES = [person.phone for person in PEOPLE.values() if person.phone]

ENDS = [state for state in State if state != State.SUGGESTED]


def load_demo_matches(now: datetime) -> None:
    """One match for each state, where scoring has suggested enough; nothing when somebody has already acted on any."""
    if Match.objects.filter(touched=True).exists():
        return
    people: set[int] = set()
    left = list(ENDS)
    for match in _candidates_for_moving():
        if not left:
            return
        if match.candidate_id in people:
            continue
        with transaction.atomic():
            _bring(match, left[0], now)
        people.add(match.candidate_id)
        left.pop(0)


def _candidates_for_moving() -> list[Match]:
    """Suggestions below each vacancy's best, where the demo has people on both sides: the best and the cast stay for the desk."""
    staffed = Membership.objects.values("organisation")
    care = Care.objects.open().filter(agency__in=staffed)
    rows = Match.objects.untouched().filter(rank__gt=2, candidate__in=care.values("candidate"), vacancy__employer__in=staffed)
    rows = rows.exclude(candidate__user__phone__in=CAST_PHONES).select_related("vacancy__employer", "candidate__user")
    return list(rows.order_by("vacancy", "-rank", "pk"))


def _bring(match: Match, state: State, now: datetime) -> None:
    care = Care.objects.open().get(candidate=match.candidate_id)
    staff = _member(care.agency)
    employer = _member(match.vacancy.employer)
    candidate = match.candidate.user or staff
    if state == State.DECLINED:
        review.decline(match, staff, now, "papers")
        return
    review.approve(match, staff, now)
    if state == State.TURNED_DOWN:
        answer.turn_down(match, candidate, now, "place")
    elif state == State.WITHDRAWN:
        journey.withdraw(match, staff, now, "health")
    elif state == State.EXPIRED:
        journey.expire(match, now)
    elif state != State.APPROVED:
        _after_the_yes(match, state, staff, candidate, employer, now)


def _after_the_yes(match: Match, state: State, staff: User, candidate: User, employer: User, now: datetime) -> None:
    answer.accept(match, candidate, now)
    if state == State.ACCEPTED:
        return
    if state == State.REJECTED:
        select.reject(match, employer, now, "language")
        return
    select.select(match, employer, now)
    if state == State.SELECTED:
        return
    contract.enter_offer(match, _offer(match), staff, now)
    if state == State.REFUSED:
        contract.refuse(match, candidate, now, "hours")
    elif state != State.OFFERED:
        contract.agree(match, 1, candidate, now)
        if state in (State.PLACED, State.ENDED):
            journey.depart(match, staff, now)
        if state == State.ENDED:
            journey.end(match, staff, now, "finished")


def _member(organisation: Organisation) -> User:
    return Membership.objects.filter(organisation=organisation).select_related("user")[:1].get().user


def _offer(match: Match) -> Offer:
    """What was promised, but for the hours and the address: the demo shows a difference in red."""
    vacancy = match.vacancy
    assert vacancy.wage_amount is not None and vacancy.starts_on is not None
    return Offer(
        employer_name=vacancy.employer.name,
        job_title=str(vacancy),
        address=f"{vacancy.address}, 2",
        wage_amount=vacancy.wage_amount,
        wage_currency=vacancy.wage_currency,
        wage_period=vacancy.wage_period,
        wage_basis=vacancy.wage_basis,
        hours_a_week=48,
        starts_on=vacancy.starts_on,
        conditions=vacancy.conditions,
        pay_days="10, 25",
    )
