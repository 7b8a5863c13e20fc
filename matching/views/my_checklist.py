"""A candidate's list before departure, and the same days for the phone's calendar."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.calendar_file import calendar_file
from matching.checklist import DONE, Item, checklist
from matching.models import Match, State
from matching.next_steps import next_step
from matching.states import BEFORE_DEPARTURE
from matching.views.my_matches import my_own
from portal.places.days import legal_day


@never_cache
@login_required
@require_safe
def my_checklist(request: HttpRequest, match: UUID) -> HttpResponse:
    found, items = _steps(request, match)
    after = [item for item in items if item.is_after_arrival]
    context = {
        "match": found,
        "next": next_step(found),
        "sections": [(_("Until you travel"), [item for item in items if item not in after]), (_("After you arrive"), after)],
        "has_days": any(item.last_day and item.tone != DONE for item in items),
        "tab": "jobs",
    }
    return render(request, "matching/my_checklist.html", context)


@never_cache
@login_required
@require_safe
def my_calendar(request: HttpRequest, match: UUID) -> HttpResponse:
    found, items = _steps(request, match)
    content = calendar_file(found.uid, items, get_language(), timezone.now())
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="safar.ics"'}
    )


def _steps(request: HttpRequest, uid: UUID) -> tuple[Match, list[Item]]:
    """There is something to prepare once the agency has approved, and until the job is over."""
    match = my_own(request, uid)
    if match.state not in (*BEFORE_DEPARTURE, State.PLACED):
        raise Http404
    return match, checklist(match, match.offers.last(), legal_day(timezone.now(), match.vacancy.region))
