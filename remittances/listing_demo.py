"""What operators of the demo find about prices: one that waits, and a service off the list. Through the acts that everybody uses."""

from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import Group
from django.utils.timezone import localdate

from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from remittances.collect import Seen, collect_price
from remittances.listing import unlist_service
from remittances.models import Quote, TransferProvider, TransferService

COLLECTOR = "rustam"  # he may write prices down; operators may too
STRANGE, OFF = "Zirklink", "Tutipul"
WHY_OFF = "Made up for the demo: the register does not name this licence any more."


def load_demo_listing(now: datetime) -> None:
    """Needs the demo's prices and the cast. Twice is the same as once."""
    people = {key: User.objects.get(email=PEOPLE[key].email) for key in (COLLECTOR, "timur", "gulnora")}
    people[COLLECTOR].groups.add(Group.objects.get(name="price collectors"))
    _one_strange_price(people["gulnora"], now)
    _one_off_the_list(people["timur"], now)


def _one_strange_price(by: User, now: datetime) -> None:
    """Gulnora has typed a nought too many in the fee, so Timur looks at it."""
    prices = Quote.objects.filter(service__provider__name=STRANGE, service__sends_from="RU", service__sends_to="TJ")
    last = prices.filter(state=Quote.State.ACCEPTED).select_related("service").order_by("-observed_on").first()
    if last is None or prices.filter(observed_by=by).exists():
        return
    noted = "The fee stood on the second page, after the card."
    seen = Seen(Decimal(15_000), Decimal(1_499), Decimal(0), True, last.rate, localdate(now), "Safar demo", note=noted)
    quote = collect_price(last.service, seen, by=by)
    Quote.objects.filter(pk=quote.pk).update(is_demo=True)


def _one_off_the_list(by: User, now: datetime) -> None:
    provider, _new = TransferProvider.objects.get_or_create(slug=OFF.lower(), defaults={"name": OFF})
    way = {"sends_from_id": "RU", "sends_to_id": "TJ", "pay_in": "cash", "pay_out": "cash", "payout_currency": "TJS"}
    service, _new = TransferService.objects.get_or_create(provider=provider, **way, defaults={"minutes": 15})
    if not service.listing_events.exists():
        unlist_service(service, WHY_OFF, by=by, now=now)
