"""A fact that says something else now: pages show it at once, and the lessons around it are read again."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from modeltranslation.utils import build_localized_fieldname

from orientation.markup import fact_codes
from orientation.models import EditionPage, Fact, Lesson, Rereading

TEXTS = [build_localized_fieldname(field, language) for field in ("title", "text") for language, _ in settings.LANGUAGES]
SAYS = frozenset(["corridors", "number", "unit", "next_number", "next_from", "status", "valid_from", "valid_to", *TEXTS])


def says_the_same(before: Fact, after: Fact) -> bool:
    return all(getattr(before, field) == getattr(after, field) for field in SAYS)


@transaction.atomic
def note_changed_fact(fact: Fact, now: datetime) -> None:
    """Write down when it changed, and put every lesson that names it on the editors' board.

    What is there already is put there anew: whoever is reading it right now has read what the fact said before.
    """
    Fact.objects.select_for_update().get(pk=fact.pk)
    Fact.objects.filter(pk=fact.pk).update(changed_at=now)
    Rereading.objects.filter(fact=fact, read_at=None).delete()
    Rereading.objects.bulk_create(Rereading(fact=fact, lesson=lesson, since=now) for lesson in lessons_with(fact.code))


def lessons_with(code: str) -> Iterable[Lesson]:
    """The lessons whose current pages, or questions in the final check, name the fact."""
    pages = EditionPage.objects.filter(edition__is_current=True, content__fact_codes__contains=[code])
    places = {
        (course, lesson)
        for course, slug, content in pages.values_list("edition__course", "slug", "content")
        for lesson in (lessons_asking(code, content) if slug == EditionPage.CHECK else [slug])
    }
    named = Q(*(Q(course=course, slug=slug) for course, slug in places), _connector=Q.OR)
    return Lesson.objects.filter(named) if places else []


def lessons_asking(code: str, content: dict[str, list[dict[str, str]]]) -> list[str]:
    questions = content["questions"]
    return [asked["lesson"] for asked in questions if code in (asked.get("fact"), *fact_codes([json.dumps(asked, ensure_ascii=False)]))]
