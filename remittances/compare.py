"""What a transfer costs and what arrives: pure arithmetic on `Decimal`, no rows and no languages.

The method is the World Bank's (Remittance Prices Worldwide, https://remittanceprices.worldbank.org/methodology): a transfer costs its fee
and what is lost between the middle rate and the rate offered. Rates are units paid out for one unit paid in.

    fx margin %   = (middle rate - offered rate) / middle rate * 100
    total cost %  = fee / sending amount * 100 + fx margin %

The sending amount is what is sent: without a fee that comes on top, with a fee that is taken out of it. For a person that per cent is hard
to compare, because two services with one price in hand can have different sending amounts. So the page speaks of what is paid in all:

    received      = (paid - fee) * offered rate
    lost of 1 000 = (paid - received / middle rate) / paid * 1 000

At one middle rate the services stand in one order by money received, by money lost and, when the family's sum is given, by money paid.

Sums are in hundredths of their currency. Rounding is never in the service's disfavour, so that nobody is promised more than arrives: a fee
is rounded up, what is received is rounded down. Sums of up to 10**9 and rates from 10**-8 to 10**10 stay within the 28 digits of `Decimal`.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from portal.money.amounts import CENT


@dataclass(frozen=True, slots=True)
class Price:
    """`fee_fixed` is in the currency paid in, `fee_percent` is of the sending amount; the fee comes on top or out of the sum."""

    fee_fixed: Decimal
    fee_percent: Decimal
    fee_added: bool
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Transfer:
    """`paid`, `fee`, `sending` and `changed` are in the currency paid in, `received` in the one paid out. `mid` None: not known."""

    paid: Decimal
    fee: Decimal
    sending: Decimal
    changed: Decimal
    received: Decimal
    rate: Decimal
    mid: Decimal | None

    @property
    def fee_pct(self) -> Decimal:
        return self.fee / self.sending * 100

    @property
    def margin_pct(self) -> Decimal | None:
        """Per cent; below zero where the offer is better than the middle rate."""
        return (self.mid - self.rate) / self.mid * 100 if self.mid is not None else None

    @property
    def total_cost_pct(self) -> Decimal | None:
        """Per cent of the sending amount, as the World Bank publishes it."""
        return self.fee_pct + self.margin_pct if self.margin_pct is not None else None

    @property
    def lost(self) -> Decimal | None:
        """How much of `paid` arrives nowhere, at the middle rate; below zero where more arrives."""
        return self.paid - self.received / self.mid if self.mid is not None else None

    @property
    def lost_of_1000(self) -> Decimal | None:
        return self.lost / self.paid * 1000 if self.lost is not None else None


def send(paid: Decimal, price: Price, mid: Decimal | None) -> Transfer | None:
    """What arrives when `paid` is paid in all, fee included. None when the fee leaves nothing to send."""
    share = price.fee_percent / 100
    changed = down((paid - price.fee_fixed) / (1 + share)) if price.fee_added else paid - price.fee_fixed - up(paid * share)
    received = down(changed * price.rate)
    if received <= 0:
        return None
    return Transfer(paid, paid - changed, changed if price.fee_added else paid, changed, received, price.rate, mid)


def receive(wanted: Decimal, price: Price, mid: Decimal | None) -> Transfer:
    """The least that has to be paid so that not less than `wanted`, in the currency paid out, arrives."""
    share = price.fee_percent / 100
    changed = up(wanted / price.rate)
    on_top = changed + price.fee_fixed + up(changed * share)
    transfer = send(on_top if price.fee_added else up((changed + price.fee_fixed) / (1 - share)), price, mid)
    assert transfer is not None  # `wanted` is more than nothing, and so is what arrives
    return transfer


def up(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_CEILING)


def down(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_FLOOR)
