from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orientation.answers import NoAnswer, asked_lines, from_form, marked_lines, reasons
from orientation.audio.transcript import recording_of
from orientation.endorse import endorsed
from orientation.learners import Learner, learner_of
from orientation.misses import count_miss
from orientation.models import Certificate, Course, EditionPage, LearningEvent
from orientation.move_on import move_on
from orientation.news import headlines
from orientation.path_choice import WORK, chosen_path, path_in_form, remember_path, way_choices, work_choices
from orientation.paths import bus_lessons, for_corridor, grouped, has_paths, is_sensitive, other_lessons, path_lessons
from orientation.practice import practice
from orientation.progress import CourseProgress, progress_of
from orientation.reading import corridor_name, read_facts, read_lesson
from orientation.record import record_answer
from portal.accounts.device import ensure_device, remember_device
from portal.places.choice import chosen_corridor, remember_corridor
from portal.ui.origin import public_form


def get_lesson_or_404(course: str, lesson: str) -> EditionPage:
    """The current edition's page in the best language, whatever its reader has begun. One query."""
    lessons = EditionPage.objects.current().in_best_language().exclude(slug=EditionPage.CHECK)
    page = lessons.filter(edition__course__slug=course, slug=lesson).first()
    if page is None:
        raise Http404(f"{course!r} has no lesson {lesson!r}")
    return page


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a learner stands: the page they opened, their corridor, their progress in its course."""

    page: EditionPage
    outline: dict[str, Any]
    learner: Learner
    corridor: str
    progress: CourseProgress

    @property
    def is_sensitive(self) -> bool:
        return is_sensitive(self.outline, self.page.slug)

    def certificate(self) -> Certificate | None:
        """Their certificate of the course, whatever the edition; no query before they have passed."""
        if not self.progress.is_passed:
            return None
        return next((held for held in self.learner.certificates() if held.edition.course.slug == self.outline["slug"]), None)


def corridor_of(request: HttpRequest, allowed: Sequence[str], events: Sequence[LearningEvent]) -> str:
    """The corridor chosen on this phone, else the one of the learner's newest event; "" when the course is not about it."""
    chosen = chosen_corridor(request) or next((event.corridor for event in reversed(events) if event.corridor), "")
    return chosen if chosen in allowed else ""


def stand(request: HttpRequest, course: str, slug: str) -> Stand:
    """404 where there is no such page. Two queries for a known learner, one for others."""
    learner = learner_of(request)
    events = learner.events(course)
    page = page_for(events, course, slug)
    if page is None:
        raise Http404(f"No page {slug!r} of {course!r}")
    if page.language != get_language():
        count_miss(page)
    outline = page.content["outline"]
    corridor = corridor_of(request, outline["corridors"], events)
    return Stand(page, outline, learner, corridor, progress_of(events, outline, corridor, chosen_path(request)))


def stand_in_lesson(request: HttpRequest, course: str, lesson: str) -> Stand:
    """As above, but not at the final check, which is a page of the edition too."""
    if lesson == EditionPage.CHECK:
        raise Http404(f"{lesson!r} is no lesson")
    return stand(request, course, lesson)


def page_for(events: Sequence[LearningEvent], course: str, slug: str) -> EditionPage | None:
    """Of the newest edition that these events are of, else of the current one. One query."""
    theirs = max((event.edition for event in events), key=lambda edition: edition.number, default=None)
    pages = EditionPage.objects.with_recording().in_best_language().select_related("edition__course")
    asked = pages.filter(Q(edition__is_current=True) | Q(edition=theirs), edition__course__slug=course, slug=slug)
    if slug == EditionPage.COURSE:
        asked = asked.with_endorsements(timezone.localdate())
    return min(asked, key=lambda page: page.edition != theirs, default=None)


def with_device(request: HttpRequest) -> Learner:
    """The learner of a POST: somebody we know nothing of gets a device now."""
    learner = learner_of(request)
    return learner if learner.is_known else Learner(None, ensure_device(request))


