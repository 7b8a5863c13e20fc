"""From the cache to the editors' board: only words that enough different visitors have looked for."""

from datetime import date

from django.db import transaction
from django.db.models import F

from orientation.models import SearchMiss
from orientation.search.count_miss import ALL, COUNT, valkey

ENOUGH = 5  # different visitors: fewer could tell who they are


def keep_misses(today: date) -> int:
    """Returns how many searches came to the board, or came again after an editor had closed them."""
    return sum(_keep(name, today) for name in sorted(map(str, valkey().smembers(ALL))))


@transaction.atomic
def _keep(name: str, today: date) -> bool:
    """What is written down is counted from nothing again: a search counts for the board once."""
    key = COUNT + name
    visitors = valkey().pfcount(key)
    if visitors < ENOUGH:
        if not visitors:  # forgotten meanwhile
            valkey().srem(ALL, name)
        return False
    language, _, words = name.partition(" ")
    miss, _ = SearchMiss.objects.get_or_create(language=language, words=words, defaults={"visitors": 0, "last_on": today})
    again = {"visitors": F("visitors") + visitors, "last_on": today, "closed_by": None, "closed_at": None}
    SearchMiss.objects.filter(pk=miss.pk).update(**again)
    valkey().delete(key)
    valkey().srem(ALL, name)
    return True
