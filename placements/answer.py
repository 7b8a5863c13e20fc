"""The worker's answer to a check-in."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from matching.fees import Told, answer_about_fees
from matching.models import FeeAnswer
from matching.move import NotPossible
from placements.due import may_answer
from placements.models import NOBODY, CheckIn
from placements.open_calls import close_unneeded
from placements.own import hold_check_in
from portal.accounts.models import User

MONTH_1 = FeeAnswer.Moment.MONTH_1


@dataclass(frozen=True, slots=True)
class Answers:
    """`pay_amount` and `currency` go together."""

    pay: str
    papers: str
    place: str
    money: str
    pay_amount: Decimal | None = None
    currency: str = ""

    @property
    def is_good(self) -> bool:
        """Pay that is not due yet is no bad news."""
        Pay = CheckIn.Pay
        is_paid = self.pay in (Pay.PROMISED, Pay.NOT_YET)
        return is_paid and self.papers == CheckIn.Papers.MINE and self.place == CheckIn.Place.AGREED and self.money == NOBODY


@transaction.atomic
def answer_check_in(check_in: CheckIn, by: User, answers: Answers, now: datetime) -> CheckIn:
    """Once. A bad answer is kept as `needs_help`; whether anybody hears of it, the worker says next (allow.py)."""
    row = hold_check_in(check_in, by)
    placement = row.placement
    if row.answered_at is not None:
        raise NotPossible(_("You have answered this already. Thank you."))
    if not may_answer(row, placement, now):
        raise NotPossible(_("This is not asked now. Safar writes to you when it is time."))
    row.answered_at, row.needs_help = now, not answers.is_good
    row.pay, row.papers, row.place, row.money = answers.pay, answers.papers, answers.place, answers.money
    row.pay_amount = answers.pay_amount
    row.currency = answers.currency if answers.pay_amount is not None else ""
    row.save()
    if row.month == 1 and not FeeAnswer.objects.filter(match=placement.match, moment=MONTH_1).exists():
        told = Told(by="" if row.money == NOBODY else row.money)
        answer_about_fees(placement.match, by, told, now, MONTH_1)
    if placement.arrived_at is None and row.place == CheckIn.Place.AGREED:
        placement.arrived_at = now
        placement.save(update_fields=["arrived_at"])
    close_unneeded(placement, now)
    return row
