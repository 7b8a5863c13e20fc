"""The person's side: a profile that an agency has written becomes theirs, they read what was done for them, and answer invitations."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from matching.care import CONSENT_VERSION, NotOffered
from matching.forms.intake import MonthForm
from matching.intake.answer_invitation import AlreadyAnswered, invitations_to, say_no, say_yes
from matching.intake.claim import claim, claimable
from matching.intake.on_behalf import act_label, why_label
from matching.models import AgencyLicence, Candidate, Invitation, MissedClaim, OnBehalf
from matching.names import country_names
from matching.register import TooYoung
from portal.accounts.once import and_go, once
from portal.places.models import Region


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def is_this_you(request: HttpRequest) -> HttpResponse:
    """Profiles on the person's phone: a letter, a region, and the question for the month of birth."""
    people, sent = list(claimable(request.user)), request.POST.get("candidate", "")
    rows = []
    for person in people:
        form = MonthForm(request.POST if sent == str(person.uid) else None, auto_id=f"id_{person.pk}_%s")
        if form.is_bound and form.is_valid():
            return once(request, lambda person=person, form=form: claimed(request, person, form))
        rows.append({"uid": person.uid, "letter": person.given_name[:1].upper(), "region": person.home_region, "form": form})
    if request.method == "POST" and sent and not rows:  # sent twice: the first one's answer
        return once(request, lambda: reverse("matching:is_this_you"))
    return render(request, "matching/intake/is_this_you.html", {"tab": "jobs", "rows": rows, "missed": "missed" in request.GET})


def claimed(request: HttpRequest, person: Candidate, form: MonthForm) -> str:
    if claim(person, form.born_in, request.user, timezone.now()):
        return reverse("matching:done_for_me")
    return f"{reverse('matching:is_this_you')}?missed=1"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def done_for_me(request: HttpRequest) -> HttpResponse:
    """What staff did in the person's name. The button says: read."""
    own = OnBehalf.objects.filter(candidate__user=request.user)
    if request.method == "POST":
        newest = request.POST.get("newest", "")
        read = own.filter(seen_at=None, pk__lte=int(newest)) if newest.isdecimal() and len(newest) < 19 else own.none()
        return once(request, and_go(lambda: read.update(seen_at=timezone.now()), reverse("home")))
    rows = [(row, act_label(row.act), why_label(row.reason)) for row in own.select_related("agency", "staff")]
    care = Candidate.objects.filter(user=request.user, care__until=None, care__isnull=False).exists()
    context = {"tab": "jobs", "rows": rows, "newest": rows[0][0].pk if rows else 0, "has_care": care}
    context["has_new"] = any(row.seen_at is None for row, _act, _why in rows)
    return render(request, "matching/intake/done_for_me.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An agency asks; yes begins the profile and its care, no forgets what its list said."""
    if request.method == "POST":
        answered = Invitation.objects.filter(uid=uid, phone=request.user.phone).select_related("agency").first()
        if answered is not None and answered.answered_at is not None:  # sent twice
            return once(request, lambda: reverse("home"))
    found = get_object_or_404(invitations_to(request.user), uid=uid)
    if "no" in request.POST:
        return answer(request, found, and_go(lambda: say_no(found, timezone.now()), reverse("home")))
    if found.missed >= MissedClaim.MOST:
        return invitation_page(request, found, MonthForm(), closed())
    form = MonthForm(request.POST if "yes" in request.POST else None)
    if form.is_bound and "consent" not in request.POST:
        return invitation_page(request, found, form, _("Without your yes no agency sees anything. Tick the box if you agree."))
    if form.is_bound and form.is_valid():
        return answer(request, found, lambda: said_yes(request, found, form.born_in), form)
    missed = _("This is not the month that was written down. Look at it again. If it is right, ask the agency.")
    return invitation_page(request, found, form, missed if "missed" in request.GET and not form.is_bound else "")


def closed() -> str:
    return _("The month of birth was wrong three times. If you want this agency, go there: they write down your yes.")


def said_yes(request: HttpRequest, found: Invitation, born_in: date) -> str:
    if say_yes(found, born_in, request.user, timezone.now()) is None:
        return f"{reverse('matching:invitation', args=[found.uid])}?missed=1"
    return reverse("matching:profile")


def answer(request: HttpRequest, found: Invitation, run: Callable[[], str], form: MonthForm | None = None) -> HttpResponse:
    try:
        return once(request, run)
    except NotOffered:
        problem = _("This agency cannot be chosen today.")
    except AlreadyAnswered:
        problem = _("This invitation has been answered already.")
    except TooYoung:
        problem = _("Jobs abroad are for people of eighteen and older. That protects you.")
    return invitation_page(request, found, form or MonthForm(), problem, 409)


def invitation_page(request: HttpRequest, found: Invitation, form: MonthForm, problem: str, status: int = 200) -> HttpResponse:
    names = country_names()
    licences = AgencyLicence.objects.filter(agency=found.agency).order_by("destination")
    context = {
        "tab": "jobs",
        "invitation": found,
        "letter": found.details["given_name"][:1].upper(),
        "region": Region.objects.filter(code=found.details["home_region"]).first(),
        "licences": [(names[licence.destination], licence) for licence in licences],
        "has_profile": Candidate.objects.filter(user=request.user).exists(),
        "version": CONSENT_VERSION,
        "form": form,
        "consents": "consent" in request.POST,
        "is_closed": found.missed >= MissedClaim.MOST,
        "problem": problem,
    }
    return render(request, "matching/intake/invitation.html", context, status=status)
