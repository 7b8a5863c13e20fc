"""A person wants to try a product, or does not want to any more."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from remittances.models import PilotSignUp, Product


class TrialOver(Exception):
    """The product is not tried any more."""


@transaction.atomic
def sign_up(product: Product, user: User, now: datetime) -> PilotSignUp:
    """Once a product. Whoever comes back begins anew, but is not asked a second time. Raises `TrialOver`."""
    if not Product.objects.listed(localdate(now)).filter(pk=product.pk, is_pilot=True).exists():
        raise TrialOver
    mine, _is_new = PilotSignUp.objects.select_for_update().get_or_create(product=product, user=user, defaults={"signed_up_at": now})
    if mine.left_at is not None:
        mine.left_at = None
        if mine.asked_at is None:
            mine.signed_up_at = now
        mine.save(update_fields=["left_at", "signed_up_at"])
    return mine


@transaction.atomic
def leave(mine: PilotSignUp, now: datetime) -> PilotSignUp:
    """Whoever has left is not asked. An answer that was given stays."""
    mine = PilotSignUp.objects.select_for_update().get(pk=mine.pk)
    if mine.left_at is None:
        mine.left_at = now
        mine.save(update_fields=["left_at"])
    return mine
