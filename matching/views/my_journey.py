"""What a candidate does about a job beside yes and no: name one they have found, ask, let somebody else look, open it again, choose a time to talk."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from matching import interviews, journey, questions, review
from matching.forms.questions import QuestionForm
from matching.models import Match, Vacancy
from matching.own_side import own_side
from matching.views.acting import act
from matching.views.my_matches import answered, my_own, own_page, page


@login_required
@require_POST
def name_job(request: HttpRequest, uid: UUID) -> HttpResponse:
    """This vacancy, which the candidate has found, comes before their agency like one that Safar has found."""
    vacancy = get_object_or_404(Vacancy.objects.open_on(timezone.now().date()).with_all(), uid=uid)
    own = own_side(request.user, vacancy)
    if own.candidate is None or not own.is_cared_for:
        return redirect(own.url)
    match = own.match or Match(vacancy=vacancy, candidate=own.candidate)

    def run() -> str:
        return own_page(review.express_interest(own.candidate, vacancy, request.user, timezone.now()))

    return act(
        request,
        match,
        run,
        lambda why_not: render(request, "matching/not_named.html", {"vacancy": vacancy, "why_not": why_not, "tab": "jobs"}),
    )


@login_required
@require_POST
def ask(request: HttpRequest, match: UUID) -> HttpResponse:
    found = my_own(request, match)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return page(request, found, question_form=form)
    return answered(request, found, lambda: questions.ask(found, request.user, form.cleaned_data["text"], timezone.now()))


@login_required
@require_POST
def look_again(request: HttpRequest, match: UUID) -> HttpResponse:
    found = my_own(request, match)
    return answered(request, found, lambda: review.look_again(found, request.user, timezone.now()))


@login_required
@require_POST
def reopen(request: HttpRequest, match: UUID) -> HttpResponse:
    found = my_own(request, match)
    return answered(request, found, lambda: journey.reopen(found, request.user, timezone.now()))


@login_required
@require_POST
def take_time(request: HttpRequest, match: UUID, interview: UUID) -> HttpResponse:
    found = my_own(request, match)
    chosen = found.interviews.filter(uid=interview).first()
    if chosen is None:  # other times were offered meanwhile
        return redirect(own_page(found) + "#talk")
    return answered(request, found, lambda: interviews.take_time(chosen, request.user, timezone.now()))


@login_required
@require_POST
def no_time_fits(request: HttpRequest, match: UUID) -> HttpResponse:
    found = my_own(request, match)
    return answered(request, found, lambda: interviews.no_time_fits(found, request.user, timezone.now()))
