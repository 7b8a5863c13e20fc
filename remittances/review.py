"""A second person looks at a price that waits, and says whether people may see it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from remittances import rules
from remittances.models import Quote, TransferService

State = Quote.State


class NotDecidable(Exception):
    """`str()` is a sentence for whoever wanted to decide."""


@transaction.atomic
def decide_price(quote: Quote, verdict: str, reason: str, *, by: User, now: datetime) -> Quote:
    """`verdict` is ACCEPTED, which takes the place of whatever else was accepted for that day, or REFUSED. The same decision again is done already.

    Raises `ValueError` without a verdict or a reason, `PermissionDenied` for whoever is no operator, `NotDecidable` for one's own price and
    where somebody was quicker.
    """
    if verdict not in (State.ACCEPTED, State.REFUSED) or not reason.strip():
        raise ValueError("A verdict has a reason.")
    if not rules.can_review(by):
        raise PermissionDenied
    TransferService.objects.select_for_update(no_key=True).get(pk=quote.service_id)
    locked = Quote.objects.select_for_update().get(pk=quote.pk)
    if locked.state != State.HELD:
        if (locked.state, locked.decided_by_id) == (verdict, by.pk):
            return locked
        raise NotDecidable(_("Somebody has decided on this price already."))
    if locked.observed_by_id == by.pk:
        raise NotDecidable(_("You wrote this price down yourself. Another person decides."))
    if verdict == State.ACCEPTED:
        same_day = Quote.objects.filter(service=locked.service_id, observed_on=locked.observed_on, is_promotion=locked.is_promotion)
        replaced = {"decided_by": by, "decided_at": now, "decided_because": "Another price of this day took its place."}
        same_day.filter(state=State.ACCEPTED).update(state=State.REFUSED, **replaced)
    locked.state, locked.decided_by, locked.decided_at, locked.decided_because = verdict, by, now, reason.strip()
    locked.save(update_fields=["state", "decided_by", "decided_at", "decided_because"])
    return locked
