"""What an employer does with a vacancy as a whole: pause, go on, confirm, close, copy, see it as people do, ask what easing would bring."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching import publish
from matching.edit import copy_vacancy
from matching.life import NotNow
from matching.models import Vacancy
from matching.rules import is_employer_member, to_review
from matching.show_vacancy import with_page
from matching.views.employer import get_vacancy_or_404, refused, step_url
from matching.views.vacancies import whole_page
from matching.what_if import ask_what_if
from portal.accounts.models import User
from portal.accounts.once import once

Act = Callable[[Vacancy, User, datetime], object]


def act(request: HttpRequest, uid: str, do: Act, said: str = "", fragment: str = "") -> HttpResponse:
    vacancy = get_vacancy_or_404(request, uid)

    def run() -> str:
        done = do(vacancy, request.user, timezone.now())  # type: ignore[arg-type]
        if said:
            messages.success(request, said)
        return step_url(done if isinstance(done, Vacancy) else vacancy, "check") + fragment

    try:
        return once(request, run)
    except NotNow as refusal:
        return refused(request, vacancy, refusal)


@login_required
@require_POST
def take_back(request: HttpRequest, uid: str) -> HttpResponse:
    return act(request, uid, publish.take_back)


@login_required
@require_POST
def pause(request: HttpRequest, uid: str) -> HttpResponse:
    return act(request, uid, publish.pause)


@login_required
@require_POST
def resume(request: HttpRequest, uid: str) -> HttpResponse:
    return act(request, uid, publish.resume)


@login_required
@require_POST
def refresh(request: HttpRequest, uid: str) -> HttpResponse:
    return act(request, uid, publish.refresh, _("Thank you. The vacancy stays for ninety days more."))


@login_required
@require_POST
def copy(request: HttpRequest, uid: str) -> HttpResponse:
    return act(request, uid, copy_vacancy, _("This is the copy, a new draft. Write when work starts, and look at everything else."))


@login_required
@require_POST
def close(request: HttpRequest, uid: str) -> HttpResponse:
    vacancy = get_vacancy_or_404(request, uid)

    def run() -> str:
        publish.close_vacancy(vacancy, by=request.user, now=timezone.now())
        return reverse("matching:own_vacancies")

    return once(request, run)


@login_required
@require_POST
def what_if(request: HttpRequest, uid: str) -> HttpResponse:
    """A POST, because it is counted how often somebody asks."""
    key = request.POST.get("ease", "")
    return act(request, uid, lambda vacancy, by, now: ask_what_if(vacancy, key, by, now), fragment="#why-few")


@login_required
@require_safe
def preview(request: HttpRequest, uid: str) -> HttpResponse:
    """The public page as people will read it, in the language of the address; for its employer and whoever reviews it."""
    found = with_page(Vacancy.objects.visible_to(request.user)).filter(uid=uid).first()
    if found is None:
        found = get_object_or_404(with_page(to_review(request.user)), uid=uid)
    elif not is_employer_member(request.user, found) and not to_review(request.user).filter(pk=found.pk).exists():
        raise PermissionDenied
    return render(request, "matching/vacancy_preview.html", whole_page(request, found))
