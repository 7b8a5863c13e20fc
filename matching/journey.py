"""What happens after the contract, and the ways in which a match ends early."""

from datetime import datetime

from django.db import transaction

from matching.models import Match, State, Vacancy
from matching.move import move
from matching.reasons import Withdrawn
from matching.states import BEFORE_DEPARTURE
from portal.accounts.models import User


@transaction.atomic
def depart(match: Match, by: User, now: datetime) -> Match:
    """The candidate has left for the job. Their other open matches are withdrawn, and the seats of these are free again."""
    hold_vacancies_of(match.candidate_id)
    match = move(match, State.PLACED, by, now)
    withdraw_all(match.candidate_id, by, now, Withdrawn.PLACED_ELSEWHERE)
    return match


def hold_vacancies_of(candidate: int) -> None:
    """In one order, before any of them is moved: two who do this at once wait for each other and never in a ring."""
    list(Vacancy.objects.select_for_update(no_key=True).filter(matches__candidate=candidate).order_by("pk").only("pk"))


def withdraw_all(candidate: int, by: User, now: datetime, reason: str) -> None:
    """All that the candidate has open before departure; the caller holds the vacancies."""
    for match in Match.objects.filter(candidate=candidate, state__in=BEFORE_DEPARTURE).order_by("pk"):
        withdraw(match, by, now, reason)


def end(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    return move(match, State.ENDED, by, now, reason, note)


def withdraw(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    return move(match, State.WITHDRAWN, by, now, reason, note)


def expire(match: Match, now: datetime) -> Match:
    """By the clock or with a vacancy that closes: no person does it."""
    return move(match, State.EXPIRED, None, now)
