"""The final check, the certificate it gives, and the page where anybody can check a certificate."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orientation.answers import asked_lines, from_form, is_right, marked_lines, numbers_of, reasons
from orientation.certify import normal_code, write_name
from orientation.learners import learner_of
from orientation.models import Certificate, EditionPage
from orientation.reading import filled, read_facts
from orientation.record import Unanswered, check_questions, record_check
from orientation.views import Stand, attempt_of, get_page_or_404, stand, to, with_device
from portal.ui.origin import public_form


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, course: str) -> HttpResponse:
    page = get_page_or_404(course, EditionPage.CHECK)
    here = stand(request, page)
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


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, uid: str) -> HttpResponse:
    mine = Certificate.objects.filter(learner_of(request).owns()).select_related("edition__course")
    held = get_object_or_404(mine, uid=uid)
    error = typed = ""
    if request.method == "POST":
        typed = " ".join(request.POST.get("holder_name", "").split())
        if not 2 <= len(typed) <= 100 or any(not (letter.isalpha() or letter in " .'-ʻʼ’") for letter in typed):
            error = _("Write your name with letters only, as in your passport.")
        else:
            write_name(mine, uid, typed)
            return redirect(request.path)
    page = course_page(held)
    check_url = request.build_absolute_uri(reverse("verify", args=[held.code]))
    context = {
        "certificate": held,
        "page": page,
        "code": f"{held.code[:5]}-{held.code[5:]}",
        "check_url": check_url,
        "qr": mark_safe(
            segno.make(check_url, error="m").svg_inline(
                scale=4, border=2, light="#fff", dark="#17262b", omitsize=True, svgclass="qr", lineclass=None
            )
        ),
        "error": error,
        "typed": typed,
        "tab": "learn",
    }
    return render(request, "orientation/certificate.html", context, status=400 if error else 200)


@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Outside the language prefix, because the address is printed: the reader's browser or `?lang=` says the language."""
    chosen = request.GET.get("lang", "")
    with translation.override(chosen if chosen in dict(settings.LANGUAGES) else translation.get_language()):
        typed = code or request.GET.get("code", "")
        found = Certificate.objects.filter(code=normal_code(typed)).select_related("edition__course").first() if typed else None
        page = None
        if found:
            page = course_page(found)
        context = {
            "typed": typed[:40],
            "certificate": found,
            "page": page,
            "code": f"{found.code[:5]}-{found.code[5:]}" if found else "",
            "initials": " ".join(f"{part[0]}." for part in found.holder_name.split()) if found else "",
        }
        response = render(request, "orientation/verify.html", context, status=404 if typed and not found else 200)
        response.headers["Content-Language"] = translation.get_language() or ""
        return response


def course_page(certificate: Certificate) -> EditionPage:
    """The course's own page of the edition that was learnt, in the best language."""
    return EditionPage.objects.in_best_language().filter(edition=certificate.edition, slug=EditionPage.COURSE)[0]
