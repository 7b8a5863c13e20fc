"""A note of one member of an agency's staff to the others."""

from datetime import datetime

from django.db import transaction

from matching.models import Care, Match, MatchNote
from matching.move import NotAllowed, locked, roles_of
from matching.states import Role
from portal.accounts.models import User


@transaction.atomic
def note(match: Match, by: User, text: str, now: datetime) -> MatchNote:
    """`text` is of a form: not empty, and no longer than the column. It stays with the agency, also when the candidate goes on to another."""
    match = locked(match)
    if Role.AGENCY not in roles_of(by, match):
        raise NotAllowed
    care = Care.objects.open().get(candidate=match.candidate_id)
    return MatchNote.objects.create(match=match, agency_id=care.agency_id, author=by, text=text, at=now)
