"""A lesson as it is typed in the console's form, on a screen of 360 px. Nothing is saved."""

from collections.abc import Iterator

from django.contrib import admin
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from orientation.admin.base import language_of
from orientation.board.preview import as_learners_see, lesson_or_404
from orientation.board.views import must, page
from orientation.models import Lesson
from orientation.texts.states import LANGUAGES
from orientation.texts.units import lessons_of


@require_POST
def typed(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    must(request, "change_lesson")
    course = lesson_or_404(pk).course
    if language not in LANGUAGES:
        raise Http404(f"No language {language!r}")
    lessons = lessons_of(course)
    lesson = next(lesson for lesson in lessons if lesson.pk == pk)
    slug = lesson.slug
    faults = list(_fill_in(request, lesson))
    lesson.slug, lesson.course = slug, course  # its place is nothing to see
    html = as_learners_see(request, lesson, lessons, language).content.decode()
    return page(request, "typed", f"As typed: {lesson}", language=language, faults=faults, html=html)


def _fill_in(request: HttpRequest, lesson: Lesson) -> Iterator[tuple[str, str]]:
    """Put what is typed into `lesson`, its variants and phrases, faulty texts too; yields (field, fault)."""
    console = admin.site.get_model_admin(Lesson)
    form = console.get_form(request, lesson)(request.POST, instance=lesson)
    yield from _faults(form)
    for formset_class, inline in console.get_formsets_with_inlines(request, lesson):
        accessor = formset_class.get_default_prefix()
        formset = formset_class(data=request.POST, instance=lesson, prefix=accessor, queryset=inline.get_queryset(request))
        if not formset.is_valid():
            yield from (("", str(fault)) for fault in formset.non_form_errors())
        kept = [part for part in formset.forms if part.has_changed() or part.instance.pk]
        kept = [part for part in kept if not formset._should_delete_form(part)]
        for part in kept:
            yield from _faults(part)
        lesson._prefetched_objects_cache[accessor] = [part.instance for part in kept]


def _faults(form: ModelForm) -> Iterator[tuple[str, str]]:
    for name, found in form.errors.items():
        if language_of(type(form.instance), name) and isinstance(shown := form[name].value(), str):
            setattr(form.instance, name, shown)
        yield from ((form[name].label if name in form.fields else "", fault) for fault in found)
