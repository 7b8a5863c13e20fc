"""Invitations: the list that is sent in, what is wrong in it, and who has answered."""

from collections.abc import Callable
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from matching.care import NotOffered
from matching.forms.intake import ListForm, Lists, WordForm
from matching.intake.agencies import agencies_of
from matching.intake.answer_invitation import AlreadyAnswered, record_no, record_yes
from matching.intake.check_table import Checked, check_table, phone_refused, too_many_today
from matching.intake.invite import UNANSWERED_KEPT, AlreadyInvited, TooManyToday, invite
from matching.intake.phones import PhoneRefused
from matching.intake.read_table import MOST_BYTES, NotReadable
from matching.intake.table import empty_list
from matching.models import Invitation, MissedClaim
from matching.register import TooYoung
from matching.views.intake import not_offered, of_an_agency, shown, table
from matching.views.intake_assist import begin_visit
from portal.accounts.once import once
from portal.accounts.phones import show_phone
from portal.accounts.second_factor import second_factor_required
from portal.organisations.models import Organisation

PER_PAGE = 50
MOST_SHOWN = 200  # problems of one list: who has more begins with these


@of_an_agency
@require_safe
def template(request: HttpRequest, agency: Organisation) -> HttpResponse:
    return table(_("people"), empty_list(Lists.of(agency, timezone.now())))


@of_an_agency
@require_http_methods(["GET", "HEAD", "POST"])
def send_list(request: HttpRequest, agency: Organisation) -> HttpResponse:
    """Nobody is invited while anything is wrong, and by the button that only checks nobody at all."""
    is_sent = request.method == "POST"
    form = ListForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    only_check = "check" in request.POST
    if only_check:
        form.fields["may"].required = False
    if not is_sent or not form.is_valid():
        return shown(request, "send_list", agency, form=form, checked=None)
    now = timezone.now()
    try:
        checked = check_table(form.cleaned_data["file"].read(MOST_BYTES + 1), lambda: Lists.of(agency, now), now)
        if not checked.problems and not only_check:
            return once(request, lambda: invited(request, agency, checked))
    except NotReadable as fault:
        form.add_error("file", fault.args[0])
        checked = None
    except AlreadyInvited:
        form.add_error("file", _("A colleague has just invited one of these people. Check the list again."))
        checked = None
    except TooManyToday as limit:
        form.add_error("file", too_many_today(limit.args[0]))
        checked = None
    problems = checked.problems[:MOST_SHOWN] if checked else []
    more = len(checked.problems) - len(problems) if checked else 0
    return shown(request, "send_list", agency, form=form, checked=checked, problems=problems, more=more)


def invited(request: HttpRequest, agency: Organisation, checked: Checked) -> str:
    invite(agency, checked.people, request.user, timezone.now())
    return reverse("matching:invitations")


@of_an_agency
@require_safe
def invitations(request: HttpRequest, agency: Organisation) -> HttpResponse:
    """The agency's own list: who waits for an answer comes first."""
    found = Invitation.objects.visible_to(request.user).filter(agency=agency).order_by("answer", "-invited_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"invitation": row, "name": name_in(row), "phone": show_phone(row.phone)} for row in page]
    return shown(request, "invitations", agency, page=page, rows=rows, days=UNANSWERED_KEPT.days, most_missed=MissedClaim.MOST)


def name_in(invitation: Invitation) -> str:
    """Empty after the answer."""
    return f"{invitation.details.get('given_name', '')} {invitation.details.get('family_name', '')}".strip()


def open_invitations(request: HttpRequest) -> QuerySet[Invitation]:
    return Invitation.objects.visible_to(request.user).open().select_related("agency__country")


@never_cache
@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who was invited has come to the desk and said yes, or no."""
    found = get_object_or_404(open_invitations(request), uid=uid)
    if not agencies_of(request.user, timezone.now()).filter(pk=found.agency_id).exists():
        return render(request, "matching/intake/not_yet.html", {"tab": "jobs"}, status=403)
    if "no" in request.POST:
        return answered(request, found, WordForm(), lambda: said_no(request, found))
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return answered(request, found, form, lambda: said_yes(request, found, form))
    return answer_page(request, found, form)


def answer_page(request: HttpRequest, invitation: Invitation, form: WordForm, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {"tab": "jobs", "invitation": invitation, "name": name_in(invitation), "phone": show_phone(invitation.phone)}
    return render(request, "matching/intake/record_answer.html", context | {"form": form, "refusal": refusal}, status=status)


def answered(request: HttpRequest, invitation: Invitation, form: WordForm, run: Callable[[], str]) -> HttpResponse:
    try:
        return once(request, run)
    except TooYoung:
        refusal = _("Jobs abroad are for people of eighteen and older. That protects you.")
    except PhoneRefused:
        refusal = phone_refused()
    except NotOffered:
        refusal = not_offered()
    except AlreadyAnswered:
        refusal = _("This invitation has been answered already.")
    return answer_page(request, invitation, form, refusal, 409)


def said_yes(request: HttpRequest, invitation: Invitation, form: WordForm) -> str:
    now, word = timezone.now(), form.word()
    candidate = record_yes(invitation, request.user, word, now)
    begin_visit(request, candidate, word, now)
    return reverse("matching:assist", args=[candidate.uid])


def said_no(request: HttpRequest, invitation: Invitation) -> str:
    record_no(invitation, request.user, timezone.now())
    return reverse("matching:invitations")
