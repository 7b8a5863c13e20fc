"""What is new on a road: short, from a named source, and gone by itself after its day."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language
from redis.exceptions import RedisError

from orientation.board.section import Row, Section
from orientation.markup import fact_codes, to_html
from orientation.models import News
from orientation.reading import corridor_names, fill, language_of, read_facts, safe_url
from orientation.texts.faults import bare_numbers, unknown_facts
from orientation.texts.states import LANGUAGES
from orientation.texts.units import text_of
from portal.accounts.models import User

KEPT = 300  # seconds that headlines stand in the cache
KEY = "news-headlines"


class NotReady(Exception):
    """It cannot go out; the message says to an editor what is missing."""


@dataclass(frozen=True, slots=True)
class Headline:
    title: str
    url: str
    day: str
    lang: str


@dataclass(frozen=True, slots=True)
class Story:
    """As the page of news shows it."""

    anchor: str
    title: str
    html: SafeString
    lang: str
    corridors: list[str]
    day: str
    publisher: str
    url: str


def faults(news: News, today: date) -> list[str]:
    """What stands in the way of publishing."""
    found = []
    if not any(text_of(news, "title", code).strip() and text_of(news, "text", code).strip() for code in ("ru", "en")):
        found.append("Write title and text in Russian or in English at least: readers of other languages fall back to these.")
    if not news.publisher.strip():
        found.append("Say who says so.")
    if not news.url.strip():
        found.append("Give the page where it was read.")
    if news.until < today:
        found.append("Its last day is past: nobody would see it.")
    return found + text_faults(news)


def text_faults(news: News) -> list[str]:
    missing = unknown_facts(text_of(news, "text", code) for code in LANGUAGES)
    bare = [fault for field in ("title", "text") for code in LANGUAGES for fault in bare_numbers(text_of(news, field, code))]
    return [*([f"No fact has the code {', '.join(missing)}."] if missing else []), *bare]


@transaction.atomic
def publish_news(pk: int, *, by: User, now: datetime) -> bool:
    """False: it was out already. Raises `NotReady`."""
    news = News.objects.select_for_update().get(pk=pk)
    if news.published_at is not None:
        return False
    if news.written_by == by:
        raise NotReady("You have written it. Somebody else reads it and publishes it.")
    if problems := faults(news, localdate(now)):
        raise NotReady(" ".join(problems))
    News.objects.filter(pk=pk).update(published_at=now, published_by=by)
    transaction.on_commit(forget_headlines)
    return True


@transaction.atomic
def withdraw_news(pks: Iterable[int]) -> int:
    """Returns how many were out."""
    transaction.on_commit(forget_headlines)
    return News.objects.filter(pk__in=pks, published_at__isnull=False).update(published_at=None, published_by=None)


def news_for(corridor: str, today: date) -> QuerySet[News]:
    """What is out today; of all corridors where none is chosen."""
    out = News.objects.filter(published_at__isnull=False, until__gte=today)
    return out.filter(Q(corridors=[]) | Q(corridors__contains=[corridor])) if corridor else out


def stories(corridor: str, today: date) -> list[Story]:
    """Two queries: the news, the facts that they name."""
    rows = list(news_for(corridor, today))
    texts = [to_html(row.text) for row in rows]
    facts = read_facts(fact_codes(texts), today)
    return [
        Story(
            anchor=str(row.uid),
            title=row.title,
            html=fill(html, facts, remarks=True),
            lang=foreign(row),
            corridors=corridor_names(row.corridors),
            day=date_format(localdate(row.published_at)),
            publisher=row.publisher,
            url=safe_url(row.url),
        )
        for row, html in zip(rows, texts, strict=True)
    ]


def headlines(corridor: str, today: date) -> list[Headline]:
    """What the learn page and a course's page show: from the cache, because news change seldom and pages are read often."""
    try:
        rows: list[News] | None = cache.get(KEY)
        if rows is None:
            cache.set(KEY, rows := list(news_for("", today)), KEPT)
    except RedisError:
        rows = list(news_for("", today))
    page = reverse("learn:news")
    return [
        Headline(row.title, f"{page}#{row.uid}", date_format(localdate(row.published_at)), foreign(row))
        for row in rows
        if row.until >= today and (not corridor or not row.corridors or corridor in row.corridors)
    ]


def forget_headlines() -> None:
    with suppress(RedisError):  # they go by themselves soon
        cache.delete(KEY)


def foreign(news: News) -> str:
    """The language of its texts, where it is not the page's."""
    language = language_of(news)
    return "" if language == get_language() else language


def section(user: User, today: date) -> Section:
    drafts = News.objects.filter(published_at=None, until__gte=today)
    return Section(
        "campaign",
        "News to publish",
        "Written, not yet out. Somebody else than its writer reads it beside its source, then publishes it.",
        [Row(row.title, f"until {date_format(row.until)}", reverse("admin:orientation_news_change", args=[row.pk])) for row in drafts],
    )
