"""Profiles without an account that end: erased by an operator on the person's request, and those that nobody has used for long."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from matching.forms.intake import EraseForm
from matching.intake.erase_walk_in import WARNED, NoWalkIn, erase_walk_in, idle
from matching.intake.on_behalf import Act
from matching.models import Candidate, OnBehalf
from matching.open_person import initials
from matching.rules import is_operator
from matching.views.acting import agency_staff_required
from portal.accounts.once import once
from portal.accounts.second_factor import second_factor_required

PER_PAGE = 25


@never_cache
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """The operator types what the paper says and is shown nobody: whoever is found is erased."""
    if not is_operator(request.user):
        raise PermissionDenied
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: erased(request, form))
        except NoWalkIn:
            text = _("No profile without an account has this number and this month of birth. Who has an account erases it themselves.")
            form.add_error("phone", text)
    acts = OnBehalf.objects.filter(act=Act.ERASED).select_related("agency", "staff", "candidate")
    page = Paginator(acts, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "matching/intake/erase.html", {"form": form, "page": page, "tab": "jobs"})


def erased(request: HttpRequest, form: EraseForm) -> str:
    erase_walk_in(form.cleaned_data["phone"], form.born_in, request.user, form.word(), timezone.now())
    return reverse("matching:erase_walk_in")


@second_factor_required
@agency_staff_required
@require_safe
def ending(request: HttpRequest) -> HttpResponse:
    """Initials only: who opens a page with a name leaves a line in the log."""
    found = idle(Candidate.objects.visible_to(request.user), timezone.now() + WARNED).select_related("home_region")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows: list[tuple[Candidate, str]] = [(candidate, initials(candidate)) for candidate in page]
    return render(request, "matching/intake/ending.html", {"page": page, "rows": rows, "days": WARNED.days, "tab": "jobs"})
