"""A person says whom a sanctions list means: the provider whose name agrees with it, or somebody else."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from remittances import rules
from remittances.models import ProviderHit


@transaction.atomic
def decide_hit(hit: ProviderHit, verdict: str, reason: str, *, by: User, now: datetime) -> ProviderHit:
    """`verdict` is SAME, which keeps the provider off every page, or OTHER, which lifts this hit; deciding anew replaces both.

    Raises `ValueError` without a verdict or a reason, `PermissionDenied` for whoever is no operator.
    """
    if verdict not in (ProviderHit.Verdict.SAME, ProviderHit.Verdict.OTHER) or not reason.strip():
        raise ValueError("A verdict has a reason.")
    if not rules.can_decide_hit(by):
        raise PermissionDenied
    locked = ProviderHit.objects.select_for_update().get(pk=hit.pk)
    locked.verdict, locked.reason, locked.decided_by, locked.decided_at = verdict, reason.strip(), by, now
    locked.save(update_fields=["verdict", "reason", "decided_by", "decided_at"])
    return locked