def to(url: str, learner: Learner) -> HttpResponse:
    response = redirect(url)
    if learner.device is not None:
        remember_device(response, learner.device)
    return response


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    pages = EditionPage.objects.current().in_best_language().filter(slug=EditionPage.COURSE)
    rows = course_rows(request, list(pages))
    subjects = [(subject, [row for row in rows if row[0].edition.course.subject == subject]) for subject in Course.Subject]
    context = {
        "subjects": [each for each in subjects if each[1]],
        "headlines": headlines(chosen_corridor(request) or "", timezone.localdate()),
        "tab": "learn",
    }
    return render(request, "orientation/courses.html", context)


def course_rows(request: HttpRequest, pages: list[EditionPage]) -> list[tuple[EditionPage, CourseProgress]]:
    """Each course's page with the learner's progress: one query for a known learner, none for others."""
    events = learner_of(request).events()
    rows = []
    for page in pages:
        outline = page.content["outline"]
        corridor = corridor_of(request, outline["corridors"], events)
        rows.append((page, progress_of(events, outline, corridor, chosen_path(request))))
    return rows


@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    here, path = stand(request, course, EditionPage.COURSE), chosen_path(request)
    mine = path_lessons(here.outline, here.corridor, path)
    context = {
        "page": here.page,
        "outline": here.outline,
        "mine": grouped(here.outline, mine),
        "count": len(mine),
        "minutes": sum(lesson["minutes"] for lesson in mine),
        "others": grouped(here.outline, other_lessons(here.outline, here.corridor, path)),
        "has_bus": bool(bus_lessons(here.outline, here.corridor)),
        "asks_path": has_paths(here.outline),
        "path": path,
        "works": work_choices(),
        "work": next((code for code in WORK if code in path), ""),
        "ways": way_choices(),
        "endorsed": endorsed(here.page),
        "progress": here.progress,
        "certificate": here.certificate(),
        "corridor": here.corridor,
        "corridor_name": corridor_name(here.corridor) if here.corridor else "",
        "corridors": [(code, corridor_name(code)) for code in here.outline["corridors"]],
        "choose": not here.corridor or "corridor" in request.GET,
        "headlines": headlines(here.corridor, timezone.localdate()),
        "tab": "learn",
    }
    return render(request, "orientation/course.html", context)


@public_form
@require_POST
def choose_corridor(request: HttpRequest, course: str) -> HttpResponse:
    here = stand(request, course, EditionPage.COURSE)
    url = reverse("learn:course", args=[course])
    chosen = request.POST.get("corridor", "")
    if chosen not in here.outline["corridors"]:
        return redirect(f"{url}?corridor=")
    response = to(url, with_device(request))
    remember_corridor(response, chosen)
    if has_paths(here.outline):
        remember_path(response, path_in_form(request.POST))
    return response


@require_safe
def bus(request: HttpRequest, course: str) -> HttpResponse:
    """The points and steps of the few lessons that matter most, on one page. Three queries for a visitor."""
    here = stand(request, course, EditionPage.COURSE)
    slugs = [lesson["slug"] for lesson in bus_lessons(here.outline, here.corridor)]
    if not slugs:
        raise Http404(f"{course!r} has no lessons for the last minutes")
    pages = EditionPage.objects.filter(edition=here.page.edition, slug__in=slugs).in_best_language()
    found = {page.slug: page for page in pages}
    facts = read_facts({code for page in pages for code in page.content["fact_codes"]}, timezone.localdate())
    context = {
        "page": here.page,
        "outline": here.outline,
        "views": [read_lesson(found[slug], here.corridor, timezone.localdate(), facts) for slug in slugs if slug in found],
        "corridor": here.corridor,
        "corridor_name": corridor_name(here.corridor) if here.corridor else "",
        "is_sensitive": any(is_sensitive(here.outline, slug) for slug in slugs),
        "tab": "learn",
    }
    return keep_apart(render(request, "orientation/bus.html", context), sensitive=context["is_sensitive"])


