"""Which of our courses teach a skill. An editor says so beside the skill; where none does, the pages say that there is none."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from matching.models import SkillCourse
from orientation.models import EditionPage


@dataclass(frozen=True, slots=True)
class TaughtIn:
    """`lang` says in which language the course is, where that is not the reader's."""

    title: str
    url: str
    lang: str


def courses_of(skills: Iterable[int]) -> dict[int, list[TaughtIn]]:
    """Published courses by the skills (ids) that they teach: two queries, one where nothing is taught."""
    taught = list(SkillCourse.objects.filter(skill__in=list(skills)).order_by("skill", "course__position").values_list("skill", "course"))
    if not taught:
        return {}
    pages = EditionPage.objects.current().in_best_language().filter(slug=EditionPage.COURSE)
    found = {}
    for page in pages.filter(edition__course__in={pk for _, pk in taught}):
        course = page.edition.course
        lang = "" if page.language == get_language() else page.language
        found[course.pk] = TaughtIn(page.title, reverse("learn:course", args=[course.slug]), lang)
    by_skill: defaultdict[int, list[TaughtIn]] = defaultdict(list)
    for skill, pk in taught:
        if pk in found:
            by_skill[skill].append(found[pk])
    return dict(by_skill)
