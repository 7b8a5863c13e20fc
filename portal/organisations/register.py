"""An organisation registers itself: whoever proved a mailbox writes it down and becomes its manager. Nothing is vetted by that."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.organisations.find_hits import look_up
from portal.organisations.models import Membership, Organisation
from portal.organisations.notices import Registered
from portal.organisations.tell_members import tell_members
from portal.places.models import Country, Region

OPEN_TO = (Organisation.Kind.EMPLOYER, Organisation.Kind.AGENCY, Organisation.Kind.TRAINING_CENTRE)  # authorities are known in person


class AlreadyRegistered(Exception):
    """Its text says what to do, and nothing of who was there first."""


@dataclass(frozen=True, slots=True)
class Declared:
    kind: str
    name: str
    country: Country
    number: str
    activities: list[str] = field(default_factory=list)
    region: Region | None = None


def taken(declared: Declared) -> str:
    """Why it cannot be registered once more; empty: it can."""
    there = Organisation.objects.filter(country=declared.country)
    if there.filter(number=declared.number).exists():
        return _(
            "This number is registered already. Ask your colleagues who manages your organisation in Safar: that person can invite you."
        )
    if there.filter(kind=declared.kind, name=declared.name).exists():
        return _("This name is registered already. If it is yours, ask its manager to invite you. If not, add your town to the name.")
    return ""


def unvetted_of(user: User) -> Organisation | None:
    """The one that waits for its check: until then nobody registers another."""
    managed = Organisation.objects.filter(memberships__user=user, memberships__role=Membership.Role.MANAGER, vetted_at=None)
    return managed.exclude(kind=Organisation.Kind.AUTHORITY).first()


@transaction.atomic
def register(declared: Declared, *, by: User, now: datetime) -> Organisation:
    """Raises `AlreadyRegistered`, and `PermissionDenied` for somebody without a mailbox or with an organisation still to be checked."""
    person = User.objects.select_for_update().get(pk=by.pk)
    if not person.email or declared.kind not in OPEN_TO or unvetted_of(person):
        raise PermissionDenied
    if why := taken(declared):
        raise AlreadyRegistered(why)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                kind=declared.kind,
                name=declared.name,
                country=declared.country,
                number=declared.number,
                activities=declared.activities,
                region=declared.region,
                created_at=now,
            )
    except IntegrityError:  # somebody else at the same moment
        raise AlreadyRegistered(taken(declared)) from None
    Membership.objects.create(user=person, organisation=organisation, role=Membership.Role.MANAGER, created_at=now)
    look_up(organisation, now)
    tell_members(organisation, Registered(organisation), now)
    return organisation
