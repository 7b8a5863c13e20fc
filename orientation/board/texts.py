"""The console's page of a course's texts, or of all facts, in one language: who has written and read them, files for translators."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orientation.board.owed import FACTS
from orientation.board.views import must, page
from orientation.models import Course
from orientation.texts.bring_in import bring_in
from orientation.texts.files import FORMATS, LARGEST, UnreadableFile, made_of, read, write
from orientation.texts.review import NotReviewable, approve, send_to_review, still_correct
from orientation.texts.sign import sign
from orientation.texts.states import LANGUAGES, Standing, State, standings_of_course, standings_of_facts
from orientation.texts.units import Thing
from orientation.texts.write import SOURCE

SAID = {"send": "sent to review", "approve": "may go out now", "still": "marked as still correct"}


def _shelf(pk: int) -> tuple[Course | None, list[Standing]]:
    """A course and its texts; number 0 are the facts, which belong to no course."""
    if pk == FACTS:
        return None, standings_of_facts()
    course = get_object_or_404(Course, pk=pk)
    return course, standings_of_course(course)


@require_safe
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    must(request, "view_course")
    course, found = _shelf(pk)
    language = request.GET.get("language", SOURCE)
    if language not in LANGUAGES:
        raise Http404(f"No language {language!r}")
    here = [one for one in found if one.language == language]
    context = {
        "pk": pk,
        "course": course,
        "language": language,
        "languages": [(code, _summary([one for one in found if one.language == code])) for code in LANGUAGES],
        "rows": [(_key(one), one.row.written_at.isoformat() if one.row else "", one, _edit_url(one.thing)) for one in here],
        "unread": sum(one.is_unread and one.state in (State.PUBLISHED, State.OUTDATED) for one in here),
        "may_change": request.user.has_perm("orientation.change_course"),
        "may_review": request.user.has_perm("orientation.change_translation"),
        "formats": [] if language == SOURCE or course is None else list(FORMATS),
    }
    return page(request, "texts", f"Texts: {course or 'facts'}", **context)


def _summary(standings) -> list[tuple[str, int]]:  # type: ignore[no-untyped-def]
    return [(state.label, sum(one.state == state for one in standings)) for state in State if any(one.state == state for one in standings)]


def _key(one: Standing) -> str:
    return f"{one.thing._meta.model_name}:{one.thing.pk}"


def _edit_url(thing: Thing) -> str:
    return reverse(f"admin:orientation_{thing._meta.model_name}_change", args=[thing.pk])


@require_POST
def review(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """What is ticked, each for itself: what cannot be done is named, the rest is done. A second time changes nothing."""
    must(request, "change_translation")
    _course, found = _shelf(pk)
    acts: dict[str, Callable[[Thing, datetime | None], None]] = {
        "send": lambda thing, seen: send_to_review(thing, language),
        "approve": lambda thing, seen: approve(thing, language, by=request.user, now=timezone.now(), seen=seen),
        "still": lambda thing, seen: still_correct(thing, language),
    }
    act = acts.get(chosen := request.POST.get("act", ""))
    if act is None or language not in LANGUAGES:
        raise Http404(f"No such act {chosen!r}")
    ticked, done = dict(told.split("@", 1) for told in request.POST.getlist("thing") if "@" in told), []
    for one in (one for one in found if one.language == language):
        if (key := _key(one)) in ticked:
            try:
                act(one.thing, _moment(ticked[key]))
                done.append(one.thing)
            except NotReviewable as why:
                messages.error(request, f"{one.key}: {why}")
    if done:
        LogEntry.objects.log_actions(request.user.pk, done, CHANGE, f"{language}: {SAID[chosen]}")
        messages.success(request, f"{len(done)} texts {SAID[chosen]}.")
    elif not ticked:
        messages.warning(request, "Tick the texts first.")
    return _back(pk, language)


def _moment(told: str) -> datetime | None:
    try:
        return parse_datetime(told)
    except ValueError:  # the 99th of a month
        return None


@require_POST
def sign_starter(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    must(request, "change_translation")
    course, found = _shelf(pk)
    if language not in LANGUAGES:
        raise Http404(f"No language {language!r}")
    try:
        count = sign(course, language, by=request.user, now=timezone.now())
    except NotReviewable as why:
        messages.error(request, str(why))
    else:
        if count:
            read = [course] if course else [one.thing for one in found if one.language == language and one.row and one.is_unread]
            LogEntry.objects.log_actions(request.user.pk, read, CHANGE, f"{language}: read by a native speaker")
        messages.success(
            request, f"Your name stands under {course or 'the facts'} in {language}: pages no longer say that nobody has read it."
        )
    return _back(pk, language)


@require_safe
def export(request: HttpRequest, pk: int, language: str, form: str) -> HttpResponse:
    must(request, "view_course")
    course = get_object_or_404(Course, pk=pk)
    if language not in LANGUAGES or language == SOURCE or form not in FORMATS:
        raise Http404(f"No such file {language!r}.{form!r}")
    data = write(made_of(course, language, timezone.now()), form)
    name = f"{course.slug}.{language}.{form}"
    return HttpResponse(data, content_type=FORMATS[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer to a file is its report, row by row. The same file once more finds nothing to change."""
    must(request, "change_course")
    course = get_object_or_404(Course, pk=pk)
    report = problem = None
    if request.method == "POST":
        try:
            sent = request.FILES.get("file")
            if sent is None:
                raise UnreadableFile("Choose a file first.")
            report = bring_in(course, read(sent.read(LARGEST + 1)), by=request.user, now=timezone.now())
        except UnreadableFile as why:
            problem = str(why)
    taken = report is not None and report.is_taken
    title = f"File of a translator: {course}"
    return page(
        request, "take_in", title, status=200 if taken or request.method == "GET" else 400, course=course, report=report, problem=problem
    )


def _back(pk: int, language: str) -> HttpResponse:
    return redirect(f"{reverse('admin:learning_texts', args=[pk])}?language={language}")
