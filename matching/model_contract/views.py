"""The model contract on a page and as PDF: for the worker, the agency that has the care, and the employer from the worker's yes on."""

from io import BytesIO
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from matching.model_contract.in_two import in_two
from matching.model_contract.typeset import typeset
from matching.models import Match, Offer
from matching.open_person import KNOWN_TO_EMPLOYER, initials
from matching.views.applicants import employer_match
from matching.views.desk import staff_match
from matching.views.my_matches import my_own
from orientation.models import Fact
from orientation.reading import FactBox, fact_box
from portal.accounts.second_factor import second_factor_required

FACTS = ("RU-PATENT-JOB", "RU-PATENT-CONTRACT", "RU-EMPLOYER-3D", "EAEU-STAY", "EAEU-15D", "KZ-EMPLOYER-PERMIT")


@login_required
@require_safe
def own_contract(request: HttpRequest, match: UUID) -> HttpResponse:
    found = my_own(request, match)
    return sheet(request, found, "own", [found.uid], reverse("matching:my_match", args=[found.uid]), facts_about(found))


@login_required
@require_safe
def own_pdf(request: HttpRequest, match: UUID, number: int) -> FileResponse:
    return pdf(my_own(request, match), number)


@second_factor_required
@require_safe
def desk_contract(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found, args = staff_match(request, match, vacancy), [vacancy, match]
    return sheet(request, found, "desk", args, reverse("matching:desk_match", args=args), facts_about(found))


@second_factor_required
@require_safe
def desk_pdf(request: HttpRequest, vacancy: UUID, match: UUID, number: int) -> FileResponse:
    return pdf(staff_match(request, match, vacancy), number)


@second_factor_required
@require_safe
def employer_contract(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    """Without the facts, which would tell the citizenship."""
    args = [vacancy, match]
    return sheet(request, known(request, vacancy, match), "employer", args, reverse("matching:applicant", args=args), [])


@second_factor_required
@require_safe
def employer_pdf(request: HttpRequest, vacancy: UUID, match: UUID, number: int) -> FileResponse:
    return pdf(known(request, vacancy, match), number)


def known(request: HttpRequest, vacancy: UUID, uid: UUID) -> Match:
    found = employer_match(request, vacancy, uid)
    if found.state not in KNOWN_TO_EMPLOYER:
        raise Http404("There is no contract to read.")
    return found


def sheet(request: HttpRequest, match: Match, whose: str, args: list[UUID], back: str, facts: list[FactBox]) -> HttpResponse:
    """The newest terms; earlier ones stay as PDF."""
    offers = list(match.offers.select_related("occupation"))
    if not offers:
        raise Http404("The terms are not entered yet.")

    def pdf_of(offer: Offer) -> str:
        return reverse(f"matching:{whose}_contract_pdf", args=[*args, offer.number])

    sides = in_two(match, offers[-1])
    context = {
        "match": match,
        "initials": initials(match.candidate),
        "sides": sides,
        "rows": [[(side.language, side.name, side.items[place]) for side in sides] for place in range(len(sides[0].items))],
        "newest": offers[-1],
        "pdf": pdf_of(offers[-1]),
        "earlier": [(offer, pdf_of(offer)) for offer in reversed(offers[:-1])],
        "facts": facts,
        "back": back,
        "tab": "jobs",
    }
    return render(request, "matching/model_contract.html", context)


def pdf(match: Match, number: int) -> FileResponse:
    """Without a name: both sides write theirs by hand."""
    offer = get_object_or_404(match.offers.select_related("occupation"), number=number)
    told = typeset(in_two(match, offer))
    return FileResponse(BytesIO(told), filename=f"contract-{number}.pdf", content_type="application/pdf")


def facts_about(match: Match) -> list[FactBox]:
    corridor = f"{match.candidate.citizenship}-{match.vacancy.region.country_id}"
    facts = Fact.objects.filter(code__in=FACTS, corridors__contains=[corridor]).with_main_source()
    return [fact_box(fact, localdate()) for fact in sorted(facts, key=lambda fact: FACTS.index(fact.code))]
