"""Words that find nothing are counted in the cache, by how many different visitors typed them. Who they were stands nowhere."""

import hashlib
import hmac
import re
from contextlib import suppress
from datetime import timedelta
from functools import cache

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from redis import Redis
from redis.exceptions import RedisError

from orientation.learners import learner_of
from orientation.models import SearchMiss

ALL, COUNT = "safar:misses", "safar:miss:"
KEPT = timedelta(days=30)
MOST = 5000  # different words at a time: nobody fills the cache by typing
_NOT_WORDS = re.compile(r"[\d@/\\]|\w\.\w")  # a number, a phone, an address: it may be somebody's


@cache
def valkey() -> Redis:
    return Redis.from_url(settings.CACHE_URL, decode_responses=True, socket_connect_timeout=0.5, socket_timeout=2)


def count_miss(request: HttpRequest, typed: str) -> None:
    """`request` is of whoever typed it."""
    words = " ".join(typed.casefold().split())[: SearchMiss._meta.get_field("words").max_length]
    if words and not _NOT_WORDS.search(typed):
        count_visitor(get_language() or "en", words, _who(request))


def count_visitor(language: str, words: str, who: str) -> None:
    """A HyperLogLog a search: it knows how many have come, and not one of them. Without Valkey nothing is counted."""
    name = f"{language} {words}"
    with suppress(RedisError):
        if valkey().sismember(ALL, name) or valkey().scard(ALL) < MOST:
            key, counting = COUNT + name, valkey().pipeline()
            counting.sadd(ALL, name)
            counting.pfadd(key, _salted(who, name))
            counting.expire(key, KEPT, nx=True)
            counting.execute()


def _who(request: HttpRequest) -> str:
    learner = learner_of(request)
    if learner.is_known:
        return f"{learner.user and learner.user.pk} {learner.device}"
    return f"{get_adapter().get_client_ip(request)} {request.headers.get('User-Agent', '')}"


def _salted(who: str, name: str) -> str:
    """The same for a visitor and these words, and nothing that could be followed from one search to another."""
    return hmac.new(settings.SECRET_KEY.encode(), f"search|{name}|{who}".encode(), hashlib.sha256).hexdigest()
