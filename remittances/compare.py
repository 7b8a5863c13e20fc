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

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from portal.money.amounts import CENT


@dataclass(frozen=True, slots=True)
class Fee:
    """For sending amounts over `above`, up to `up_to` (None: without an end): `fixed`, in the currency paid in, and `share` of the amount."""

    above: Decimal
    up_to: Decimal | None
    fixed: Decimal
    share: Decimal

    def of(self, sending: Decimal) -> Decimal:
        return self.fixed + up(sending * self.share)

    def holds(self, sending: Decimal) -> bool:
        return sending > self.above and (self.up_to is None or sending <= self.up_to)


@dataclass(frozen=True, slots=True)
class Price:
    """`fee_fixed` is in the currency paid in, `fee_percent` is of the sending amount; the fee comes on top or out of the sum.

    `bands` are the further lines of a table of fees, (above, fixed, per cent) each, the lowest first: over `above` that fee is taken of the
    whole sending amount instead.
    """

    fee_fixed: Decimal
    fee_percent: Decimal
    fee_added: bool
    rate: Decimal
    bands: Sequence[Sequence[Decimal]] = ()

    @property
    def fees(self) -> list[Fee]:
        lines = [(Decimal(0), self.fee_fixed, self.fee_percent), *self.bands]
        ends = [above for above, _fixed, _percent in self.bands]
        return [Fee(above, up_to, fixed, percent / 100) for (above, fixed, percent), up_to in zip(lines, [*ends, None], strict=True)]


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


def transfer_of(sending: Decimal, price: Price, mid: Decimal | None) -> Transfer | None:
    """Of a sending amount, as the World Bank asks for it. None when it is nothing, or the fee leaves nothing of it."""
    if sending <= 0:
        return None
    fee = next(fee for fee in price.fees if fee.holds(sending)).of(sending)
    paid, changed = (sending + fee, sending) if price.fee_added else (sending, sending - fee)
    received = down(changed * price.rate)
    return Transfer(paid, fee, sending, changed, received, price.rate, mid) if received > 0 else None


def send(paid: Decimal, price: Price, mid: Decimal | None) -> Transfer | None:
    """What arrives when `paid` is paid in all, fee included. None when the fee leaves nothing to send.

    A fee on top leaves the most that can be sent with it: where the next line of the table would ask too much, not all of `paid` is paid.
    """
    if not price.fee_added:
        return transfer_of(paid, price, mid)
    sums = [(_most(paid, fee), fee) for fee in price.fees]
    fitting = [sending for sending, fee in sums if fee.holds(sending)]
    transfer = transfer_of(max(fitting), price, mid) if fitting else None
    if transfer and paid - transfer.paid <= CENT:  # what a share that was rounded up leaves over is no change to be had back
        return replace(transfer, paid=paid, fee=paid - transfer.changed)
    return transfer


def _most(paid: Decimal, fee: Fee) -> Decimal:
    most = down((paid - fee.fixed) / (1 + fee.share))
    return most if fee.up_to is None else min(most, fee.up_to)


def receive(wanted: Decimal, price: Price, mid: Decimal | None) -> Transfer:
    """The least that has to be paid so that not less than `wanted`, in the currency paid out, arrives."""
    changed = up(wanted / price.rate)
    if price.fee_added:  # a larger sum can have the smaller fee: the first of each further line is looked at, too
        sums = [(max(changed, fee.above + CENT), fee) for fee in price.fees]
        least = min(sending + fee.of(sending) for sending, fee in sums if fee.holds(sending))
    else:
        sums = [(max(up((changed + fee.fixed) / (1 - fee.share)), fee.above + CENT), fee) for fee in price.fees]
        least = min(sending for sending, fee in sums if fee.holds(sending))
    transfer = send(least, price, mid)
    assert transfer is not None  # `wanted` is more than nothing, and so is what arrives
    return transfer


def up(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_CEILING)


def down(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_FLOOR)
