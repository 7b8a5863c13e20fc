"""Whose name and phone an operator may open because they have to be called."""

from matching.models import Candidate
from placements.models import CallTask
from portal.organisations.models import Person


def may_open_called(user: Person, candidate: Candidate) -> bool:
    """While the call is open. On hooks.may_open_person."""
    return CallTask.objects.visible_to(user).open().filter(placement__match__candidate=candidate).exists()
