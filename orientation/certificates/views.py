"""The holder's page of a certificate, its PDF, and the page where anybody can check one."""

from io import BytesIO
from uuid import UUID

import segno
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from orientation.certificates.code import Mistyped, grouped, read_code
from orientation.certificates.pdf import pdf_of
from orientation.certify import initials, is_name, name_for_strangers, show_name, write_name
from orientation.endorse import endorsed
from orientation.learners import learner_of
from orientation.models import Certificate, EditionPage
from portal.accounts.often import is_too_often
from portal.ui.origin import public_form


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, uid: UUID) -> HttpResponse:
    mine = learner_of(request).own_certificates()
    held = get_object_or_404(mine, uid=uid)
    error = typed = ""
    if "shows_name" in request.POST:
        show_name(mine, uid, shown=request.POST["shows_name"] == "yes")
        return redirect(request.path)
    if request.method == "POST":
        typed = " ".join(request.POST.get("holder_name", "").split())
        if not is_name(typed):
            error = _("Write your name with letters only, as in your passport.")
        else:
            write_name(mine, uid, typed)
            return redirect(request.path)
    page = course_page(held)
    check_url = request.build_absolute_uri(reverse("verify", args=[held.code]))
    context = {
        "certificate": held,
        "page": page,
        "endorsed": endorsed(page),
        "code": grouped(held.code),
        "check_url": check_url,
        "qr": qr(check_url),
        "initials": initials(held.holder_name),
        "languages_of_print": settings.LANGUAGES,
        "printed_in": printed_in(request).items(),
        "error": error,
        "typed": typed,
        "tab": "learn",
    }
    return render(request, "orientation/certificate.html", context, status=400 if error else 200)


@require_safe
def certificate_pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    held = get_object_or_404(learner_of(request).own_certificates(), uid=uid)
    if held.revoked_at:
        return redirect("learn:certificate", held.uid)  # which says why
    told = pdf_of([held], [*printed_in(request).values()], timezone.localdate())
    return FileResponse(BytesIO(told), filename=f"certificate-{held.code}.pdf", content_type="application/pdf")


def printed_in(request: HttpRequest) -> dict[str, str]:
    """The languages that were chosen, else the reader's own, and Russian, in which papers are read where most people go."""
    own = translation.get_language() or "en"
    usual = {"first": own, "second": "en" if own == "ru" else "ru"}
    return {place: asked if (asked := request.GET.get(place, "")) in dict(settings.LANGUAGES) else usual[place] for place in usual}


@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Outside the language prefix, because the address is printed: the reader's browser or `?lang=` says the language."""
    chosen = request.GET.get("lang", "")
    with translation.override(chosen if chosen in dict(settings.LANGUAGES) else translation.get_language()):
        typed = code or request.GET.get("code", "")
        found, problem = find(request, typed) if typed else (None, "")
        page = course_page(found) if found else None
        context = {
            "typed": typed[:40],
            "certificate": found,
            "problem": problem,
            "page": page,
            "endorsed": endorsed(page) if page else [],
            "code": grouped(found.code) if found else "",
            "name": name_for_strangers(found) if found else "",
        }
        response = render(request, "orientation/verify.html", context, status={"": 200, "often": 429}.get(problem, 404))
        response.headers["Content-Language"] = translation.get_language() or ""
        if problem == "often":
            response.headers["Retry-After"] = "60"
        if found:  # whose it is, and whether it still stands: no cache on the way keeps that
            response.headers["Cache-Control"] = "private, no-store"
        return response


def find(request: HttpRequest, typed: str) -> tuple[Certificate | None, str]:
    """The certificate, or why there is none. One query, and none for a slip of the hand."""
    if is_too_often(request, "check_certificate"):
        return None, "often"
    try:
        code = read_code(typed)
    except Mistyped:
        return None, "mistyped"
    found = Certificate.objects.filter(code=code).select_related("edition__course").first()
    return found, "" if found else "unknown"


def course_page(certificate: Certificate) -> EditionPage:
    """The course's own page of the edition that was learnt, in the best language."""
    pages = EditionPage.objects.in_best_language().with_endorsements(timezone.localdate())
    return pages.filter(edition=certificate.edition, slug=EditionPage.COURSE)[0]


def qr(url: str) -> str:
    return mark_safe(
        segno.make(url, error="m").svg_inline(scale=4, border=2, light="#fff", dark="#17262b", omitsize=True, svgclass="qr", lineclass=None)
    )
