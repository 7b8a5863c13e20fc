"""Which of the colleagues is looking at a match at this moment. Kept for a minute and nowhere else."""

from collections import defaultdict
from collections.abc import Mapping

from django.core.cache import cache

from matching.models import Match
from portal.accounts.models import User

SECONDS = 60


def look(user: User, match: Match) -> None:
    """Whoever opens another one has left this."""
    cache.set(_key(user.pk), match.pk, SECONDS)


def lookers(user: User, colleagues: Mapping[int, str]) -> dict[int, list[str]]:
    """By match, the colleagues other than the reader. One question to the cache, however many they are."""
    keys = {_key(pk): name for pk, name in sorted(colleagues.items()) if pk != user.pk}
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, match in cache.get_many(keys).items():
        found[match].append(keys[key])
    return dict(found)


def _key(user: int) -> str:
    return f"desk-looks:{user}"
