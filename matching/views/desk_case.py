"""What staff do with one case beside deciding: whose it is, notes, answers, the ways back, and who is looking at it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from matching import assign as cases
from matching import journey, questions, review
from matching import note as notes
from matching.history import colleagues_of
from matching.looking import look, lookers
from matching.models import MatchQuestion
from matching.views.desk import at_work, staff_match, stay
from matching.views.match_forms import AnswerForm, AssignForm, NoteForm
from portal.accounts.models import User
from portal.accounts.second_factor import second_factor_required


@second_factor_required
@require_POST
def assign(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found = staff_match(request, match, vacancy)
    form = AssignForm(colleagues_of(request.user), request.POST)
    if not form.is_valid():
        return at_work(request, found.vacancy, found, assign_form=form)
    to = User.objects.filter(pk=form.cleaned_data["to"]).first()
    return stay(request, found, lambda: cases.assign(found, to, request.user, timezone.now()), assign_form=form)


@second_factor_required
@require_POST
def note(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found = staff_match(request, match, vacancy)
    form = NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return at_work(request, found.vacancy, found, note_form=form)
    run = lambda: notes.note(found, request.user, form.cleaned_data["text"], timezone.now()).match  # noqa: E731
    return stay(request, found, run, note_form=form)


@second_factor_required
@require_POST
def answer(request: HttpRequest, vacancy: UUID, match: UUID, question: UUID) -> HttpResponse:
    found = staff_match(request, match, vacancy)
    asked = get_object_or_404(MatchQuestion.objects.visible_to(request.user), match=found, uid=question)
    form = AnswerForm(request.POST, prefix="answer")
    if not form.is_valid():
        return at_work(request, found.vacancy, found, answer_form=form)
    run = lambda: questions.answer(asked, request.user, form.cleaned_data["answer"], timezone.now()).match  # noqa: E731
    return stay(request, found, run, answer_form=form)


@second_factor_required
@require_POST
def look_again(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found = staff_match(request, match, vacancy)
    return stay(request, found, lambda: review.look_again(found, request.user, timezone.now()))


@second_factor_required
@require_POST
def reopen(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found = staff_match(request, match, vacancy)
    return stay(request, found, lambda: journey.reopen(found, request.user, timezone.now()))


@second_factor_required
@require_safe
def looking(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    """Asked every half minute by a page that stands open: the reader still looks, and who else does."""
    found = staff_match(request, match, vacancy)
    look(request.user, found)
    others = lookers(request.user, colleagues_of(request.user)).get(found.pk, [])
    return render(request, "matching/desk_looking.html", {"match": found, "vacancy": found.vacancy, "lookers": others})
