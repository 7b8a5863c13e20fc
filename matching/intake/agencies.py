"""Which agencies take people in."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.standing import in_good_standing


def agencies_of(user: User, now: datetime) -> QuerySet[Organisation]:
    """Those that somebody works for, while they are vetted and on no sanctions list."""
    own = in_good_standing(now.date()).of_member(user, Organisation.Kind.AGENCY)
    return own.select_related("country").order_by("name", "pk")


def check_agency(agency: Organisation, by: User, now: datetime) -> None:
    """Raises `PermissionDenied`."""
    if not agencies_of(by, now).filter(pk=agency.pk).exists():
        raise PermissionDenied
