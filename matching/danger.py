"""Stopping vacancies to which nobody may be sent: in a danger area, of a maker of weapons, of an employer on a sanctions list.

They are closed, what is open with them expires, and whoever is concerned is told. A suspended employer's vacancies are hidden
(`Vacancy.objects.safe_on`) and not closed: a suspension ends, and they are there again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from matching.journey import expire_all
from matching.mark import mark_vacancies_of, mark_vacancy
from matching.models import Care, Match, State, Vacancy
from matching.models.vacancies import VacancyQuerySet
from matching.states import BEFORE_DEPARTURE
from matching.tell_stopped import tell_agency, tell_candidate, tell_employer
from portal.organisations.models import Organisation
from portal.places.days import legal_day
from portal.wake import wake

MOST = 10  # vacancies a call: the queue has messages to carry as well
STAYS = (State.AGREED, State.PLACED)  # what closing leaves as it is: whoever has not left is kept by the guard of the departure
KNOWS = (*BEFORE_DEPARTURE, State.PLACED)


def stop_unsafe_vacancies(now: datetime, *, most: int = MOST) -> int:
    """Stop those that have to be, each in a transaction of its own; returns how many were. Who is told is told once for each peril."""
    today = now.date()  # UTC: some regions are a day ahead
    found: set[int] = set()
    for day in (today, today + timedelta(days=1)):
        perils: Any = _unstopped().with_peril(day)
        found |= set(perils.exclude(peril="").exclude(peril=F("stopped_because")).order_by("pk").values_list("pk", flat=True))
    stopped = 0
    for pk in sorted(found):
        stopped += _stop(pk, now)
        if stopped == most:
            break
    return stopped


def stop_soon() -> None:
    """As soon as the caller's transaction is through. A wake-up that is lost costs no more than the minute until the next sweep."""
    transaction.on_commit(lambda: wake("matching.stop_unsafe_vacancies"))


def heed_sanctions(organisation: Organisation, now: datetime) -> None:
    """A sanctions list stops it now, or does not any more."""
    mark_vacancies_of(organisation, now)
    stop_soon()


def _unstopped() -> VacancyQuerySet:
    """What is published, and what is closed with somebody there or about to leave."""
    staying = Exists(Match.objects.filter(vacancy=OuterRef("pk"), state__in=STAYS))
    return Vacancy.objects.filter(Q(status=Vacancy.Status.PUBLISHED) | Q(staying, status=Vacancy.Status.CLOSED))


@transaction.atomic
def _stop(pk: int, now: datetime) -> bool:
    vacancy = Vacancy.objects.select_for_update(of=("self",), no_key=True).select_related("employer", "region").get(pk=pk)
    day = legal_day(now, vacancy.region)
    perils: Any = _unstopped().filter(pk=pk).with_peril(day).order_by("pk")
    peril = perils.values_list("peril", flat=True).first()
    if not peril or peril == vacancy.stopped_because:
        return False  # another worker was faster, or it is tomorrow's
    matches = list(Match.objects.filter(vacancy=vacancy, state__in=KNOWS).select_related("candidate__user").order_by("candidate"))
    vacancy.status, vacancy.closed_at = Vacancy.Status.CLOSED, vacancy.closed_at or now
    vacancy.stopped_because, vacancy.stopped_at = peril, now
    vacancy.save(update_fields=["status", "closed_at", "stopped_because", "stopped_at"])
    vacancy.raise_revision()
    mark_vacancy(vacancy, now)
    expire_all(pk, now)
    _tell(vacancy, matches, now)
    return True


def _tell(vacancy: Vacancy, matches: Iterable[Match], now: datetime) -> None:
    """`matches` as they were before."""
    states = {match.candidate_id: State(match.state) for match in matches}
    for match in matches:
        if match.candidate.user is not None:
            tell_candidate(match.candidate.user, now)
    concerned: defaultdict[Organisation, Counter[State]] = defaultdict(Counter)
    for care in Care.objects.open().filter(candidate__in=states).select_related("agency").order_by("pk"):
        concerned[care.agency][states[care.candidate_id]] += 1
    for agency, counts in concerned.items():
        tell_agency(agency, vacancy, counts, now)
    tell_employer(vacancy, now)
