"""How a worker wants to be asked, and whom they trust."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from matching.models import Match
from placements.models import CheckIn, Placement
from placements.own import hold_match
from portal.accounts.models import User
from portal.outbox.choose_ways import choose_ways
from portal.outbox.models import Channel, Message, Purpose


@dataclass(frozen=True, slots=True)
class Choices:
    """`trusted_name` and `trusted_phone` go together."""

    hours: str
    channel: Channel
    trusted_name: str = ""
    trusted_phone: str = ""
    may_ask_trusted: bool = False


@transaction.atomic
def choose(match: Match, by: User, choices: Choices, now: datetime) -> Placement:
    """From the worker's yes to the contract on, and again whenever they like. The channel is that of this kind of news everywhere."""
    hold_match(match, by)
    placement, _is_new = Placement.objects.get_or_create(match=match)
    if placement.trusted_phone and placement.trusted_phone != choices.trusted_phone:
        _forget(placement, by)  # what one person may know is not for another
    placement.hours, placement.chosen_at = choices.hours, now
    placement.trusted_name, placement.trusted_phone = choices.trusted_name, choices.trusted_phone
    placement.may_ask_trusted = bool(choices.trusted_phone) and choices.may_ask_trusted
    placement.save(update_fields=["hours", "chosen_at", "trusted_name", "trusted_phone", "may_ask_trusted"])
    choose_ways(by, {Purpose.CHECK_IN: choices.channel})
    return placement


@transaction.atomic
def forget_trusted(match: Match, by: User) -> None:
    """At any time. Nothing of that person stays, nor what they might have known."""
    hold_match(match, by)
    for placement in Placement.objects.filter(match=match):
        _forget(placement, by)


def _forget(placement: Placement, by: User) -> None:
    """Their number goes from what was sent to them, too; what has not gone out yet does not go."""
    sent = Message.objects.filter(to=by, channel=Channel.SMS, purpose=Purpose.CHECK_IN, address=placement.trusted_phone)
    sent.waiting().delete()
    sent.update(address="")
    Placement.objects.filter(pk=placement.pk).update(trusted_name="", trusted_phone="", may_ask_trusted=False)
    family = CheckIn.Who.FAMILY
    for row in CheckIn.objects.select_for_update().filter(placement=placement, may_know__contains=[family]):
        row.help_from, row.may_know = ([who for who in named if who != family] for named in (row.help_from, row.may_know))
        row.save(update_fields=["help_from", "may_know"])
