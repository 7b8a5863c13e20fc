"""The one way for others to read who a candidate is. Each look is written down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.timezone import localdate

from matching.models import AccessLog, Candidate, EmployerFile, FeeAnswer, Match, State
from portal import hooks
from portal.accounts.models import User
from portal.accounts.phones import show_phone
from portal.organisations.models import Organisation, Person
from portal.organisations.standing import in_good_standing

# From the candidate's yes on, until the match has come to nothing or is over, the employer knows the person.
KNOWN_TO_EMPLOYER = (State.ACCEPTED, State.SELECTED, State.OFFERED, State.AGREED, State.PLACED)


@dataclass(frozen=True, slots=True)
class PersonFields:
    given_name: str
    family_name: str
    phone: str

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def may_open_person(user: Person, candidate: Candidate) -> bool:
    """The candidate, the staff of the agency that has the care, whom the candidate has asked for help, and whoever has to call them.

    And an employer whom the candidate has said yes to, while it is vetted, not suspended and on no sanctions list.
    """
    if not user.is_authenticated:
        return False
    employers = in_good_standing(localdate()).of_member(user, Organisation.Kind.EMPLOYER)
    employers = employers.exclude(pk__in=EmployerFile.objects.suspended().values("employer"))
    return (
        Candidate.objects.visible_to(user).filter(pk=candidate.pk).exists()
        or Match.objects.filter(candidate=candidate, vacancy__employer__in=employers, state__in=KNOWN_TO_EMPLOYER).exists()
        or FeeAnswer.objects.visible_to(user).open().filter(match__candidate=candidate).exists()
        or any(may_open(user, candidate) for may_open in hooks.may_open_person)
    )


def open_person(user: Person, candidate: Candidate, now: datetime) -> PersonFields:
    """Name and phone; appends an `AccessLog` row, but not for a look at oneself. Raises `PermissionDenied`."""
    if not user.is_authenticated or not may_open_person(user, candidate):
        raise PermissionDenied
    if candidate.user_id != user.pk:
        AccessLog.objects.create(candidate=candidate, user=user, at=now)
    return _fields(candidate)


def open_people(user: User, candidates: QuerySet[Candidate], now: datetime) -> Iterator[tuple[Candidate, PersonFields]]:
    """The same of many who are in the care of the user's agencies; others are left out."""
    found = list(candidates.filter(pk__in=Candidate.objects.visible_to(user).exclude(user=user).order_by().values("pk")))
    yield from open_all(user, found, now)


def open_all(user: User, found: Sequence[Candidate], now: datetime) -> Iterator[tuple[Candidate, PersonFields]]:
    """Of people of whom the caller has found that the user may know them."""
    AccessLog.objects.bulk_create(AccessLog(candidate=candidate, user=user, at=now) for candidate in found)
    yield from ((candidate, _fields(candidate)) for candidate in found)


def _fields(candidate: Candidate) -> PersonFields:
    phone = candidate.user.phone if candidate.user is not None else candidate.phone
    return PersonFields(candidate.given_name, candidate.family_name, show_phone(phone) if phone else "")


def initials(candidate: Candidate) -> str:
    """What an employer sees before the candidate's yes: "F. R.", or a dash where no name is written."""
    return " ".join(f"{name[0].upper()}." for name in (candidate.given_name.strip(), candidate.family_name.strip()) if name) or "–"
