"""The calls that operators have to make: whom, why, and how it went."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from matching.open_person import PersonFields, open_person
from matching.views.acting import act
from placements.finish_call import finish_call
from placements.forms import CallForm
from placements.models import CallTask, CheckIn
from placements.views.answers import Shown, answers_of
from portal.accounts.phones import show_phone
from portal.accounts.second_factor import second_factor_required

PER_PAGE = 25


@second_factor_required
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    return listed(request)


@second_factor_required
@require_POST
def person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Name and phone of whom to call. A POST, because every look is written down."""
    found = get_object_or_404(to_see(request), uid=uid)
    return listed(request, call=found, person=open_person(request.user, found.placement.match.candidate, timezone.now()))


@second_factor_required
@require_POST
def done(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(to_see(request), uid=uid)
    form = CallForm(request.POST)
    if not form.is_valid():
        return listed(request, call=found, form=form)

    def run() -> str:
        finish_call(found, request.user, form.cleaned_data["outcome"], form.cleaned_data["note"], timezone.now())
        return reverse("placements:calls")

    return act(request, found.placement.match, run, lambda why_not: listed(request, refusal=why_not))


def to_see(request: HttpRequest) -> QuerySet[CallTask]:
    if not request.user.has_perm("placements.view_calltask"):
        raise PermissionDenied
    about = "placement__match__vacancy"
    return CallTask.objects.visible_to(request.user).select_related(
        "check_in", "done_by", f"{about}__employer", f"{about}__occupation", f"{about}__region", "placement__match__candidate__user"
    )


def listed(
    request: HttpRequest,
    *,
    call: CallTask | None = None,
    person: PersonFields | None = None,
    form: CallForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Open ones, the longest waiting first; the done ones, the newest first, stand behind a link."""
    is_done = request.GET.get("show") == "done"
    found = to_see(request).exclude(done_at=None).order_by("-done_at", "-pk") if is_done else to_see(request).open()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, answers_to(row)) for row in page],
        "is_done": is_done,
        "call": call,
        "person": person,
        "trusted": trusted(call) if call and person else "",
        "form": form or CallForm(),
        "refusal": refusal,
        "tab": "jobs",
    }
    return render(request, "placements/calls.html", context)


def answers_to(call: CallTask) -> Shown | None:
    """Only those that the worker lets operators know."""
    row = call.check_in
    return answers_of(row) if row is not None and CheckIn.Who.SAFAR in row.may_know else None


def trusted(call: CallTask) -> str:
    """The person of trust, where the worker lets operators ask them: in advance, or for this once."""
    placement, row = call.placement, call.check_in
    may_ask = placement.may_ask_trusted or (row is not None and CheckIn.Who.FAMILY in row.may_know)
    return f"{placement.trusted_name}, {show_phone(placement.trusted_phone)}" if may_ask and placement.trusted_phone else ""
