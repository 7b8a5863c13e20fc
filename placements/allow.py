"""The worker says from whom they want help, and who may know. Nobody else ever reads the answers."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from matching.models import Care
from matching.move import NotPossible
from placements.models import CallTask, CheckIn
from placements.notices import WorkerTold, sms_to_trusted
from placements.open_calls import open_call
from placements.own import hold_check_in
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.tell_members import tell_members
from portal.outbox.models import Channel, Message, Purpose
from portal.outbox.send import send

Who = CheckIn.Who
MOST_TOLD = 3  # people of trust, one after the other: nobody sends messages to strangers at Safar's cost
HELPING = (Who.SAFAR, Who.AGENCY, Who.FAMILY, Who.HELPERS)  # the employer may know, but helps in no other way


def who_is_there(check_in: CheckIn) -> list[CheckIn.Who]:
    """Of all that could be named: not whoever wanted the money, no agency or person of trust where there is none."""
    placement = check_in.placement
    there = {
        Who.AGENCY: check_in.money != Who.AGENCY and _agency_of(check_in) is not None,
        Who.FAMILY: bool(placement.trusted_phone),
        Who.EMPLOYER: check_in.money != Who.EMPLOYER,
    }
    return [who for who in Who if there.get(who, True)]


def _agency_of(check_in: CheckIn) -> Organisation | None:
    care = Care.objects.open().filter(candidate=check_in.placement.match.candidate_id).select_related("agency").first()
    return care.agency if care else None


@transaction.atomic
def allow(check_in: CheckIn, by: User, help_from: Collection[str], may_know: Collection[str], now: datetime) -> CheckIn:
    """Whoever is to help may know. Said anew it holds from then on; nothing named: nobody. Whom it brings in hears of it once."""
    row = hold_check_in(check_in, by)
    if not row.needs_help:
        raise NotPossible(_("This is not possible any more."))
    known = {*may_know, *help_from}
    if known - set(who_is_there(row)) or set(help_from) - set(HELPING):
        raise NotPossible(_("Somebody you ticked is not there any more. Look at the list and tick again."))
    is_new_to_safar = Who.SAFAR in known - set(row.may_know)
    row.help_from, row.may_know, row.said_at = _in_order(help_from), _in_order(known), now
    row.save(update_fields=["help_from", "may_know", "said_at"])
    _call(row, is_new_to_safar, now)
    _tell(row, by, now)
    return row


def _in_order(named: Collection[str]) -> list[str]:
    return [who for who in Who if who in named]


def _call(row: CheckIn, is_new: bool, now: datetime) -> None:
    """Taken back before anybody has called: nobody calls, except about another check-in that waited for the same call."""
    if is_new:
        open_call(row.placement, CallTask.Reason.NEEDS_HELP, row, now)
    elif Who.SAFAR not in row.may_know and (call := row.calls.open().filter(reason=CallTask.Reason.NEEDS_HELP).first()):
        waiting = row.placement.check_ins.filter(may_know__contains=[Who.SAFAR], said_at__gte=call.opened_at)
        if other := waiting.order_by("-month").first():
            open_call(row.placement, CallTask.Reason.NEEDS_HELP, other, now)
        else:
            call.delete()


def _tell(row: CheckIn, by: User, now: datetime) -> None:
    """Each of them once a check-in, however often the worker says it."""
    match, phone = row.placement.match, row.placement.trusted_phone
    if Who.AGENCY in row.may_know and (agency := _agency_of(row)) is not None:
        tell_members(agency, WorkerTold(match), now, f"told-{row.uid}-{agency.pk}")
    if Who.EMPLOYER in row.may_know:
        tell_members(match.vacancy.employer, WorkerTold(match), now, f"told-{row.uid}-{match.vacancy.employer_id}")
    sent = Message.objects.filter(to=by, channel=Channel.SMS, purpose=Purpose.CHECK_IN, created_at__gte=row.answered_at)
    told = list(sent.exclude(address=by.phone).values_list("address", flat=True))
    if Who.FAMILY in row.help_from and phone not in told and len(told) < MOST_TOLD:
        with override(by.language):
            body = sms_to_trusted(match.candidate.given_name or _("somebody who trusts you"))
        send(  # the worker's own message: it is erased with them
            to=by,
            channel=Channel.SMS,
            address=phone,
            subject="",
            body=body,
            language=by.language,
            purpose=Purpose.CHECK_IN,
            now=now,
        )
