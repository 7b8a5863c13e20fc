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
    list(Vacancy.objects.select_for_update(no_key=True).filter(matches__candidate=match.candidate_id).order_by("pk").only("pk"))
    match = move(match, State.PLACED, by, now)
    for other in Match.objects.filter(candidate=match.candidate_id, state__in=BEFORE_DEPARTURE).order_by("pk"):
        withdraw(other, by, now, Withdrawn.PLACED_ELSEWHERE)
    return match


def end(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    return move(match, State.ENDED, by, now, reason, note)


def withdraw(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    return move(match, State.WITHDRAWN, by, now, reason, note)


def expire(match: Match, now: datetime) -> Match:
    """By the clock or with a vacancy that closes: no person does it."""
    return move(match, State.EXPIRED, None, now)
