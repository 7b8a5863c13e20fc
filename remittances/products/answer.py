"""What somebody says of a product that they wanted to try."""

from datetime import datetime

from django.db import transaction

from remittances.models import PilotSignUp


@transaction.atomic
def answer(mine: PilotSignUp, said: PilotSignUp.Answer, now: datetime) -> PilotSignUp:
    """Of whoever was asked; the last answer counts."""
    mine = PilotSignUp.objects.select_for_update().get(pk=mine.pk, asked_at__isnull=False)
    mine.answer, mine.answered_at = said, now
    mine.save(update_fields=["answer", "answered_at"])
    return mine
