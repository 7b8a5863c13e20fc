"""What “Save this course” brings to a phone, and how much that is: pages as anybody reads them who is not known, part by part."""

import gzip
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from orientation.models import EditionPage, Lesson
from orientation.paths import bus_lessons, for_corridor

DAY = 24 * 3600
BUS = "bus"  # no lesson can be called so: it is an address
ALONG = ["learn:facts"]  # with every course; help and the tools are always carried along


@dataclass(frozen=True, slots=True)
class Part:
    """One lesson, or the course's own page and what goes along. `paths` has its pages and pictures, `kilobytes` what they weigh on the way."""

    title: str
    paths: list[str]
    kilobytes: int
    is_sensitive: bool = False


def read_pack(page: EditionPage, corridor: str, today: date) -> list[Part]:
    """Of a course's own page, without what is for other roads than `corridor`. Two queries; where the weights are not known of today, each
    page is rendered once more.
    """
    outline = page.content["outline"]
    lessons = (
        EditionPage.objects.filter(edition=page.edition_id).in_best_language().exclude(slug__in=[EditionPage.COURSE, EditionPage.CHECK])
    )
    pages = {lesson.slug: lesson for lesson in lessons}
    sensitive = set(Lesson.objects.filter(course=page.edition.course_id, is_sensitive=True).values_list("slug", flat=True))
    titles = {row["slug"]: row["title"] for row in outline["lessons"]} | {"": _("The rules and where they come from")}
    parts = [("", [reverse("learn:course", args=[outline["slug"]]), *map(reverse, ALONG)], set[str]())]
    if last_minutes := bus_lessons(outline, ""):
        parts.append((BUS, [reverse("learn:bus", args=[outline["slug"]])], set()))
        titles[BUS] = _("Fifteen minutes before the bus")
        sensitive |= {BUS} if sensitive & {row["slug"] for row in last_minutes} else set()
    for row in outline["lessons"]:
        questions = pages[row["slug"]].questions
        key = [outline["slug"], row["slug"]]
        asked = [reverse("learn:question", args=[*key, number]) for number in range(1, len(questions) + 1)]
        pictures = {each["picture"] for each in questions} | {pages[row["slug"]].content.get("picture", "")}
        parts.append((row["slug"], [reverse("learn:lesson", args=key), *asked], pictures - {""}))
    weights = _weights(page, today, parts)
    here = {"", BUS} | {row["slug"] for row in for_corridor(outline["lessons"], corridor)}
    return [
        Part(
            titles[slug], [*paths, *(static(_file(picture)) for picture in sorted(pictures))], -(-weights[slug] // 1024), slug in sensitive
        )
        for slug, paths, pictures in parts
        if slug in here
    ]


def _weights(page: EditionPage, today: date, parts: Iterable[tuple[str, list[str], set[str]]]) -> dict[str, int]:
    key = f"pack-parts:{page.edition.uid}:{get_language()}:{today}"
    with suppress(RedisError):
        if known := cache.get(key):
            return dict(known)
    weights = {
        slug: sum(map(page_bytes, paths)) + sum(file_bytes(_file(picture)) for picture in pictures) for slug, paths, pictures in parts
    }
    with suppress(RedisError):
        cache.set(key, weights, DAY)
    return weights


def page_bytes(path: str) -> int:
    request = HttpRequest()
    request.method, request.path, request.path_info, request.user = "GET", path, path, AnonymousUser()
    view = resolve(path)
    return len(gzip.compress(view.func(request, *view.args, **view.kwargs).content, 6))


def _file(picture: str) -> str:
    return f"pictures/{picture}.svg"


def file_bytes(name: str) -> int:
    """Of a static file."""
    found = finders.find(name)
    return len(gzip.compress(Path(found).read_bytes())) if found else 0
