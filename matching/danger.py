"""Stopping vacancies to which nobody may be sent: in a danger area, of a maker of weapons, of an employer on a sanctions list.

They are closed, what is open with them expires, and whoever is concerned is told. A suspended employer's vacancies are hidden
(`Vacancy.objects.safe_on`) and not closed: a suspension ends, and they are there again.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from matching.journey import expire_all
from matching.mark import mark_vacancies_of, mark_vacancy
from matching.models import Candidate, Care, DangerArea, Match, State, Vacancy, VacancyEvent
from matching.models.vacancies import VacancyQuerySet
from matching.states import BEFORE_DEPARTURE
from matching.tell_stopped import tell_agency, tell_candidates, tell_danger_over, tell_employer, tell_lifted, tell_stopped_agency
from portal.organisations.models import Organisation, SanctionHit
from portal.places.days import legal_day
from portal.wake import wake

MOST = 10  # vacancies a call, more only of one employer: the queue has messages to carry as well
TOLD_WITHIN = timedelta(days=3)  # a worker that was away for longer tells nothing any more
STAYS = (State.AGREED, State.PLACED)  # what closing leaves as it is: whoever has not left is kept by the guard of the departure
KNOWS = (*BEFORE_DEPARTURE, State.PLACED)


def stop_unsafe_vacancies(now: datetime, *, most: int = MOST) -> int:
    """Stop those that have to be, an employer's in one transaction, so that they are told of together; returns how many were.

    Who is told is told once for each peril. It ends with the employer at whom `most` are reached.
    """
    today = now.date()  # UTC: some regions are a day ahead
    found: defaultdict[int, set[int]] = defaultdict(set)
    for day in (today, today + timedelta(days=1)):
        perils: Any = _unstopped().with_peril(day)
        for pk, employer in perils.exclude(peril="").exclude(peril=F("stopped_because")).order_by("pk").values_list("pk", "employer"):
            found[employer].add(pk)
    stopped = 0
    for _, pks in sorted(found.items()):
        stopped += _stop(pks, now)
        if stopped >= most:
            break
    return stopped


def stop_soon() -> None:
    """As soon as the caller's transaction is through. A wake-up that is lost costs no more than the minute until the next sweep."""
    transaction.on_commit(lambda: wake("matching.stop_unsafe_vacancies"))


def heed_sanctions(organisation: Organisation, now: datetime) -> None:
    """A sanctions list stops it now, or does not any more. What that stops of an employer's is told when it is stopped."""
    mark_vacancies_of(organisation, now)
    stop_soon()
    is_stopped = SanctionHit.objects.blocking(now.date()).filter(organisation=organisation).exists()
    if is_stopped and organisation.kind == Organisation.Kind.AGENCY:
        tell_stopped_agency(organisation, now)
    if not is_stopped and organisation.kind in (Organisation.Kind.AGENCY, Organisation.Kind.EMPLOYER):
        tell_lifted(organisation, now)


def tell_of_past_dangers(now: datetime) -> None:
    """A danger was over yesterday: its employers are told once which vacancies it had stopped. Those which something else stops are not."""
    today = now.date()
    ended: Any = DangerArea.objects.signed().filter(valid_to__gte=today - TOLD_WITHIN, valid_to__lte=today).select_related("region")
    for area in ended.order_by("pk"):
        day = legal_day(now, area.region)
        if area.valid_to is None or area.valid_to >= day:
            continue
        perils: Any = Vacancy.objects.filter(region=area.region, stopped_because=Vacancy.Peril.AREA).with_peril(day)
        over: defaultdict[int, list[Vacancy]] = defaultdict(list)
        for vacancy in perils.filter(peril="").select_related("employer", "region", "occupation").order_by("pk"):
            over[vacancy.employer_id].append(vacancy)
        for vacancies in over.values():
            tell_danger_over(area, vacancies, now)


def _unstopped() -> VacancyQuerySet:
    """What is published, and what is closed with somebody there or about to leave."""
    staying = Exists(Match.objects.filter(vacancy=OuterRef("pk"), state__in=STAYS))
    return Vacancy.objects.filter(Q(pk__in=Vacancy.objects.standing().order_by().values("pk")) | Q(staying, status=Vacancy.Status.CLOSED))


@transaction.atomic
def _stop(pks: Iterable[int], now: datetime) -> int:
    """Of one employer. Vacancies are locked first, then candidates, each in one order: nobody waits in a ring."""
    vacancies = []
    locked = Vacancy.objects.select_for_update(of=("self",), no_key=True).select_related("employer", "region", "occupation")
    for vacancy in locked.filter(pk__in=pks).order_by("pk"):
        perils: Any = _unstopped().filter(pk=vacancy.pk).with_peril(legal_day(now, vacancy.region)).order_by("pk")
        peril = perils.values_list("peril", flat=True).first()
        if peril and peril != vacancy.stopped_because:  # else another worker was faster, or it is tomorrow's
            vacancy.stopped_because = peril
            vacancies.append(vacancy)
    known = Match.objects.filter(vacancy__in=vacancies, state__in=KNOWS).select_related("candidate__user", "vacancy__occupation")
    matches = list(known.order_by("vacancy", "candidate"))
    people = {match.candidate_id for match in matches}
    list(Candidate.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").only("pk"))
    for vacancy in vacancies:
        if vacancy.status != Vacancy.Status.CLOSED:
            VacancyEvent.objects.create(vacancy=vacancy, before=vacancy.status, after=Vacancy.Status.CLOSED, actor=None, at=now)
        vacancy.status, vacancy.closed_at, vacancy.stopped_at = Vacancy.Status.CLOSED, vacancy.closed_at or now, now
        vacancy.save(update_fields=["status", "closed_at", "stopped_because", "stopped_at"])
        vacancy.raise_revision()
        mark_vacancy(vacancy, now)
        expire_all(vacancy.pk, now)
    for peril in Vacancy.Peril:
        because = [vacancy for vacancy in vacancies if vacancy.stopped_because == peril]
        if because:
            _tell(because, [match for match in matches if match.vacancy in because], now)
    return len(vacancies)


def _tell(vacancies: list[Vacancy], matches: list[Match], now: datetime) -> None:
    """Of an employer's vacancies that one cause has stopped, with their matches as they were before."""
    tell_candidates(matches, now)
    agency_of = {
        care.candidate_id: care.agency
        for care in Care.objects.open()
        .filter(candidate__in=[match.candidate_id for match in matches])
        .select_related("agency")
        .order_by("pk")
    }
    concerned: defaultdict[Organisation, list[Match]] = defaultdict(list)
    for match in matches:
        if match.candidate_id in agency_of:
            concerned[agency_of[match.candidate_id]].append(match)
    for agency, theirs in concerned.items():
        there = {match.vacancy_id for match in theirs}
        named = [vacancy for vacancy in vacancies if vacancy.pk in there]
        tell_agency(agency, named, [(match.candidate_id, State(match.state)) for match in theirs], now)
    tell_employer(vacancies, now)
