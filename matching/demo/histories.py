"""The demo's matches in every state: moved by the demo's own people, through the use cases, on past days and in the order of these days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone

from matching import answer, contract, journey, reasons, review, select
from matching.demo.plan import OF_THE_CAST, TO_AGREED, TO_OFFER, Path, Plan, make_plan
from matching.demo.seed import Sizes, uid_of
from matching.forms.offer import from_vacancy
from matching.models import Candidate, Care, Given, Match, Offer, ScoringMark, State, Vacancy
from matching.publish import close_vacancy
from matching.score import hold_full_runs, open_full_run, start_full_run
from matching.score_vacancies import hold
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Membership

Report = Callable[[int, int], None]

# Farrukh is left for whoever tries the demo; Aigul has a vacancy to answer and was away before, Dilnoza a contract to read.
CAST: dict[str | None, Path] = {
    PEOPLE["farrukh"].phone: (),
    PEOPLE["aigul"].phone: (State.APPROVED,),
    PEOPLE["dilnoza"].phone: TO_OFFER,
}
BEFORE: dict[str | None, Path] = {PEOPLE["aigul"].phone: (*TO_AGREED, State.PLACED, State.ENDED)}


@dataclass(frozen=True, slots=True)
class Actors:
    """Who moves one match. For a candidate without an account the agency answers; `second` confirms what is an exception."""

    staff: User
    second: User
    candidate: User
    employer: User


def load_demo_histories(sizes: Sizes, now: datetime, report: Report = lambda done, total: None) -> bool:
    """Everything that has happened, and a full run that scores what stands then: both or neither. Returns whether that is so.

    It is not while another full run is open, which may have read the lists before. Done once is done for ever.
    """
    if Match.objects.filter(uid=uid_of("match-0")).exists():
        return True
    with transaction.atomic():
        hold_full_runs()
        if open_full_run() is not None:
            return False
        published = Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED)
        hold(published.order_by("pk").values_list("pk", flat=True))
        # Vacancies before anything else, as people's moves lock: whoever tries the demo meanwhile comes first or waits, and nobody deadlocks.
        list(published.select_for_update(no_key=True).order_by("pk").only("pk"))
        vacancies = sorted(
            published.with_asked().select_related("created_by", "occupation"),
            key=lambda vacancy: (vacancy.uid not in OF_THE_CAST, vacancy.uid),
        )
        Match.objects.untouched().filter(vacancy__in=vacancies).delete()  # the run makes them anew
        busy = set(Match.objects.order_by().values_list("candidate", flat=True))  # with somebody who tries the demo already
        people = dict(Candidate.objects.filter(user__phone__in=CAST).values_list("pk", "user__phone"))
        cast = {pk: CAST[phone] for pk, phone in people.items() if pk not in busy and CAST[phone]}
        before = {pk: BEFORE[phone] for pk, phone in people.items() if pk in cast and phone in BEFORE}
        plan = make_plan(vacancies, cast, before, {*people, *busy}, sizes, now)
        Match.objects.bulk_create(history.match for history in plan.histories)
        _live_through(plan, report)
        ScoringMark.objects.all().delete()  # the run reads whatever left them
        start_full_run(timezone.now())
    return True


def _live_through(plan: Plan, report: Report) -> None:
    staff, operator = _staff_by_candidate(), User.objects.get(email=PEOPLE["timur"].email)
    days: list[tuple[datetime, int, Callable[[], object]]] = []
    for history in plan.histories:
        match = history.match
        colleagues = staff[match.candidate_id]
        who = history.chance.choice(colleagues)
        second = colleagues[colleagues.index(who) - 1] if colleagues[1:] else operator
        actors = Actors(who, second, match.candidate.user or who, match.vacancy.created_by)
        for at, state in history.moves:
            days.append((at, match.pk, _move(match, state, actors, at, history.chance)))
    for at, vacancy in plan.closings:
        days.append((at, 0, _closing(vacancy, at)))
    days.sort(key=lambda step: step[:2])
    for done, (_at, _pk, step) in enumerate(days):
        if done % 50 == 0:
            report(done, len(days))
        step()
    report(len(days), len(days))


def _closing(vacancy: Vacancy, at: datetime) -> Callable[[], object]:
    return lambda: close_vacancy(vacancy, by=vacancy.created_by, now=at)


def _staff_by_candidate() -> dict[int, list[User]]:
    people: dict[int, list[User]] = {}
    for membership in Membership.objects.filter(organisation__kind="agency").select_related("user").order_by("pk"):
        people.setdefault(membership.organisation_id, []).append(membership.user)
    care = Care.objects.open().filter(agency__in=people).order_by("pk").values_list("candidate", "agency")
    return {candidate: people[agency] for candidate, agency in care}


def _move(match: Match, to: State, actors: Actors, at: datetime, chance: Random) -> Callable[[], object]:
    """The use case that brings a match to a state, as its person would call it at that moment."""

    def because(why: type[TextChoices], *but: str) -> str:
        return chance.choice([code for code in why.values if code not in but])

    def approve() -> None:
        if review.approve(match, staff, at).state == State.SUGGESTED:
            review.approve(match, actors.second, at + timedelta(minutes=1))

    staff, candidate, employer = actors.staff, actors.candidate, actors.employer
    steps: dict[State, Callable[[], object]] = {
        State.APPROVED: approve,
        State.DECLINED: lambda: review.decline(match, staff, at, because(reasons.Declined)),
        State.ACCEPTED: lambda: answer.accept(match, candidate, at),
        State.TURNED_DOWN: lambda: answer.turn_down(match, candidate, at, because(reasons.TurnedDown)),
        State.SELECTED: lambda: select.select(match, employer, at),
        State.REJECTED: lambda: select.reject(match, employer, at, because(reasons.Rejected)),
        State.OFFERED: lambda: contract.enter_offer(match, an_offer(match.vacancy, chance), staff, at),
        State.AGREED: lambda: contract.agree(match, 1, candidate, at),
        State.REFUSED: lambda: contract.refuse(match, candidate, at, because(reasons.Refused)),
        State.PLACED: lambda: journey.depart(match, staff, at),
        State.ENDED: lambda: journey.end(match, staff, at, because(reasons.Ended)),
        State.WITHDRAWN: lambda: journey.withdraw(match, staff, at, because(reasons.Withdrawn, reasons.Withdrawn.PLACED_ELSEWHERE)),
    }
    return steps[to]


COSTS = (Given.HOME, Given.PAPERS, Given.MEDICAL, Given.INSURANCE, Given.CLOTHES)


def an_offer(vacancy: Vacancy, chance: Random) -> Offer:
    """What was promised; in every third contract something is different, and stands in red."""
    told = {
        "employer_address": vacancy.address,
        "hours_a_week": chance.choice([40, 40, 40, 48]),
        "overtime": Offer.Overtime.AGREED,
        "days_off": 1,
        "leave_days": 28,
        "notice_days": 14,
        "paid_on": [10, 25],
    }
    offer = Offer(**from_vacancy(vacancy) | told)
    different = chance.choice(["", "", "", "", "address", "start"])
    if different == "address":
        offer.address = f"{vacancy.address}, корп. 2"
    elif different == "start":
        offer.starts_on += timedelta(days=7)
    if offer.hours_a_week == 40:
        offer.days_off, offer.overtime = 2, Offer.Overtime.NONE
    offer.ends_on = chance.choice([None, offer.starts_on + timedelta(days=365)])
    offer.conditions = [*vacancy.conditions, *(code for code in COSTS if chance.random() < 0.6)]
    return offer
