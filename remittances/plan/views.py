"""A person's plan, and the one that somebody shares with them."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.often import is_too_often
from portal.accounts.once import once
from portal.money.amounts import Currency, Money
from portal.money.formats import format_money
from portal.places.choice import chosen_corridor
from remittances.models import Goal, Plan, PlanShare, PlanStep
from remittances.plan.forms import GoalForm, JoinForm, PlanForm, SavingForm, StepForm
from remittances.plan.hold import NotPossible
from remittances.plan.keep_plan import delete_plan, keep_plan
from remittances.plan.put_aside import put_aside
from remittances.plan.share_plan import end_share, join_plan, share_plan
from remittances.plan.show import ShownGoal, ideas, show_plan
from remittances.plan.write_goal import change_goal, delete_goal, write_goal
from remittances.plan.write_step import delete_step, tick_step, write_step
from remittances.quotes import CURRENCY

LISTED = 12  # what was put aside last


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """For a visitor what a plan is: no query. For whoever has one five: the plan, the one they may see, goals, steps, who sees theirs."""
    own, joined = None, None
    if request.user.is_authenticated:
        for row in Plan.objects.visible_to(request.user):
            own, joined = (row, joined) if row.user_id == request.user.pk else (own, row)
    shown = show_plan(own, request.user, timezone.localdate(), is_family=False) if own else None
    context = {
        "shown": shown,
        "joined": joined,
        "share": PlanShare.objects.going_on().filter(plan=own).first() if own else None,
        "ideas": ideas(shown),
        "tab": "money",
    }
    return render(request, "remittances/plan/plan.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_plan(request: HttpRequest) -> HttpResponse:
    """Also the first one."""
    own = Plan.objects.filter(user=request.user).first()
    corridor = chosen_corridor(request)
    currency = CURRENCY[corridor.destination] if corridor else Currency.RUB
    form = PlanForm(request.POST if request.method == "POST" else None, plan=own, currency=currency)

    def page() -> HttpResponse:
        return render(request, "remittances/plan/edit.html", {"plan": own, "form": form, "tab": "money"})

    def run() -> str:
        keep_plan(request.user, form.terms(), timezone.now())
        return reverse("remittances:plan")

    return act(request, run, form, page) if form.is_valid() else page()


@login_required
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    def run() -> str:
        delete_plan(get_object_or_404(Plan, user=request.user), request.user)
        return reverse("remittances:plan")

    return once_if_there(request, run)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_goal(request: HttpRequest) -> HttpResponse:
    """Whoever has no plan yet begins it first."""
    own = Plan.objects.filter(user=request.user).first()
    if own is None:
        return redirect("remittances:plan_edit")
    form = GoalForm(request.POST if request.method == "POST" else None, plan=own, kind=request.GET.get("kind", ""))

    def run() -> str:
        return page_of(write_goal(own, form.wish(), request.user, timezone.now()))

    def page() -> HttpResponse:
        return render(request, "remittances/plan/goal_form.html", {"goal": None, "form": form, "tab": "money"})

    return act(request, run, form, page) if form.is_valid() else page()


@never_cache
@login_required
@require_safe
def goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    return goal_page(request, uid)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = own_goal(request, uid)
    form = GoalForm(request.POST if request.method == "POST" else None, plan=found.plan, goal=found)

    def run() -> str:
        return page_of(change_goal(found, form.wish(), request.user))

    def page() -> HttpResponse:
        return render(request, "remittances/plan/goal_form.html", {"goal": found, "form": form, "tab": "money"})

    return act(request, run, form, page) if form.is_valid() else page()


@login_required
@require_POST
def remove_goal(request: HttpRequest, uid: UUID) -> HttpResponse:
    def run() -> str:
        delete_goal(the_goal(request, uid), request.user)
        return reverse("remittances:plan")

    return once_if_there(request, run)


@login_required
@require_POST
def save(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One sum, two buttons: put aside, or taken out."""
    found = own_goal(request, uid)
    form, sign = SavingForm(request.POST, plan=found.plan), -1 if "take" in request.POST else 1

    def run() -> str:
        put_aside(found, sign * form.cleaned_data["amount"], request.user, timezone.localdate())
        return page_of(found)

    def page() -> HttpResponse:
        return goal_page(request, uid, saving=form)

    return act(request, run, form, page) if form.is_valid() else page()


@login_required
@require_POST
def new_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    found, form = own_goal(request, uid), StepForm(request.POST)

    def run() -> str:
        write_step(found, form.cleaned_data["text"], form.cleaned_data["due_on"], request.user)
        return page_of(found) + "#steps"

    def page() -> HttpResponse:
        return goal_page(request, uid, step=form)

    return act(request, run, form, page) if form.is_valid() else page()


