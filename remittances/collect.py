"""A price collector writes down what a service asks on a day."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from remittances import rules
from remittances.compare import Price
from remittances.models import Quote, TransferService
from remittances.outliers import why_strange

State = Quote.State


@dataclass(frozen=True, slots=True)
class Seen:
    """The columns of a `Quote` that whoever looked fills in."""

    amount: Decimal
    fee_fixed: Decimal
    fee_percent: Decimal
    fee_added: bool
    rate: Decimal
    observed_on: date
    source: str
    link: str = ""
    is_promotion: bool = False
    note: str = ""

    @property
    def price(self) -> Price:
        return Price(self.fee_fixed, self.fee_percent, self.fee_added, self.rate)


@transaction.atomic
def collect_price(service: TransferService, seen: Seen, *, by: User) -> Quote:
    """A second report of a day replaces one's own. What is strange, or not what somebody else saw on that day, waits for a second person.

    The same report again changes nothing, and what somebody else has written down alike stays theirs: one's own that waits beside it goes.
    Raises `PermissionDenied`.
    """
    if not rules.can_collect(by):
        raise PermissionDenied
    locked = TransferService.objects.select_for_update(no_key=True).get(pk=service.pk)
    of_day = Quote.objects.filter(service=locked, observed_on=seen.observed_on, is_promotion=seen.is_promotion).with_fees()
    own = of_day.filter(observed_by=by).exclude(state=State.REFUSED).order_by("state", "pk").first()
    if own is not None and all(getattr(own, name) == value for name, value in asdict(seen).items()):
        return own
    accepted = of_day.filter(state=State.ACCEPTED).first()
    others = accepted if accepted != own else None
    if others is not None and _same_price(others, seen):
        if own is not None:
            own.delete()
        return others
    quote = own or Quote(service=locked, observed_by=by)
    for name, value in asdict(seen).items():
        setattr(quote, name, value)
    quote.held_because = (
        "Somebody else saw another price on this day." if others else why_strange(locked, seen.price, seen.amount, seen.observed_on)
    )
    quote.state = State.HELD if quote.held_because else State.ACCEPTED
    quote.decided_by = quote.decided_at = None
    quote.decided_because = ""
    quote.save()
    quote.bands.all().delete()
    return quote


def _same_price(quote: Quote, seen: Seen) -> bool:
    return not quote.fees and all(getattr(quote, name) == getattr(seen, name) for name in ("fee_fixed", "fee_percent", "fee_added", "rate"))  # type: ignore[attr-defined]
