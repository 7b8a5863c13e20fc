"""Did anyone ask you for money, under any name? When it is asked, what is answered, and who sees to it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from matching.models import FeeAnswer, Match, MatchEvent, State
from matching.move import NotAllowed, NotPossible, locked
from portal.accounts.models import User

Moment = FeeAnswer.Moment
ASKED_AFTER: dict[FeeAnswer.Moment, tuple[State, timedelta]] = {  # the move, and how long after it
    Moment.ACCEPTANCE: (State.ACCEPTED, timedelta(0)),
    Moment.CONTRACT: (State.AGREED, timedelta(0)),
    Moment.DEPARTURE: (State.PLACED, timedelta(0)),
    Moment.MONTH_1: (State.PLACED, timedelta(days=30)),
}


@dataclass(frozen=True, slots=True)
class Told:
    """`by` empty: nobody asked. `amount` and `currency` go together; `told` names who may know."""

    by: str = ""
    amount: Decimal | None = None
    currency: str = ""
    told: tuple[str, ...] = ()


def moment_to_ask(match: Match, now: datetime) -> FeeAnswer.Moment | None:
    """The latest of the moments that have come and are not answered; an earlier one that was passed over is not asked any more."""
    when = dict(MatchEvent.objects.filter(match=match).order_by("at", "pk").values_list("after", "at"))
    come = [moment for moment, (after, later) in ASKED_AFTER.items() if after in when and when[after] + later <= now]
    if not come or FeeAnswer.objects.filter(match=match, moment=come[-1]).exists():
        return None
    return come[-1]


@transaction.atomic
def answer_about_fees(match: Match, by: User, told: Told, now: datetime, moment: FeeAnswer.Moment | None = None) -> FeeAnswer:
    """Once a moment; whoever asks may know which.

    Raises `NotAllowed` for anybody but the worker, staff who answer for them else too, and `NotPossible`.
    """
    match = locked(match)
    if match.candidate.user_id != by.pk:
        raise NotAllowed
    moment = moment or moment_to_ask(match, now)
    if moment is None or match.fee_answers.filter(moment=moment).exists():
        raise NotPossible(_("You have answered this already. Thank you."))
    return FeeAnswer.objects.create(
        match=match,
        moment=moment,
        asked=bool(told.by),
        by=told.by,
        amount=told.amount,
        currency=told.currency if told.amount is not None else "",
        told=list(told.told),
        answered_at=now,
    )


@transaction.atomic
def handle_fee_answer(answer: FeeAnswer, by: User, outcome: str, now: datetime) -> FeeAnswer:
    """Somebody whom the worker wanted to know has seen to it. Raises `NotAllowed`, `NotPossible`."""
    found = FeeAnswer.objects.select_for_update(of=("self",)).visible_to(by).exclude(match__candidate__user=by).filter(pk=answer.pk).first()
    if found is None:
        raise NotAllowed
    if found.handled_at is not None:
        raise NotPossible(_("A colleague was faster and wrote: “%(outcome)s”") % {"outcome": found.outcome})
    found.handled_at, found.handled_by, found.outcome = now, by, outcome
    found.save(update_fields=["handled_at", "handled_by", "outcome"])
    return found
