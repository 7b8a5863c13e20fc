"""Limits of how often a stranger may ask, which stand in settings.ACCOUNT_RATE_LIMITS."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from redis.exceptions import RedisError


def is_too_often(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Also of a GET. Without Valkey nothing is counted, and people go on; codes to sign in are stricter."""
    try:
        return not ratelimit.consume(request, app="allauth.account", action=action, key=key, limit_get=True)
    except RedisError:
        return False
