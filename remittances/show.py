"""What the comparison's cards print, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orientation.reading import safe_url
from portal.money.amounts import Currency, Money
from portal.money.formats import NBSP, format_money, format_percent, format_rate
from portal.money.rates import MidRate, rounded
from remittances.compare import Transfer
from remittances.models import TransferService
from remittances.quotes import RPW_AMOUNTS, Comparison, Direction, Offer, Standing

DIGITS = 9  # of a middle rate in the steps: whoever reckons after us finds the same sum
WITHOUT_CENTS = (Currency.KZT, Currency.UZS)


def money(amount: Decimal, currency: str, rounding: str = ROUND_HALF_EVEN) -> str:
    """With hundredths only where the currency has them in use; less than one is no "0"."""
    is_whole = currency in WITHOUT_CENTS and abs(amount) >= 1
    return exact(amount.quantize(Decimal(1), rounding) if is_whole else amount, currency)


def exact(amount: Decimal, currency: str) -> str:
    return format_money(Money(amount, currency))


def large(amount: Decimal, currency: str, rounding: str) -> tuple[str, str]:
    """The number and the currency's word for large type; from a hundred on in whole units."""
    number, _space, word = money(amount.quantize(Decimal(1), rounding) if amount >= 100 else amount, currency, rounding).rpartition(NBSP)
    return number, word


def mid_rate(mid: MidRate, source: str, target: str) -> str:
    return format_rate(rounded(mid.value), source, target)


def way_of(service: TransferService) -> str:
    return f"{service.get_pay_in_display()} → {service.get_pay_out_display()}"


def cards_of(comparison: Comparison, offers: Sequence[Offer]) -> list["Card"]:
    both = [*comparison.offers, *comparison.promotions]
    widest = max((_extent(offer.transfer) for offer in both if offer.transfer), default=Decimal(0)) or Decimal(1)
    return [Card(comparison, offer, widest) for offer in offers]


def _extent(transfer: Transfer) -> Decimal:
    return max(transfer.fee, transfer.lost or Decimal(0))


