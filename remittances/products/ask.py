"""Thirty days after signing up Safar asks once how it went."""

from datetime import datetime

from django.db import transaction

from portal.outbox.tell import tell
from remittances.models import PilotSignUp
from remittances.products.notices import HowDidItGo


def ask_due(now: datetime) -> int:
    """Returns how many were asked."""
    waiting = PilotSignUp.objects.filter(user__isnull=False, left_at=None, asked_at=None)
    due = waiting.filter(signed_up_at__lte=now - PilotSignUp.ASKED_AFTER).order_by("pk")
    return sum(_ask(pk, now) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _ask(pk: int, now: datetime) -> bool:
    """Looked at again with the row held: they may be leaving, and another worker may be at it too."""
    mine = PilotSignUp.objects.select_for_update(of=("self",)).select_related("product", "user").filter(pk=pk).first()
    if mine is None or mine.user is None or mine.left_at or mine.asked_at:
        return False
    mine.asked_at = now
    mine.save(update_fields=["asked_at"])
    tell(mine.user, HowDidItGo(mine.product), now, f"trial-{mine.pk}")
    return True
