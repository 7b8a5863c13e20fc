"""What waits to be published: a person reads it, who neither wrote it nor earns from it, and publishes it or sends it back."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from matching import publish
from matching.cautions_of import Numbers
from matching.life import NotNow
from matching.load_records import load_routes
from matching.models import Vacancy
from matching.papers import closed_to
from matching.publish import NotPublishable, cautions_now, gaps_of, read_as
from matching.rules import is_reviewer, may_review, to_review
from matching.show_vacancy import ShownVacancy
from portal.accounts.models import User
from portal.accounts.once import once
from portal.accounts.second_factor import second_factor_required
from portal.places.corridors import ORIGINS
from portal.places.days import legal_day
from portal.places.models import Country

PER_PAGE = 25


class MendForm(forms.Form):
    mend = forms.CharField(
        label=_("What has to be mended?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the employer has to mend.")},
    )


def reviewer_or_403(request: HttpRequest) -> None:
    if not is_reviewer(request.user):
        raise PermissionDenied


@second_factor_required
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Who has waited longest comes first."""
    reviewer_or_403(request)
    now = timezone.now()
    waiting = to_review(request.user).with_all().order_by("created_at", "pk")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    read = cache(Numbers)
    rows = [(ShownVacancy(vacancy), cautions_now(vacancy, now, read)) for vacancy in page]
    return render(request, "matching/review_vacancies.html", {"page": page, "rows": rows, "tab": "jobs"})


@second_factor_required
@require_safe
def review_vacancy(request: HttpRequest, uid: str) -> HttpResponse:
    return page(request, the_vacancy(request, uid))


@second_factor_required
@require_POST
def publish_it(request: HttpRequest, uid: str) -> HttpResponse:
    was_read_as = request.POST.get("read_as", "")
    return decide(request, uid, lambda vacancy, by, now: publish.publish_vacancy(vacancy, by, now, was_read_as))


@second_factor_required
@require_POST
def send_back(request: HttpRequest, uid: str) -> HttpResponse:
    form = MendForm(request.POST)
    if not form.is_valid():
        return page(request, the_vacancy(request, uid), status=400, form=form)
    return decide(request, uid, lambda vacancy, by, now: publish.send_back(vacancy, by, now, form.cleaned_data["mend"]))


def the_vacancy(request: HttpRequest, uid: str) -> Vacancy:
    """To whoever reviews everything is there, whatever its state: a colleague may have been faster."""
    reviewer_or_403(request)
    handed_in = Q(status=Vacancy.Status.REVIEW) | Q(published_at__isnull=False) | ~Q(sent_back_because="")
    found = get_object_or_404(Vacancy.objects.filter(handed_in).with_all(), uid=uid)
    if not may_review(request.user, found):
        raise PermissionDenied
    return found


def decide(request: HttpRequest, uid: str, do: Callable[[Vacancy, User, datetime], object]) -> HttpResponse:
    vacancy = the_vacancy(request, uid)

    def run() -> str:
        do(vacancy, request.user, timezone.now())  # type: ignore[arg-type]
        return reverse("matching:review_vacancies")

    try:
        return once(request, run)
    except NotNow as refusal:
        return page(request, the_vacancy(request, uid), status=409, refusal=str(refusal.why))
    except NotPublishable:
        return page(request, the_vacancy(request, uid), status=409)


def page(request: HttpRequest, vacancy: Vacancy, status: int = 200, **more: object) -> HttpResponse:
    now, read = timezone.now(), cache(Numbers)
    prefetch_related_objects([vacancy], "papers")
    context = {
        "vacancy": vacancy,
        "shown": ShownVacancy(vacancy),
        "waits": vacancy.status == Vacancy.Status.REVIEW,
        "cautions": cautions_now(vacancy, now, read),
        "gaps": gaps_of(vacancy, now, read),
        "closed_to": closed_to(
            vacancy, Country.objects.filter(code__in=ORIGINS).order_by("code"), legal_day(now, vacancy.region), load_routes()
        ),
        "papers": vacancy.papers.all(),
        "read_as": read_as(vacancy),
        "form": MendForm(),
        "refusal": "",
        "tab": "jobs",
    }
    return render(request, "matching/review_vacancy.html", context | more, status=status)
