"""What an employer reads before registering: who is ready, how recruitment goes here, and who pays."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.ready_people import ready_people
from orientation.reading import read_facts

PRINCIPLE = "EMPLOYER-PAYS"
ASKED = ("RU-EMPLOYER-3D", "KZ-EMPLOYER-PERMIT", "KZ-SEASONAL-FEE", "KZ-SEASONAL-FEE-YEAR", "KZ-HOST-3D")


@require_safe
def employers(request: HttpRequest) -> HttpResponse:
    """Five queries; two while the counts are remembered."""
    today = timezone.now().date()
    facts = list(read_facts([PRINCIPLE, *ASKED], today).values())
    context = {
        "ready": ready_people(today),
        "principle": [fact for fact in facts if fact.code == PRINCIPLE],
        "asked": [fact for fact in facts if fact.code != PRINCIPLE],
        "tab": "jobs",
    }
    return render(request, "matching/employers.html", context)
