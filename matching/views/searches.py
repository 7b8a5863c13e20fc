"""The searches that somebody keeps, to hear of new vacancies."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from matching.models import SavedSearch
from matching.search.choices import chips_of, names_of_all
from matching.search.save import MOST, NotSaved, delete_search, save_search
from matching.search.wish import Wish


@never_cache
@login_required
@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """Those that are kept; and the one in the address, to keep it."""
    wish, names = Wish.of(request.GET), names_of_all()
    kept = [(row, chips_of(Wish.of(QueryDict(row.query)), names)) for row in SavedSearch.objects.visible_to(request.user)]
    context = {
        "wish": wish,
        "chips": chips_of(wish, names),
        "is_kept": any(row.query == wish.query for row, _chips in kept),
        "kept": kept,
        "most": MOST,
        "tab": "jobs",
    }
    return render(request, "matching/search/searches.html", context)


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    try:
        save_search(request.user, Wish.of(QueryDict(request.POST.get("query", "")[:1000])), timezone.now())
    except NotSaved as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, _("Kept. Safar tells you when something new fits."))
    return redirect("matching:searches")


@login_required
@require_POST
def delete(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A second tap finds nothing left to do; somebody else's search is not there."""
    if SavedSearch.objects.filter(uid=uid).exists():
        delete_search(get_object_or_404(SavedSearch.objects.visible_to(request.user), uid=uid))
    messages.success(request, _("Deleted. No more messages about this search."))
    return redirect("matching:searches")
