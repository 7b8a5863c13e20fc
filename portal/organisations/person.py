"""The part of a person's data that lies with organisations."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from portal import hooks
from portal.accounts.models import User
from portal.organisations.models import Membership


def export_memberships(user: User) -> dict[str, Any]:
    memberships = Membership.objects.filter(user=user).select_related("organisation")
    return {
        _("Organisations you belong to"): [
            {_("Organisation"): membership.organisation.name, _("Role"): membership.get_role_display()} for membership in memberships
        ]
    }


@hooks.erases("organisations.Membership")
def erase_memberships(user: User, now: datetime) -> None:
    Membership.objects.filter(user=user).delete()
