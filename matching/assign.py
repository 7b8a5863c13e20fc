"""Whose case a match is at the agency."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.models import Care, Match
from matching.move import NotAllowed, NotPossible, locked, roles_of
from matching.states import Role
from portal.accounts.models import User
from portal.organisations.models import Organisation


@transaction.atomic
def assign(match: Match, to: User | None, by: User, now: datetime) -> Match:
    """To a colleague of the agency that has the care, to oneself, or to nobody."""
    match = locked(match)
    if Role.AGENCY not in roles_of(by, match):
        raise NotAllowed
    care = Care.objects.open().filter(candidate=match.candidate_id)
    if to is not None and not care.filter(agency__in=Organisation.objects.of_member(to, Organisation.Kind.AGENCY)).exists():
        raise NotPossible(_("This person does not work at your agency any more. Choose somebody else."))
    match.assigned_to = to
    match.save(update_fields=["assigned_to"])
    return match
