"""The table of a match's moves: from where to where, who, on what condition, and whether a reason is asked. Read it aloud."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matching import reasons
from matching.models import AgencyLicence, Care, Match, State, Vacancy
from matching.models.matches import SEAT_HOLDING
from matching.second_person import needs_no_other
from portal.accounts.models import User
from portal.organisations.models import SanctionHit

S = State


class Role(StrEnum):
    """Who somebody is to one match. The same person may be several, or nobody."""

    AGENCY = "agency"  # has the candidate in its open care
    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    READER = "reader"  # works at the agency that Safar has asked for a second look
    OPERATOR = "operator"  # of Safar: the second person where an agency has nobody else
    SAFAR = "safar"  # no person: the clock


Guard = Callable[[Match, date, User | None], Promise | str | None]  # what stands in the way of that person on that day, or None


def is_safe(match: Match, day: date, by: User | None = None) -> Promise | str | None:
    """A suspension, a danger area and a name on a sanctions list stop whatever is going on, up to the departure."""
    if not Vacancy.objects.safe_on(day).filter(pk=match.vacancy_id).exists():
        return _("Nobody is sent there now: the employer is suspended, or the place is dangerous.")
    agencies = Care.objects.open().filter(candidate=match.candidate_id).order_by().values("agency")
    listed = SanctionHit.objects.blocking(day).filter(organisation__in=agencies).exists()
    return _("The agency’s name is on a sanctions list. It sends nobody until Safar has found out whether it is meant.") if listed else None


def vacancy_is_open(match: Match, day: date, by: User | None = None) -> Promise | str | None:
    """Also while it is paused or full: whoever is in the middle of it goes on."""
    vacancy = match.vacancy
    if vacancy.status == Vacancy.Status.REVIEW:
        return _("The employer has changed this vacancy, and Safar reads it before it goes on. Come back later.")
    if vacancy.status not in Vacancy.GOING_ON or vacancy.employer.vetted_at is None:
        return _("This vacancy is closed.")
    if vacancy.starts_on is not None and vacancy.starts_on < day - Vacancy.LATE_START:
        return _("This vacancy started too long ago.")
    return is_safe(match, day)


def seat_is_left(match: Match, day: date, by: User | None = None) -> Promise | str | None:
    return vacancy_is_open(match, day) or (None if match.vacancy.seats_left > 0 else _("No place is left in this vacancy."))


def agency_is_checked(match: Match) -> str | None:
    """The one that has the care. Safar may take its word back while people are in the middle of something; nobody new is approved then."""
    return not_checked() if Care.objects.open().filter(candidate=match.candidate_id, agency__vetted_at=None).exists() else None


def not_checked() -> str:
    return gettext("Safar has not checked your agency, or has to check it again. Until then it approves nobody; what is going on goes on.")


def agency_is_licensed(match: Match, day: date) -> str | None:
    """The agency that has the care, for the country of the work, on that day."""
    country = match.vacancy.region.country
    licences = AgencyLicence.objects.filter(agency__in=Care.objects.open().filter(candidate=match.candidate_id).order_by().values("agency"))
    licence = licences.filter(destination=country.pk).first()
    if licence is None:
        return gettext(
            "Your agency has no licence for %(country)s. Ask Safar to enter it; until then nobody is approved for work there."
        ) % {"country": country}
    if licence.valid_to is not None and licence.valid_to < day:
        text = gettext("Your agency’s licence for %(country)s ended on %(day)s. Send the new one to Safar; until then nobody is approved.")
        return text % {"country": country, "day": date_format(licence.valid_to)}
    return None


def decides_anew(match: Match, day: date, by: User | None) -> Promise | str | None:
    """Nobody decides again on what they have declined."""
    if by is not None and match.events.filter(before=S.SUGGESTED, after=S.DECLINED, actor=by).exists():
        return _("You have decided on this one before. Now a colleague of yours has to.")
    return None


def may_propose(match: Match, day: date, by: User | None) -> Promise | str | None:
    if match.vacancy.status == Vacancy.Status.PAUSED:
        return _("The employer has paused this vacancy: nobody new is proposed until it goes on.")
    return seat_is_left(match, day) or agency_is_checked(match) or agency_is_licensed(match, day) or decides_anew(match, day, by)


def may_approve(match: Match, day: date, by: User | None) -> Promise | str | None:
    return may_propose(match, day, by) or needs_no_other(match, day, by)


def may_look_again(match: Match, day: date, by: User | None) -> Promise | str | None:
    """One second look a match: by then two people have said no."""
    if match.events.filter(after=S.DECLINED).count() > 1:
        return _("Two people have looked at it and said no.")
    return seat_is_left(match, day)


def may_go(match: Match, day: date, by: User | None = None) -> Promise | str | None:
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


AGENCY, CANDIDATE, EMPLOYER, READER, OPERATOR, SAFAR = Role
BEFORE_DEPARTURE = (S.APPROVED, S.ACCEPTED, S.SELECTED, S.OFFERED, S.AGREED)

TRANSITIONS: tuple[Transition, ...] = (
    _row(S.SUGGESTED, S.SUGGESTED, AGENCY, guard=may_propose),  # an exception: the first of two signatures
    _row(S.SUGGESTED, S.APPROVED, AGENCY, OPERATOR, guard=may_approve),
    _row(S.SUGGESTED, S.DECLINED, AGENCY, OPERATOR, asks=reasons.Declined, guard=decides_anew),
    _row(S.DECLINED, S.SUGGESTED, AGENCY, CANDIDATE, READER, guard=may_look_again),  # a second look
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
    *(_row(before, S.WITHDRAWN, AGENCY, CANDIDATE, asks=reasons.Withdrawn) for before in (S.SUGGESTED, *BEFORE_DEPARTURE)),
    *(_row(before, S.EXPIRED, SAFAR) for before in (S.SUGGESTED, *BEFORE_DEPARTURE)),
    *(_row(before, S.SUGGESTED, AGENCY, CANDIDATE, guard=seat_is_left) for before in (S.WITHDRAWN, S.EXPIRED)),  # reopened
)
TABLE = {(row.before, row.after): row for row in TRANSITIONS}
