"""What waits for operators about prices."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.ui.waiting import Waiting
from remittances.models import Quote, TransferService


def without_new_price(services: QuerySet[TransferService], today: date) -> QuerySet[TransferService]:
    """The listed ones whose newest price is too old to be compared without a warning, or that have none."""
    new = Quote.objects.filter(observed_on__gte=today - Quote.OLD_AFTER).order_by()
    return services.filter(is_listed=True).exclude(pk__in=new.values("service"))


def for_operator(today: date) -> list[Waiting]:
    """One query."""
    count = without_new_price(TransferService.objects.all(), today).count()
    if not count:
        return []
    text = _("Nobody has written down a price of these services for a week. See what they ask today.")
    url = reverse("admin:remittances_transferservice_changelist", query={"price": "old"})
    return [Waiting("wallet", _("Prices to look up"), text, _("Open the list"), url, count)]
