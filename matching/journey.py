"""What happens after the contract, the ways in which a match ends early, and the way back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from matching.mark import mark_vacancy
from matching.models import Match, State, Vacancy
from matching.move import bring_back, move
from matching.reasons import Withdrawn
from matching.states import BEFORE_DEPARTURE
from portal.accounts.models import User
from portal.places.days import legal_day

EXPIRES = (State.SUGGESTED, State.APPROVED, State.ACCEPTED, State.SELECTED, State.OFFERED)  # a contract that both agreed to stands


@transaction.atomic
def depart(match: Match, by: User, now: datetime) -> Match:
    """The candidate has left for the job. Their other open matches are withdrawn, and the seats of these are free again."""
    hold_vacancies_of(match.candidate_id)
    match = move(match, State.PLACED, by, now)
    withdraw_all(match.candidate_id, by, now, Withdrawn.PLACED_ELSEWHERE)
    return match


def hold_vacancies_of(*candidates: int) -> None:
    """In one order, before any of them is moved: two who do this at once wait for each other and never in a ring."""
    held = Vacancy.objects.select_for_update(of=("self",), no_key=True).filter(matches__candidate__in=candidates)
    list(held.order_by("pk").only("pk"))


def withdraw_all(candidate: int, by: User, now: datetime, reason: str) -> None:
    """All that the candidate has open before departure; the caller holds the vacancies. Suggestions nobody touched are scoring's."""
    is_open = Q(state__in=BEFORE_DEPARTURE) | Q(state=State.SUGGESTED, touched=True)
    for match in Match.objects.filter(is_open, candidate=candidate).order_by("vacancy_id"):  # as marks are spread
        withdraw(match, by, now, reason)


def end(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    return move(match, State.ENDED, by, now, reason, note)


def withdraw(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    return move(match, State.WITHDRAWN, by, now, reason, note)


def reopen(match: Match, by: User, now: datetime) -> Match:
    """What was withdrawn or has expired waits for the agency's review once more."""
    return bring_back(match, by, now)


def expire(match: Match, now: datetime) -> Match:
    """By the clock or with a vacancy that closes: no person does it."""
    return move(match, State.EXPIRED, None, now)


@transaction.atomic
def expire_all(vacancy: int, now: datetime) -> int:
    """All that is open with a vacancy that takes nobody any more; suggestions nobody touched are scoring's and go. Returns how many expired.

    Vacancy first, then the candidates in one order: two vacancies that end at once wait for each other and never in a ring.
    """
    Vacancy.objects.select_for_update(no_key=True).get(pk=vacancy)
    Match.objects.untouched().filter(vacancy=vacancy).delete()
    matches = list(Match.objects.filter(vacancy=vacancy, state__in=EXPIRES).order_by("candidate_id"))
    for match in matches:
        expire(match, now)
    return len(matches)


def expire_late(now: datetime) -> int:
    """What is still open with vacancies that started too long ago, each vacancy on its own. Returns how many matches expired."""
    tomorrow = now.date() + timedelta(days=1)  # some regions are there already
    late = Vacancy.objects.filter(
        Exists(Match.objects.filter(vacancy=OuterRef("pk"), state__in=EXPIRES)), starts_on__lt=tomorrow - Vacancy.LATE_START
    )
    return sum(_expire_if_late(pk, now) for pk in list(late.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _expire_if_late(pk: int, now: datetime) -> int:
    vacancy = Vacancy.objects.select_for_update(of=("self",), no_key=True).select_related("region").get(pk=pk)
    if vacancy.starts_on is None or vacancy.starts_on >= legal_day(now, vacancy.region) - Vacancy.LATE_START:
        return 0  # its start was moved meanwhile
    mark_vacancy(vacancy, now)
    return expire_all(pk, now)
