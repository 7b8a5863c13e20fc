"""The owner's page of their CV, the PDF, and the page behind the link."""

from io import BytesIO

import segno
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from matching.cv.contents import cv_of
from matching.cv.forms import CvForm
from matching.cv.share import share_cv, stop_sharing
from matching.cv.typeset import typeset
from matching.models import Candidate, CvShare
from matching.views.candidates import step_view
from portal.accounts.once import and_go, once


@step_view
def cv(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    """What is chosen stands in the address: looking writes nothing."""
    form = CvForm(request.GET or None, candidate=candidate)
    share = candidate.cv_shares.open().first()
    context = {
        "tab": "jobs",
        "form": form,
        "share": share,
        "url": link(request, share) if share else "",
        "qr": mark_safe(qr(link(request, share))) if share else "",
    }
    with translation.override(form.chosen["language"]):
        context |= {"cv": cv_of(candidate, **form.shows), "cv_language": form.chosen["language"]}
    return render(request, "matching/cv/cv.html", context)


@step_view
def pdf(request: HttpRequest, candidate: Candidate) -> HttpResponse | FileResponse:
    form = CvForm(request.GET, candidate=candidate)
    share = candidate.cv_shares.open().first()
    with translation.override(form.chosen["language"]):
        words = {"footer": _("Written by the person with Safar."), "qr": _("This page on a phone")}
        told = typeset(cv_of(candidate, **form.shows), form.chosen["language"], words, link(request, share) if share else "")
    return FileResponse(BytesIO(told), filename="cv.pdf", content_type="application/pdf")


@require_POST
@step_view
def share(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    form = CvForm(request.POST, candidate=candidate)
    here = reverse("matching:cv")
    return once(request, and_go(lambda: share_cv(candidate, form.chosen["language"], timezone.now(), **form.shows), here))


@require_POST
@step_view
def stop(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    return once(request, and_go(lambda: stop_sharing(candidate, timezone.now()), reverse("matching:cv")))


@never_cache
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever has the link, without an account; its owner or `?lang=` says the language. A link that was switched off is no page."""
    found = get_object_or_404(CvShare.objects.open().select_related("candidate__user"), token=token)
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else found.language
    with translation.override(language):
        told = cv_of(found.candidate, with_citizenship=found.with_citizenship, with_phone=found.with_phone)
        response = render(request, "matching/cv/shared.html", {"cv": told})
        response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def link(request: HttpRequest, share: CvShare) -> str:
    return request.build_absolute_uri(reverse("shared_cv", args=[share.token]))


def qr(url: str) -> str:
    return segno.make(url, error="m").svg_inline(scale=5, border=2, light="#fff", dark="#17262b", svgclass="qr", lineclass=None)
