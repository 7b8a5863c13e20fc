"""The checklist of an organisation: written down by one person, signed by two."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.once import once
from portal.accounts.second_factor import second_factor_required
from portal.organisations import ask
from portal.organisations.checklist import answers_of, gaps, items_for, newest
from portal.organisations.forms import AnswersForm, AskForm, TakeBackForm
from portal.organisations.mailboxes import domain_of, is_free
from portal.organisations.models import Membership, Organisation, SanctionHit
from portal.organisations.sign_check import sign_check
from portal.organisations.to_check import may_check, state_of, to_check
from portal.organisations.vet import NotVettable, unvet, vet
from portal.organisations.write_answers import write_answers

PER_PAGE = 25


@second_factor_required
@require_safe
def vetting(request: HttpRequest) -> HttpResponse:
    """The new ones first, who has waited longest before the others; then those to look at again."""
    if not may_check(request.user):
        raise Http404
    now = timezone.now()
    waiting = to_check(request.user, now).select_related("country").order_by(F("vetted_at").asc(nulls_first=True), "created_at", "pk")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(organisation, *state_of(organisation)) for organisation in page]
    return render(request, "organisations/vetting.html", {"page": page, "rows": rows})


def the_organisation(request: HttpRequest, uid: str) -> Organisation:
    """A stranger finds nothing; its own people, and operators who belong to it or to an agency, may not act."""
    may_see = Organisation.objects.visible_to(request.user) | Organisation.objects.to_vet(request.user)
    organisation = get_object_or_404(may_see.select_related("country", "region").distinct(), uid=uid)
    if not Organisation.objects.to_vet(request.user).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    return organisation


@second_factor_required
@require_safe
def vetting_one(request: HttpRequest, uid: str) -> HttpResponse:
    return show(request, the_organisation(request, uid))


def show(request: HttpRequest, organisation: Organisation, status: int = 200, **more: Any) -> HttpResponse:
    today, answers = timezone.now().date(), answers_of(organisation)
    managers = organisation.memberships.filter(role=Membership.Role.MANAGER).values_list("user__email", flat=True)
    domains = sorted({domain_of(email) for email in managers if email})
    context = {
        "organisation": organisation,
        "state": state_of(organisation),
        "domains": [(domain, is_free(domain)) for domain in domains],
        "hits": SanctionHit.objects.blocking(today).filter(organisation=organisation).select_related("entry"),
        "gaps": gaps(organisation, answers, today),
        "written_at": newest(answers),
        "signed_first_by_me": organisation.checked_by_id == request.user.pk,
        "form": AnswersForm(items=items_for(organisation.kind), answers=answers, today=today),
        "ask_form": AskForm(initial={"what": organisation.asked}),
        "back_form": TakeBackForm(),
        **more,
    }
    return render(request, "organisations/vetting_one.html", context, status=status)


def act(request: HttpRequest, organisation: Organisation, do: Callable[[datetime], object], done: str, back: str = "one") -> HttpResponse:
    def run() -> str:
        do(timezone.now())
        messages.success(request, done)
        return reverse("organisations:vetting") if back == "list" else reverse("organisations:vetting_one", args=[organisation.uid])

    try:
        return once(request, run)
    except NotVettable as refusal:
        return show(request, the_organisation(request, str(organisation.uid)), status=409, refusals=refusal.why)


@second_factor_required
@require_POST
def save_answers(request: HttpRequest, uid: str) -> HttpResponse:
    organisation = the_organisation(request, uid)
    items, answers = items_for(organisation.kind), answers_of(organisation)
    form = AnswersForm(request.POST, items=items, answers=answers, today=timezone.now().date())
    if not form.is_valid():
        return show(request, organisation, status=400, form=form)
    return act(request, organisation, lambda now: write_answers(organisation, form.found(), by=request.user, now=now), _("Saved."))


@second_factor_required
@require_POST
def sign(request: HttpRequest, uid: str) -> HttpResponse:
    """The first signature where there is none, else the second: each under what its signer has read."""
    organisation = the_organisation(request, uid)
    read_as, written_at = moment_of(request, "read_as"), moment_of(request, "written_at")
    if read_as is None:
        done = _("Signed. Now another person looks at it and signs.")
        return act(request, organisation, lambda now: sign_check(organisation, by=request.user, now=now, written_at=written_at), done)
    done = _("%(organisation)s is checked. Its people are told.") % {"organisation": organisation}
    return act(request, organisation, lambda now: vet(organisation, by=request.user, now=now, read_as=read_as), done, "list")


def moment_of(request: HttpRequest, name: str) -> datetime | None:
    try:
        return parse_datetime(request.POST.get(name, ""))
    except ValueError:  # the 45th of a month
        return None


@second_factor_required
@require_POST
def ask_for(request: HttpRequest, uid: str) -> HttpResponse:
    organisation, form = the_organisation(request, uid), AskForm(request.POST)
    if not form.is_valid():
        return show(request, organisation, status=400, ask_form=form)
    what = form.cleaned_data["what"]
    return act(request, organisation, lambda now: ask.ask(organisation, what, by=request.user, now=now), _("Asked. Its people are told."))


@second_factor_required
@require_POST
def take_vetting_back(request: HttpRequest, uid: str) -> HttpResponse:
    organisation, form = the_organisation(request, uid), TakeBackForm(request.POST)
    if not form.is_valid():
        return show(request, organisation, status=400, back_form=form)
    because = form.cleaned_data["because"]
    done = _("Taken back. People do not see it any more, and its people are told.")
    return act(request, organisation, lambda now: unvet(organisation, by=request.user, now=now, because=because), done)
