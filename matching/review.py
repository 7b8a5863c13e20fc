"""The agency looks at a suggestion: the candidate is told of the vacancy, or not."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.check_ready import matching_is_open
from matching.mark import mark_candidate
from matching.models import Candidate, Match, State
from matching.move import NotPossible, move
from portal.accounts.models import User
from portal.places.days import legal_day


@transaction.atomic
def approve(match: Match, by: User, now: datetime) -> Match:
    """From here on the candidate sees it; who has waited longest for a proposal comes first the next time. Refused while the release gate is closed."""
    if not matching_is_open():
        raise NotPossible(
            _(
                "Trial, not yet checked: Safar proposes nobody for a job until people have checked and signed everything that matching builds on."
            )
        )
    match = move(match, State.APPROVED, by, now)
    Candidate.objects.filter(pk=match.candidate_id).update(last_proposed_on=legal_day(now, match.vacancy.region))
    mark_candidate(match.candidate, now)  # among equals they come last now, in every list
    return match


def decline(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    return move(match, State.DECLINED, by, now, reason, note)