@login_required
@require_POST
def change_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Done, not done after all, or deleted."""

    def run() -> str:
        visible = PlanStep.objects.filter(goal__in=Goal.objects.visible_to(request.user).order_by())
        step = get_object_or_404(visible.select_related("goal"), uid=uid)
        if "delete" in request.POST:
            delete_step(step, request.user)
        else:
            tick_step(step, "done" in request.POST, request.user, timezone.now())
        return page_of(step.goal) + "#steps"

    return once_if_there(request, run)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """The new code stands in the answer to the form alone: in no address, no cookie and no row."""
    own = get_object_or_404(Plan, user=request.user)
    code, problem = "", ""

    def run() -> str:
        nonlocal code
        code = share_plan(own, request.user, timezone.now())
        return reverse("remittances:plan_share")

    if request.method == "POST":
        try:
            sent_before = once_if_there(request, run)
        except NotPossible as refusal:
            problem = str(refusal)
        else:
            if not code:
                return sent_before
    now, standing = timezone.now(), PlanShare.objects.filter(plan=own).first()
    is_usable = bool(standing and not standing.member_id and standing.made_at > now - PlanShare.LASTS)
    context = {
        "plan": own,
        "code": f"{code[:4]} {code[4:]}" if code else "",
        "problem": problem,
        "share": standing if standing and standing.member_id else None,
        "code_until": standing.made_at + PlanShare.LASTS if standing and is_usable else None,
        "tab": "money",
    }
    return render(request, "remittances/plan/share.html", context, status=409 if problem else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    form = JoinForm(request.POST if request.method == "POST" else None)

    def run() -> str:
        return reverse("remittances:plan_shared", args=[join_plan(form.cleaned_data["code"], request.user, timezone.now()).uid])

    def page() -> HttpResponse:
        return render(request, "remittances/plan/join.html", {"form": form, "tab": "money"})

    if not form.is_valid():
        return page()
    if is_too_often(request, "join_plan", str(request.user.pk)):
        form.add_error(None, _("You have tried too many codes. Wait an hour, then look at the code again."))
        response = page()
        response.status_code = 429
        return response
    return act(request, run, form, page)


@never_cache
@login_required
@require_safe
def shared(request: HttpRequest, uid: UUID) -> HttpResponse:
    """For the one with whom the plan is shared, and for its owner, who sees here what the other one sees."""
    found = get_object_or_404(Plan.objects.visible_to(request.user), uid=uid)
    shown = show_plan(found, request.user, timezone.localdate(), is_family=True)
    context = {"shown": shown, "is_owner": found.user_id == request.user.pk, "tab": "money"}
    return render(request, "remittances/plan/shared.html", context)


@login_required
@require_POST
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    def run() -> str:
        found = get_object_or_404(Plan.objects.visible_to(request.user), uid=uid)
        end_share(found, request.user)
        return reverse("remittances:plan_share" if found.user_id == request.user.pk else "remittances:plan")

    return once(request, run)


def the_goal(request: HttpRequest, uid: UUID) -> Goal:
    """One's own, or one that is shared with oneself."""
    return get_object_or_404(Goal.objects.visible_to(request.user).with_saved().select_related("plan"), uid=uid)


def own_goal(request: HttpRequest, uid: UUID) -> Goal:
    found = the_goal(request, uid)
    if found.plan.user_id != request.user.pk:
        raise PermissionDenied
    return found


def goal_page(request: HttpRequest, uid: UUID, **forms: Form) -> HttpResponse:
    """Whoever it is shared with sees how far it is, and its steps; what a course adds to the pay only where the pay is told."""
    found = the_goal(request, uid)
    is_own = found.plan.user_id == request.user.pk
    context = {
        "shown": ShownGoal(found, timezone.localdate()),
        "is_own": is_own,
        "shows_pay": is_own or found.plan.shows_pay,
        "savings": [(row.saved_on, format_money(Money(row.amount, found.plan.currency))) for row in found.savings.all()[:LISTED]]
        if is_own
        else [],
        "saving": SavingForm(plan=found.plan),
        "step": StepForm(),
        "tab": "money",
    }
    return render(request, "remittances/plan/goal.html", context | forms)


def page_of(goal: Goal) -> str:
    return reverse("remittances:plan_goal", args=[goal.uid])


def act(request: HttpRequest, run: Callable[[], str], form: Form, page: Callable[[], HttpResponse]) -> HttpResponse:
    """What is not possible is said above the form, which keeps what was typed (409)."""
    try:
        return once_if_there(request, run)
    except NotPossible as refusal:
        form.add_error(None, str(refusal))
        response = page()
        response.status_code = 409
        return response


def once_if_there(request: HttpRequest, run: Callable[[], str]) -> HttpResponse:
    try:
        return once(request, run)
    except ObjectDoesNotExist:  # deleted a moment ago, on another phone
        raise Http404 from None