@public_form
@require_POST
def newest(request: HttpRequest, course: str) -> HttpResponse:
    """The learner goes on in the edition that is current now."""
    if not move_on(learner_of(request), course, timezone.now()):
        raise Http404(f"No course {course!r}")
    return redirect("learn:course", course)


@require_safe
def lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    here = stand_in_lesson(request, course, lesson)
    return keep_apart(render(request, "orientation/lesson.html", lesson_context(here)), sensitive=here.is_sensitive)


def keep_apart(response: HttpResponse, *, sensitive: bool) -> HttpResponse:
    """A sensitive page that was only looked at does not stay on the phone: templates/sw.js."""
    if sensitive:
        response["Safar-Keep"] = "asked"
    return response


def lesson_context(here: Stand) -> dict[str, Any]:
    page = here.page
    view = read_lesson(page, here.corridor, timezone.localdate())
    known = here.progress.questions
    unanswered = [
        number for number, question in enumerate(view.questions, 1) if question["uid"] not in known or not known[question["uid"]].is_right
    ]
    return {
        "page": page,
        "outline": here.outline,
        "view": view,
        "recording": recording_of(page, view.facts),
        "progress": here.progress,
        "first_question": unanswered[0] if unanswered else 1,
        "is_done": page.slug in here.progress.lessons_done,
        "is_sensitive": here.is_sensitive,
        "related": for_corridor(view.related, here.corridor),
        "corridor": here.corridor,
        "after": _after(here, page.slug),
        "tab": "learn",
    }


def _after(here: Stand, slug: str) -> str:
    """The address of what follows a lesson: the next one of the learner's path, or the final check."""
    slugs = [lesson["slug"] for lesson in here.outline["lessons"]]
    behind = slugs[slugs.index(slug) + 1 :]
    if following := next((one for one in behind if one in here.progress.path), None):
        return reverse("learn:lesson", args=[here.outline["slug"], following])
    return reverse("learn:check", args=[here.outline["slug"]])


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, course: str, lesson: str, number: int) -> HttpResponse:
    here = stand_in_lesson(request, course, lesson)
    page = here.page
    view = read_lesson(page, here.corridor, timezone.localdate())
    if not 1 <= number <= len(view.questions):
        raise Http404(f"Lesson {lesson!r} has no question {number}")
    asked = view.questions[number - 1]
    errors: list[str] = []
    if request.method == "POST":
        learner, told = with_device(request), from_form(asked, "choice", request.POST)
        try:
            record_answer(learner, page, asked, told, attempt=attempt_of(request), corridor=here.corridor, now=timezone.now())
            return to(request.path, learner)
        except NoAnswer as why:
            errors = [str(why)]
    state = here.progress.questions.get(asked["uid"])
    again = "again" in request.GET and state is not None and not state.is_right
    is_asked = state is None or again or bool(errors)
    is_last, after = number == len(view.questions), _after(here, page.slug)
    context = {
        "page": page,
        "outline": here.outline,
        "question": asked,
        "number": number,
        "total": len(view.questions),
        "state": None if is_asked else state,
        "lines": asked_lines(asked, "choice", request.POST) if is_asked else marked_lines(asked, [*state.answer]),
        "typed": request.POST.get("choice", ""),
        "reasons": [] if is_asked else reasons(asked, [*state.answer], right=state.is_right),
        "attempt": state.attempts + 1 if state else 1,
        "errors": errors,
        "next": after if is_last else reverse("learn:question", args=[course, lesson, number + 1]),
        "is_last": is_last,
        "practice": practice(asked, view.facts),
        "ends_course": is_last and after == reverse("learn:check", args=[course]),
        "is_sensitive": here.is_sensitive,
        "tab": "learn",
    }
    return keep_apart(render(request, "orientation/question.html", context, status=400 if errors else 200), sensitive=here.is_sensitive)


def attempt_of(request: HttpRequest) -> int:
    """The form's count of attempts; nonsense counts as the first."""
    typed = request.POST.get("attempt", "")[:4]
    return min(int(typed), 999) if typed.isascii() and typed.isdigit() and int(typed) else 1
