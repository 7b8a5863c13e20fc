"""What a reader asks the comparison: from where to where, which sum, whose. Nonsense in the address is answered with a sentence."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.money.formats import currency_word, format_number
from portal.money.parse import LONGEST, AmountProblem, parse_amount
from portal.places.choice import chosen_corridor, likely_origin
from portal.places.corridors import DESTINATIONS, ORIGINS
from remittances.models import TransferService
from remittances.quotes import CURRENCY, Direction

# What the form begins with: about a third of a month's wage, and what a family often asks for.
PAID = {"RU": Decimal(15_000), "KZ": Decimal(100_000)}
SPEEDS = {"hour": 60, "day": 24 * 60}  # minutes
WANTED = {"TJ": Decimal(1_500), "KG": Decimal(15_000), "UZ": Decimal(2_000_000)}


@dataclass(frozen=True, slots=True)
class Ask:
    """`typed` stands in the form again. A problem is "" or a sentence; `amount` None where there is one with the sum.

    The filters `pay_in`, `pay_out` and `speed` (of `SPEEDS`) are "" for any, and so is what nobody offers.
    """

    sends_from: str
    sends_to: str
    direction: Direction
    typed: str
    amount: Decimal | None
    amount_problem: str
    pair_problem: str
    pay_in: str
    pay_out: str
    speed: str

    @property
    def filters(self) -> dict[str, str]:
        """Those that are set."""
        return {name: value for name in ("pay_in", "pay_out", "speed") if (value := getattr(self, name))}

    def fits(self, service: TransferService) -> bool:
        is_way = self.pay_in in ("", service.pay_in) and self.pay_out in ("", service.pay_out)
        return is_way and (not self.speed or service.minutes <= SPEEDS[self.speed])

    @property
    def unit(self) -> str:
        return currency_word(named_currency(self.sends_from, self.sends_to, self.direction))

    @classmethod
    def of(cls, request: HttpRequest) -> "Ask":
        corridor = chosen_corridor(request)
        work, home = corridor.destination if corridor else DESTINATIONS[0], likely_origin(request) or ORIGINS[0]
        asked_work, asked_home = request.GET.get("from", work), request.GET.get("to", home)
        pair_problem = ""
        if asked_work in DESTINATIONS and asked_home in ORIGINS:
            work, home = asked_work, asked_home
        else:
            pair_problem = _("Choose where you send from and where your family is.")
        direction = Direction.RECEIVE if request.GET.get("direction") == Direction.RECEIVE else Direction.PAY
        usual = WANTED[home] if direction == Direction.RECEIVE else PAID[work]
        typed, amount, amount_problem = request.GET.get("amount", format_number(usual)), None, ""
        try:
            amount = parse_amount(typed, named_currency(work, home, direction))
            typed = format_number(amount)
        except AmountProblem as problem:
            typed, amount_problem = typed[:LONGEST].replace("\x00", ""), str(problem)
        ways = TransferService.Way.values
        filters = [_one_of(request, name, allowed) for name, allowed in [("pay_in", ways), ("pay_out", ways), ("speed", SPEEDS)]]
        return cls(work, home, direction, typed, amount, amount_problem, pair_problem, *filters)


def _one_of(request: HttpRequest, name: str, allowed: Collection[str]) -> str:
    value = request.GET.get(name, "")
    return value if value in allowed else ""


def named_currency(sends_from: str, sends_to: str, direction: Direction) -> str:
    """Of the sum that the reader names."""
    return CURRENCY[sends_to if direction == Direction.RECEIVE else sends_from]
