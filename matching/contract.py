"""The contract: its terms as the agency enters them, and the candidate's answer to these terms."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matching.models import Match, Offer, State
from matching.move import NotPossible, move
from portal.accounts.models import User


@transaction.atomic
def enter_offer(match: Match, offer: Offer, by: User, now: datetime) -> Match:
    """`offer` is new and unsaved. Other terms later are another offer: the candidate's earlier yes does not hold for them."""
    match = move(match, State.OFFERED, by, now)
    offer.match, offer.number = match, match.offers.count() + 1
    offer.entered_by, offer.entered_at, offer.agreed_at = by, now, None
    offer.save(force_insert=True)
    return match


@transaction.atomic
def agree(match: Match, offer_number: int, by: User, now: datetime) -> Match:
    """To the terms that were read: `offer_number` is the offer on the candidate's page."""
    match = move(match, State.AGREED, by, now)
    newest = match.offers.last()
    if newest is None or newest.number != offer_number:
        raise NotPossible(_("The agency has entered new terms meanwhile. Read them first."))
    newest.agreed_at = now
    newest.save(update_fields=["agreed_at"])
    return match


def refuse(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    return move(match, State.REFUSED, by, now, reason, note)
