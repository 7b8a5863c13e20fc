"""The final check."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from orientation.answers import asked_lines, from_form, is_right, marked_lines, numbers_of, reasons
from orientation.models import EditionPage
from orientation.reading import filled, read_facts
from orientation.record import Unanswered, check_questions, record_check
from orientation.views import Stand, attempt_of, stand, to, with_device
from portal.ui.origin import public_form


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, course: str) -> HttpResponse:
    here = stand(request, course, EditionPage.CHECK)
    page = here.page
    if not here.corridor and here.outline["corridors"]:
        return redirect(f"{reverse('learn:course', args=[course])}?corridor=check")
    draw = draw_of(request, here)
    asked = check_questions(page, here.corridor, draw)
    missing: dict[int, str] = {}
    if request.method == "POST":
        learner = with_device(request)
        told = {question["uid"]: from_form(question, question["uid"], request.POST) for question in asked}
        try:
            record_check(learner, page, told, attempt=attempt_of(request), corridor=here.corridor, now=timezone.now(), draw=draw)
            return to(request.path, learner)
        except Unanswered as unanswered:
            missing = unanswered.places
    last = here.progress.last_check if request.method != "POST" and "again" not in request.GET else None
    facts = read_facts(page.content["fact_codes"], timezone.localdate())
    if last:
        answers = last.answers_of_check
        questions = filled([question for question in page.questions if question["uid"] in answers], facts)
        rows = answered_rows(questions, answers)
    else:
        rows = asked_rows(filled(asked, facts), request.POST, missing)
    context = {
        "page": page,
        "outline": here.outline,
        "rows": rows,
        "last": last,
        "certificate": here.certificate(),
        "attempt": here.progress.checks + 1,
        "draw": draw,
        "missing": missing,
        "tab": "learn",
    }
    return render(request, "orientation/check.html", context, status=400 if missing else 200)


def draw_of(request: HttpRequest, here: Stand) -> int:
    """Which questions of the bank: those of the form that was sent, else others for each learner and attempt."""
    typed = request.POST.get("draw", "")
    if typed.isascii() and typed.isdigit() and len(typed) <= 3:
        return int(typed)
    return here.learner.event_uid(here.page.edition.uid, "draw", here.progress.checks).int % 1000


def asked_rows(questions: list[dict[str, Any]], post: QueryDict, missing: dict[int, str]) -> list[dict[str, Any]]:
    """With what was typed kept, and what to do where no answer is."""
    rows = []
    for place, question in enumerate(questions, 1):
        lines, typed = asked_lines(question, question["uid"], post), post.get(question["uid"], "")
        row = {"place": place, "question": question, "lines": lines, "typed": typed}
        rows.append(row | {"problem": missing.get(place, "")})
    return rows


def answered_rows(questions: list[dict[str, Any]], answers: dict[str, list[str]]) -> list[dict[str, Any]]:
    numbers, rows = numbers_of(questions), []
    for place, question in enumerate(questions, 1):
        answer = answers[question["uid"]]
        right = bool(answer) and is_right(question, answer, numbers)  # a sheet of paper may leave one blank
        typed = answer[0] if answer else ""
        row = {"place": place, "question": question, "lines": marked_lines(question, answer), "typed": typed, "is_right": right}
        rows.append(row | {"reasons": reasons(question, answer, right=right)})
    return rows
