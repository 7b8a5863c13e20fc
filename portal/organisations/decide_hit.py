"""A person says whom a sanctions list means: the organisation whose name agrees with it, or somebody else."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.find_hits import tell_of_changes
from portal.organisations.models import SanctionHit


@transaction.atomic
def decide_hit(hit: SanctionHit, verdict: str, reason: str, *, by: User, now: datetime) -> SanctionHit:
    """`verdict` is SAME, which keeps the organisation stopped, or OTHER, which lifts this hit; deciding anew replaces both.

    Raises `ValueError` without a verdict or a reason, `PermissionDenied` for whoever may not vet the organisation.
    """
    if verdict not in (SanctionHit.Verdict.SAME, SanctionHit.Verdict.OTHER) or not reason.strip():
        raise ValueError("A verdict has a reason.")
    if not rules.can_vet(by, hit.organisation):
        raise PermissionDenied
    locked = SanctionHit.objects.select_for_update().get(pk=hit.pk)
    with tell_of_changes(now):
        locked.verdict, locked.reason, locked.decided_by, locked.decided_at = verdict, reason.strip(), by, now
        locked.save(update_fields=["verdict", "reason", "decided_by", "decided_at"])
    return locked
