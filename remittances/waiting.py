"""What waits for operators about prices and the services that ask them."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.ui.waiting import Waiting
from remittances.models import ProviderHit, Quote, TransferService


def without_new_price(services: QuerySet[TransferService], today: date) -> QuerySet[TransferService]:
    """The listed ones whose newest price is too old to be compared without a warning, or that have none."""
    new = Quote.objects.filter(observed_on__gte=today - Quote.OLD_AFTER).order_by()
    return services.filter(pk__in=TransferService.objects.listed(today).order_by().values("pk")).exclude(pk__in=new.values("service"))


def with_ended_licence(services: QuerySet[TransferService], today: date) -> QuerySet[TransferService]:
    """Still on the list, and for that reason on no page."""
    return services.filter(is_listed=True, licence_valid_to__lt=today)


def stopped_for_operator(today: date) -> list[Waiting]:
    """One query."""
    count = ProviderHit.objects.blocking(today).filter(verdict=ProviderHit.Verdict.OPEN).count()
    if not count:
        return []
    text = _("Nobody sees their services until you say whom the list means.")
    url = reverse("admin:remittances_providerhit_changelist", query={"verdict__exact": ""})
    return [Waiting("alert-triangle", _("Transfer providers on sanctions lists"), text, _("Open the list"), url, count, "danger")]


def for_operator(today: date) -> list[Waiting]:
    """Two queries."""
    services, every = reverse("admin:remittances_transferservice_changelist"), TransferService.objects.order_by()
    counts = every.aggregate(
        ended=Count("pk", filter=Q(pk__in=with_ended_licence(every, today).values("pk"))),
        old=Count("pk", filter=Q(pk__in=without_new_price(every, today).values("pk"))),
    )
    found = []
    if count := counts["ended"]:
        text = _("Nobody sees these services any more. Look the licence up again, or take them off the list.")
        url = f"{services}?licence=ended"
        found.append(Waiting("wallet", _("Licences that have ended"), text, _("Open the list"), url, count, "apricot"))
    if count := Quote.objects.held().count():
        text = _("They are unlike the prices before. Nobody sees them until a second person has looked.")
        found.append(Waiting("wallet", _("Prices to check"), text, _("Open the list"), reverse("remittances:held"), count))
    if count := counts["old"]:
        text = _("Nobody has written down a price of these services for a week. See what they ask today.")
        found.append(Waiting("wallet", _("Prices to look up"), text, _("Open the list"), f"{services}?price=old", count))
    return found


def for_collector() -> Waiting:
    """No query, and so no count."""
    text = _("See what each service asks today and write it down. Who has waited longest stands first.")
    return Waiting("wallet", _("Prices to look up"), text, _("Open the list"), reverse("remittances:prices"))
