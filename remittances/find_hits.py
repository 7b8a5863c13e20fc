"""Finding providers whose name stands on a sanctions list. A hit takes a provider off every page until a person has decided."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from portal.organisations.find_hits import agreeing, wait_for_import
from remittances.models import ProviderHit, TransferProvider


@transaction.atomic
def look_up(provider: TransferProvider, now: datetime) -> int:
    """Compare one that is new, renamed or to be listed with the lists. Returns how many hits are new."""
    wait_for_import()
    return find_hits(TransferProvider.objects.filter(pk=provider.pk), now)


def look_all_up(now: datetime) -> None:
    """Inside an import's transaction."""
    find_hits(TransferProvider.objects.all(), now)


def find_hits(providers: QuerySet[TransferProvider], now: datetime) -> int:
    """Write a hit for each entry that one of a provider's names agrees with. A hit that stands keeps its verdict."""
    names = [(provider.pk, name) for provider in providers.order_by("pk") for name in (provider.name, *provider.other_names)]
    standing = set(ProviderHit.objects.order_by("pk").values_list("entry", "provider"))
    new = [
        ProviderHit(entry=entry, provider_id=pk, name=name, found_at=now)
        for entry, pk, name in agreeing(names, localdate(now))
        if (entry.pk, pk) not in standing
    ]
    ProviderHit.objects.bulk_create(new)
    return len(new)
