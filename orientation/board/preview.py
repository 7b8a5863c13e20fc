"""A lesson as learners will see it once it is published, on a screen of 360 px, beside its English."""

from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from orientation.board.views import must, page
from orientation.freeze import pages_of
from orientation.learners import Learner
from orientation.models import CourseEdition, Lesson
from orientation.progress import progress_of
from orientation.texts.states import LANGUAGES, rows_of
from orientation.texts.units import lessons_of, things_of
from orientation.texts.write import SOURCE
from orientation.views import Stand, lesson_context


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    must(request, "view_course")
    lesson = lesson_or_404(pk)
    language = request.GET.get("language", "ru")
    if language not in LANGUAGES:
        raise Http404(f"No language {language!r}")
    shown = list(dict.fromkeys([SOURCE, language]))
    languages = [(code, name) for code, name in settings.LANGUAGES if code != SOURCE]
    return page(request, "preview", f"Preview: {lesson}", lesson=lesson, language=language, languages=languages, shown=shown)


@xframe_options_sameorigin
@require_safe
def preview_page(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """What stands in the drafts."""
    must(request, "view_course")
    lesson = lesson_or_404(pk)
    if language not in LANGUAGES:
        raise Http404(f"No language {language!r}")
    return as_learners_see(request, lesson, lessons_of(lesson.course), language)


def lesson_or_404(pk: int) -> Lesson:
    return get_object_or_404(Lesson.objects.select_related("course"), pk=pk)


def as_learners_see(request: HttpRequest, lesson: Lesson, lessons: list[Lesson], language: str) -> HttpResponse:
    """Frozen for this once and not kept."""
    course = lesson.course
    edition = CourseEdition(uid=uuid4(), course=course, pass_percent=course.pass_percent)
    frozen = pages_of(edition, course, lessons, language, rows_of(things_of(course)))
    shown = next(made for made in frozen if made.slug == lesson.slug)
    shown.recording = None
    with override(language):
        outline = shown.content["outline"]
        here = Stand(shown, outline, Learner(None, None), "", progress_of([], outline, ""))
        return render(request, "orientation/lesson.html", lesson_context(here))
