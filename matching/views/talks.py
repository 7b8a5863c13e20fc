"""Times to talk that an employer offers, and the offer letter, for employer, agency and candidate alike."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from matching.forms.times import TimesForm
from matching.interviews import offer_times
from matching.letter import language_of, letter
from matching.models import Match
from matching.open_person import KNOWN_TO_EMPLOYER, initials
from matching.views.acting import act, the_match
from matching.views.applicants import employer_match, page
from portal.accounts.once import and_go
from portal.accounts.second_factor import second_factor_required


@second_factor_required
@require_POST
def times(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found = employer_match(request, vacancy, match)
    form = TimesForm(request.POST, region=found.vacancy.region, now=timezone.now())
    if not form.is_valid():
        response = page(request, found, times_form=form)
        response.status_code = 400
        return response
    target = reverse("matching:applicant", args=[found.vacancy.uid, found.uid])

    def refused(why_not: str) -> HttpResponse:
        return page(request, employer_match(request, vacancy, match), refusal=why_not, times_form=form)

    return act(request, found, and_go(lambda: offer_times(found, form.times(), request.user, timezone.now()), target), refused)


@second_factor_required
@require_safe
def employer_letter(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    """For the employer only from the candidate's yes on, as everything that tells who it is; the letter itself has initials."""
    found = employer_match(request, vacancy, match)
    if found.state not in KNOWN_TO_EMPLOYER:
        raise Http404("There is no contract to read.")
    return sheet(request, found, reverse("matching:applicant", args=[found.vacancy.uid, found.uid]))


@login_required
@require_safe
def own_letter(request: HttpRequest, match: UUID) -> HttpResponse:
    found = the_match(Match.objects.filter(candidate__user=request.user), match)
    return sheet(request, found, reverse("matching:my_match", args=[found.uid]))


def sheet(request: HttpRequest, match: Match, back: str) -> HttpResponse:
    """The letter is in the worker's language, whatever the reader's: it is theirs to understand and to sign."""
    language = language_of(match)
    with override(language):
        found = letter(match)
    if found is None:
        raise Http404("The terms are not entered yet.")
    context = {"letter": found, "initials": initials(match.candidate), "letter_language": language, "back": back, "tab": "jobs"}
    return render(request, "matching/letter.html", context)
