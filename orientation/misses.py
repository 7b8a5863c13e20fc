"""Pages that were asked for in a language they do not have: counted in the cache, where it costs a page nothing, and kept by beat."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import get_language
from redis.exceptions import RedisError

from orientation.models import EditionPage, FallbackMiss

KEPT = timedelta(days=2)  # in the cache: beat comes every hour
ON_BOARD = timedelta(days=90)


def count_miss(page: EditionPage) -> None:
    """`page` is read in another language than the one that was asked for."""
    key = _key(localdate().isoformat(), page.edition.course_id, page.slug, get_language() or "")
    with suppress(RedisError):  # without Valkey a page counts nothing
        cache.add(key, 0, KEPT.total_seconds())
        cache.incr(key)


def keep_misses() -> int:
    """Move what was counted today and yesterday to the board; returns how much. A count that comes meanwhile waits for the next time.

    What has stood there long goes.
    """
    FallbackMiss.objects.filter(day__lt=localdate() - ON_BOARD).delete()
    days = [localdate(), localdate() - timedelta(days=1)]
    pages = EditionPage.objects.order_by().values_list("edition__course", "slug").distinct()
    languages = [code for code, _name in settings.LANGUAGES]
    asked = {
        _key(day.isoformat(), course, slug, language): (day, course, slug, language)
        for course, slug in pages
        for language in languages
        for day in days
    }
    kept = 0
    for key, count in cache.get_many(asked).items():
        if count <= 0:
            continue
        cache.decr(key, count)
        day, course, slug, language = asked[key]
        FallbackMiss.objects.bulk_create(
            [FallbackMiss(course_id=course, slug=slug, language=language, day=day, count=0)], ignore_conflicts=True
        )
        FallbackMiss.objects.filter(course=course, slug=slug, language=language, day=day).update(count=F("count") + count)
        kept += count
    return kept


def _key(day: str, course: int, slug: str, language: str) -> str:
    return f"miss:{day}:{course}:{slug}:{language}"
