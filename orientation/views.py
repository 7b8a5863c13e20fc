from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from orientation.corridor import corridor_of, remember_corridor
from orientation.learners import Learner, learner_of
from orientation.models import EditionPage
from orientation.progress import CourseProgress, progress_of
from orientation.reading import corridor_name, read_lesson
from orientation.record import NoSuchQuestion, record_answer
from portal.accounts.device import ensure_device, remember_device
from portal.ui.origin import public_form


def get_page_or_404(course: str, slug: str) -> EditionPage:
    """The current edition's page in the best language, with its edition and course. One query."""
    page = EditionPage.objects.current().in_best_language().filter(edition__course__slug=course, slug=slug).first()
    if page is None:
        raise Http404(f"No page {slug!r} of {course!r}")
    return page


def progress_on(page: EditionPage, learner: Learner, corridor: str) -> CourseProgress:
    outline = page.content["outline"]
    return progress_of(learner.events(outline["slug"]), outline, corridor)


def with_device(request: HttpRequest) -> Learner:
    """The learner of a POST: somebody we know nothing of gets a device now."""
    learner = learner_of(request)
    return learner if learner.is_known else Learner(None, ensure_device(request))


def to(url: str, learner: Learner) -> HttpResponse:
    response = redirect(url)
    if learner.device is not None:
        remember_device(response, learner.device)
    return response


@require_GET
def courses(request: HttpRequest) -> HttpResponse:
    pages = EditionPage.objects.current().in_best_language().filter(slug=EditionPage.COURSE)
    events = learner_of(request).events()
    rows = [(page, progress_of(events, page.content["outline"], corridor_of(request, page.content["outline"]["corridors"]))) for page in pages]
    return render(request, "orientation/courses.html", {"rows": rows, "tab": "learn"})


@require_GET
def course(request: HttpRequest, course: str) -> HttpResponse:
    page = get_page_or_404(course, EditionPage.COURSE)
    outline = page.content["outline"]
    corridor = corridor_of(request, outline["corridors"])
    learner = learner_of(request)
    progress = progress_on(page, learner, corridor)
    certificate = next((c for c in learner.certificates() if c.edition.course.slug == course), None) if progress.is_passed else None
    context = {
        "page": page,
        "outline": outline,
        "progress": progress,
        "certificate": certificate,
        "corridor": corridor,
        "corridor_name": corridor_name(corridor) if corridor else "",
        "corridors": [(code, corridor_name(code)) for code in outline["corridors"]],
        "choose": not corridor or "corridor" in request.GET,
        "tab": "learn",
    }
    return render(request, "orientation/course.html", context)


@public_form
@require_POST
def choose_corridor(request: HttpRequest, course: str) -> HttpResponse:
    page = get_page_or_404(course, EditionPage.COURSE)
    url = reverse("learn:course", args=[course])
    chosen = request.POST.get("corridor", "")
    if chosen not in page.content["outline"]["corridors"]:
        return redirect(f"{url}?corridor=")
    learner = with_device(request)
    response = to(url, learner)
    remember_corridor(response, chosen)
    return response


@require_GET
def lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    page = get_page_or_404(course, lesson)
    outline = page.content["outline"]
    corridor = corridor_of(request, outline["corridors"])
    progress = progress_on(page, learner_of(request), corridor)
    view = read_lesson(page, corridor, timezone.now().date())
    open_questions = [n for n, q in enumerate(view.questions, 1) if not (state := progress.questions.get(q["uid"])) or not state.is_right]
    context = {
        "page": page,
        "outline": outline,
        "view": view,
        "progress": progress,
        "place": page.content["place"],
        "first_question": open_questions[0] if open_questions else 1,
        "is_done": page.slug in progress.lessons_done,
        "corridor": corridor,
        "after": _after(outline, page.slug),
        "tab": "learn",
    }
    return render(request, "orientation/lesson.html", context)


def _after(outline: dict[str, Any], slug: str) -> str:
    """The address of what follows a lesson: the next lesson, or the final check."""
    slugs = [lesson["slug"] for lesson in outline["lessons"]]
    place = slugs.index(slug) + 1
    if place < len(slugs):
        return reverse("learn:lesson", args=[outline["slug"], slugs[place]])
    return reverse("learn:check", args=[outline["slug"]])


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, course: str, lesson: str, number: int) -> HttpResponse:
    page = get_page_or_404(course, lesson)
    outline = page.content["outline"]
    corridor = corridor_of(request, outline["corridors"])
    view = read_lesson(page, corridor, timezone.now().date())
    if not 1 <= number <= len(view.questions):
        raise Http404(f"Lesson {lesson!r} has no question {number}")
    asked = view.questions[number - 1]
    error = ""
    if request.method == "POST":
        learner = with_device(request)
        try:
            attempt = min(max(int(request.POST.get("attempt", 1)), 1), 999)
            record_answer(learner, page, asked, request.POST.get("choice", ""), attempt=attempt, corridor=corridor, now=timezone.now())
            return to(request.path, learner)
        except (NoSuchQuestion, ValueError):
            error = _("Choose one of the answers.")
    progress = progress_on(page, learner_of(request), corridor)
    state = progress.questions.get(asked["uid"])
    again = "again" in request.GET and state is not None and not state.is_right
    last = number == len(view.questions)
    context = {
        "page": page,
        "outline": outline,
        "question": asked,
        "number": number,
        "total": len(view.questions),
        "state": None if again or error else state,
        "chosen": next((c for c in asked["choices"] if state and c["uid"] == state.choice), None),
        "attempt": state.attempts + 1 if state else 1,
        "error": error,
        "progress": progress,
        "next": _after(outline, page.slug) if last else reverse("learn:question", args=[course, lesson, number + 1]),
        "is_last": last,
        "ends_course": last and outline["lessons"][-1]["slug"] == page.slug,
        "tab": "learn",
    }
    return render(request, "orientation/question.html", context, status=400 if error else 200)


