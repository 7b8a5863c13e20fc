"""Which of our courses teach a skill. An editor says so beside the skill; where none does, the pages say that there is none."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from matching.models import SkillCourse
from orientation.models import EditionPage
from portal import hooks


@dataclass(frozen=True, slots=True)
class TaughtIn:
    """`lang` says in which language the course is, where that is not the reader's."""

    title: str
    url: str
    lang: str


def courses_of(skills: Iterable[int]) -> dict[int, list[TaughtIn]]:
    """Published courses by the skills (ids) that they teach: two queries, one where nothing is taught."""
    rows = list(SkillCourse.objects.filter(skill__in=list(skills)).order_by("skill", "course__position").values_list("skill", "course"))
    if not rows:
        return {}
    pages = EditionPage.objects.current().in_best_language().filter(slug=EditionPage.COURSE)
    found = {}
    for page in pages.filter(edition__course__in={pk for _, pk in rows}):
        course = page.edition.course
        lang = "" if page.language == get_language() else page.language
        found[course.pk] = TaughtIn(page.title, reverse("learn:course", args=[course.slug]), lang)
    by_skill: defaultdict[int, list[TaughtIn]] = defaultdict(list)
    for skill, pk in rows:
        if pk in found:
            by_skill[skill].append(found[pk])
    return dict(by_skill)


def taught(skills: Collection[int], near: str) -> dict[int, list[TaughtIn]]:
    """Our courses, then what is taught in that region or country by others: one query more."""
    found = courses_of(skills)
    for step in hooks.skills_taught:
        for skill, more in step(skills, near).items():
            found[skill] = [*found.get(skill, []), *more]
    return found