@dataclass(frozen=True, slots=True)
class Card:
    """`widest` is the greatest loss on the page, in the money paid in: a whole bar."""

    comparison: Comparison
    offer: Offer
    widest: Decimal

    @property
    def provider(self) -> str:
        return self.offer.quote.service.provider.name

    @property
    def is_best(self) -> bool:
        return self.offer is self.comparison.best

    @property
    def is_old(self) -> bool:
        return self.offer.is_old

    @property
    def is_too_little(self) -> bool:
        return self.offer.standing == Standing.TOO_LITTLE

    @property
    def is_promotion(self) -> bool:
        return self.offer.quote.is_promotion

    @property
    def is_out_of_limits(self) -> bool:
        return self.offer.standing == Standing.OUT_OF_LIMITS

    @property
    def limits(self) -> str:
        """Which sums the service sends at once; "" for any."""
        service, currency = self.offer.quote.service, self.comparison.currency
        least = money(service.least, currency) if service.least is not None else ""
        most = money(service.most, currency) if service.most is not None else ""
        if least and most:
            return _("from %(least)s to %(most)s") % {"least": least, "most": most}
        if most:
            return _("up to %(most)s") % {"most": most}
        return _("from %(least)s") % {"least": least} if least else ""

    @property
    def identity(self) -> str:
        return self.offer.quote.service.get_identity_display()

    @property
    def link(self) -> str:
        return safe_url(self.offer.quote.service.link)

    @property
    def licence_source(self) -> str:
        return safe_url(self.offer.quote.service.licence_source)

    @property
    def price_link(self) -> str:
        return safe_url(self.offer.quote.link)

    @property
    def costs(self) -> list[str]:
        """Of the World Bank's sums: "200 USD → 1,842 TJS: 1.2%"."""
        told = []
        for amount, transfer in zip(RPW_AMOUNTS, self.offer.of_dollars, strict=True):
            if transfer and transfer.total_cost_pct is not None:
                arrives = NBSP.join(large(transfer.received, self.paid_out, ROUND_FLOOR))
                told.append(f"{money(amount, Currency.USD)} → {arrives}: {format_percent(transfer.total_cost_pct)}")
        return told

    @property
    def way(self) -> str:
        return way_of(self.offer.quote.service)

    @property
    def speed(self) -> str:
        minutes = self.offer.quote.service.minutes
        if minutes < 60:
            return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes} if minutes else _("at once")
        hours = round(minutes / 60)
        if hours < 24:
            return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
        days = round(hours / 24)
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}

    @property
    def seen_on(self) -> str:
        return date_format(self.offer.quote.observed_on)

    @property
    def paid_out(self) -> str:
        return self.offer.quote.service.payout_currency

    @property
    def is_paid_out_at_home(self) -> bool:
        return self.paid_out == self.comparison.home_currency

    @property
    def sum(self) -> tuple[str, str] | None:
        """The large number with its currency: what arrives, never rounded up, or what must be paid, never rounded down."""
        transfer = self.offer.transfer
        if transfer is None:
            return None
        if self.comparison.direction == Direction.RECEIVE:
            return large(transfer.paid, self.comparison.currency, ROUND_CEILING)
        return large(transfer.received, self.paid_out, ROUND_FLOOR)

    @property
    def arrives(self) -> str:
        return money(self.offer.transfer.received, self.paid_out, ROUND_FLOOR) if self.offer.transfer else ""

    @property
    def at_home(self) -> str:
        """About how much a sum in foreign money is in the money of home."""
        at_home = self.offer.at_home
        if at_home is None or self.is_paid_out_at_home:
            return ""
        return f"≈{NBSP}{NBSP.join(large(at_home, self.comparison.home_currency, ROUND_FLOOR))}"

    @property
    def terms(self) -> list[str]:
        """Fee, rate, and what the rate takes."""
        transfer, currency = self.offer.transfer, self.comparison.currency
        if transfer is None:
            return []
        terms = [_("Fee: %(money)s") % {"money": money(transfer.fee, currency)} if transfer.fee else _("No fee")]
        if self.paid_out == currency and transfer.rate == 1:
            return [*terms, _("No exchange")]
        terms.append(_("Rate: %(rate)s") % {"rate": format_rate(transfer.rate, currency, self.paid_out)})
        if transfer.margin_pct is None:
            return [*terms, _("Lost in the rate: not known")]
        if transfer.margin_pct <= 0:
            return [*terms, _("The rate is as good as the middle rate")]
        return [*terms, _("Lost in the rate: %(percent)s") % {"percent": format_percent(transfer.margin_pct)}]

    @property
    def lost(self) -> str:
        """Of every thousand: a whole sum of money; "" when it is less than one."""
        lost = self.offer.transfer.lost_of_1000 if self.offer.transfer else None
        return money(lost.quantize(Decimal(1)), self.comparison.currency) if lost is not None and lost >= 1 else ""

    @property
    def lost_in_words(self) -> str:
        """`some`, `little` (less than one of a thousand), `nothing`, or "" when it is not known."""
        lost = self.offer.transfer.lost_of_1000 if self.offer.transfer else None
        if lost is None:
            return ""
        return "some" if lost >= 1 else "little" if lost > 0 else "nothing"

    @property
    def one(self) -> str:
        return money(Decimal(1), self.comparison.currency)

    @property
    def thousand(self) -> str:
        return money(Decimal(1000), self.comparison.currency)

    @property
    def bar(self) -> tuple[Decimal, Decimal]:
        """Widths of the parts that the fee and the rate take, in per cent of the whole bar."""
        transfer = self.offer.transfer
        if transfer is None:
            return Decimal(0), Decimal(0)
        in_rate = max((transfer.lost or Decimal(0)) - transfer.fee, Decimal(0))
        return transfer.fee / self.widest * 100, in_rate / self.widest * 100

    @property
    def sums(self) -> list[str]:
        """How it was counted, a sentence a step."""
        transfer = self.offer.transfer
        return [*self._way_of(transfer), *self._loss_of(transfer)] if transfer else []

    def _way_of(self, transfer: Transfer) -> list[str]:
        currency = self.comparison.currency
        names = {"paid": exact(transfer.paid, currency), "fee": exact(transfer.fee, currency), "sent": exact(transfer.changed, currency)}
        if not transfer.fee:
            steps = [_("You pay %(paid)s. There is no fee.") % names]
        elif self.offer.quote.fee_added:
            steps = [_("You pay %(paid)s: %(sent)s to send, and the fee of %(fee)s on top.") % names]
        else:
            steps = [_("You pay %(paid)s. The fee of %(fee)s is taken out of it, %(sent)s are left.") % names]
        if self.paid_out != currency or transfer.rate != 1:
            names |= {"rate": format_rate(transfer.rate, currency, self.paid_out), "received": self.arrives}
            steps.append(_("%(sent)s at the rate %(rate)s make %(received)s.") % names)
        if self.at_home:
            steps.append(_("At the middle rate that is %(money)s. Changing it at home can cost more.") % {"money": self.at_home})
        return steps

    def _loss_of(self, transfer: Transfer) -> list[str]:
        mid, currency = self.offer.mid, self.comparison.currency
        if mid is None or transfer.lost is None or transfer.lost_of_1000 is None:
            return [_("We have no middle rate of that day, so we cannot say what the rate costs.")]
        steps = []
        if self.paid_out != currency:
            fair = money(transfer.paid * mid.value, self.paid_out)
            rate = format_rate(rounded(mid.value, DIGITS), currency, self.paid_out)
            names = {"day": date_format(mid.day), "rate": rate, "money": fair}
            steps.append(_("The middle rate of %(day)s: %(rate)s. At this rate and without a fee, %(money)s would arrive.") % names)
        if transfer.lost > 0:
            names = {"lost": money(transfer.lost, currency), "part": exact(transfer.lost_of_1000, currency), "thousand": self.thousand}
            steps.append(_("So you lose %(lost)s: %(part)s of every %(thousand)s.") % names)
        else:
            steps.append(_("So not less arrives than at the middle rate: you lose nothing."))
        if transfer.margin_pct is not None and transfer.total_cost_pct is not None:
            parts = {"fee": transfer.fee_pct, "margin": transfer.margin_pct, "total": transfer.total_cost_pct}
            percents = {name: format_percent(part) for name, part in parts.items()}
            steps.append(_("As the World Bank counts: fee %(fee)s and rate %(margin)s, together %(total)s of what is sent.") % percents)
        return steps
