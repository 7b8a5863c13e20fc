"""The table of a match's moves: from where to where, who, on what condition, and whether a reason is asked. Read it aloud."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching import reasons
from matching.models import Care, Match, State, Vacancy
from matching.models.matches import SEAT_HOLDING
from portal.organisations.models import SanctionHit

S = State


class Role(StrEnum):
    """Who somebody is to one match. The same person may be several, or nobody."""

    AGENCY = "agency"  # has the candidate in its open care
    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    SAFAR = "safar"  # no person: the clock


Guard = Callable[[Match, date], Promise | None]  # what stands in the way on that day, or None


def is_safe(match: Match, day: date) -> Promise | None:
    """A suspension, a danger area and a name on a sanctions list stop whatever is going on, up to the departure."""
    if not Vacancy.objects.safe_on(day).filter(pk=match.vacancy_id).exists():
        return _("Nobody is sent there now: the employer is suspended, or the place is dangerous.")
    agencies = Care.objects.open().filter(candidate=match.candidate_id).order_by().values("agency")
    listed = SanctionHit.objects.blocking(day).filter(organisation__in=agencies).exists()
    return _("The agency’s name is on a sanctions list. It sends nobody until Safar has found out whether it is meant.") if listed else None


def vacancy_is_open(match: Match, day: date) -> Promise | None:
    vacancy = match.vacancy
    if vacancy.status != Vacancy.Status.PUBLISHED or vacancy.employer.vetted_at is None:
        return _("This vacancy is closed.")
    if vacancy.starts_on is not None and vacancy.starts_on < day - Vacancy.LATE_START:
        return _("This vacancy started too long ago.")
    return is_safe(match, day)


def seat_is_left(match: Match, day: date) -> Promise | None:
    return vacancy_is_open(match, day) or (None if match.vacancy.seats_left > 0 else _("No place is left in this vacancy."))


def may_go(match: Match, day: date) -> Promise | None:
    """Asked with the candidate's row locked."""
    if danger := is_safe(match, day):
        return danger
    others = Match.objects.filter(candidate=match.candidate_id, state__in=(S.AGREED, S.PLACED)).exclude(pk=match.pk)
    return _("This candidate has already agreed to another job.") if others.exists() else None


@dataclass(frozen=True, slots=True)
class Transition:
    before: State
    after: State
    by: frozenset[Role]
    reasons: type[TextChoices] | None = None
    guard: Guard | None = None

    @property
    def seats(self) -> int:
        """What the move adds to the vacancy's seats taken. Who has left for the job keeps the seat, also when it ends."""
        if self.after == S.ENDED:
            return 0
        return int(self.after in SEAT_HOLDING) - int(self.before in SEAT_HOLDING)


def _row(before: State, after: State, *by: Role, asks: type[TextChoices] | None = None, guard: Guard | None = None) -> Transition:
    return Transition(before, after, frozenset(by), asks, guard)


AGENCY, CANDIDATE, EMPLOYER, SAFAR = Role
BEFORE_DEPARTURE = (S.APPROVED, S.ACCEPTED, S.SELECTED, S.OFFERED, S.AGREED)

TRANSITIONS: tuple[Transition, ...] = (
    _row(S.SUGGESTED, S.APPROVED, AGENCY, guard=seat_is_left),
    _row(S.SUGGESTED, S.DECLINED, AGENCY, asks=reasons.Declined),
    _row(S.APPROVED, S.ACCEPTED, CANDIDATE, guard=vacancy_is_open),
    _row(S.APPROVED, S.TURNED_DOWN, CANDIDATE, asks=reasons.TurnedDown),
    _row(S.ACCEPTED, S.SELECTED, EMPLOYER, guard=seat_is_left),
    _row(S.ACCEPTED, S.REJECTED, EMPLOYER, asks=reasons.Rejected),
    _row(S.SELECTED, S.REJECTED, EMPLOYER, asks=reasons.Rejected),
    _row(S.SELECTED, S.OFFERED, AGENCY, guard=is_safe),
    _row(S.OFFERED, S.OFFERED, AGENCY, guard=is_safe),  # new terms: a new offer
    _row(S.AGREED, S.OFFERED, AGENCY, guard=is_safe),  # the same, after a yes to other terms
    _row(S.OFFERED, S.AGREED, CANDIDATE, guard=may_go),
    _row(S.OFFERED, S.REFUSED, CANDIDATE, asks=reasons.Refused),
    _row(S.AGREED, S.PLACED, AGENCY, guard=may_go),
    _row(S.PLACED, S.ENDED, AGENCY, asks=reasons.Ended),
    _row(S.SUGGESTED, S.WITHDRAWN, AGENCY, asks=reasons.Withdrawn),
    *(_row(before, S.WITHDRAWN, AGENCY, CANDIDATE, asks=reasons.Withdrawn) for before in BEFORE_DEPARTURE),
    *(_row(before, S.EXPIRED, SAFAR) for before in (S.SUGGESTED, *BEFORE_DEPARTURE)),
)
TABLE = {(row.before, row.after): row for row in TRANSITIONS}
