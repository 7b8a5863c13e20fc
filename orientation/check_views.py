"""The final check, the certificate it gives, and the page where anybody can check a certificate."""

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orientation.certify import normal_code, write_name
from orientation.learners import learner_of
from orientation.models import Certificate, EditionPage
from orientation.progress import for_corridor
from orientation.reading import filled, read_facts
from orientation.record import Unanswered, record_check
from orientation.views import attempt_of, get_page_or_404, stand, to, with_device
from portal.ui.origin import public_form


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, course: str) -> HttpResponse:
    page = get_page_or_404(course, EditionPage.CHECK)
    here = stand(request, page)
    if not here.corridor and here.outline["corridors"]:
        return redirect(f"{reverse('learn:course', args=[course])}?corridor=check")
    asked = for_corridor(page.content["questions"], here.corridor)
    answers = {question["uid"]: request.POST.get(question["uid"], "") for question in asked}
    missing: list[int] = []
    if request.method == "POST":
        learner = with_device(request)
        try:
            record_check(learner, page, answers, attempt=attempt_of(request), corridor=here.corridor, now=timezone.now())
            return to(request.path, learner)
        except Unanswered as unanswered:
            missing = unanswered.places
    last = here.progress.last_check if request.method != "POST" and "again" not in request.GET else None
    given = last.answers if last else answers
    facts = read_facts(page.content["fact_codes"], timezone.localdate())
    rows = [
        {"place": place, "question": question, "chosen": given.get(question["uid"], ""), "missing": place in missing}
        for place, question in enumerate(filled(asked, facts), 1)
    ]
    context = {
        "page": page,
        "outline": here.outline,
        "rows": rows,
        "last": last,
        "certificate": here.certificate(),
        "attempt": here.progress.checks + 1,
        "missing": missing,
        "tab": "learn",
    }
    return render(request, "orientation/check.html", context, status=400 if missing else 200)


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
