"""What the screens of matches share: fetch with the right, act once, tell who comes too late."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from matching import history
from matching.models import Match
from matching.move import NotAllowed, NotPossible
from portal.accounts.once import once
from portal.organisations.models import Organisation

View = Callable[..., HttpResponse]
Refused = Callable[[str], HttpResponse]


def agency_staff_required(view: View) -> View:
    """For pages that are not about one match: a member of an agency, or 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not Organisation.objects.of_member(request.user, Organisation.Kind.AGENCY).exists():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def the_match(matches: QuerySet[Match], uid: UUID) -> Match:
    rows = matches.select_related(
        "vacancy__employer__file",
        "vacancy__list",
        "vacancy__occupation",
        "vacancy__region__country",
        "candidate__home_region",
        "candidate__user",
        "weights",
        "second_look",
    )
    return get_object_or_404(rows, uid=uid)


def act(request: HttpRequest, match: Match, run: Callable[[], str], refused: Refused) -> HttpResponse:
    """`run` moves the match and returns where to go; `refused` renders the page again with one sentence why not (409)."""
    try:
        return once(request, run)
    except NotAllowed:
        raise PermissionDenied from None
    except NotPossible as refusal:
        sentences = [str(refusal.why)]
        if refusal.faster is not None:
            sentences.insert(0, history.faster(refusal.faster, match, request.user))
        response = refused(" ".join(sentences))
        response.status_code = 409
        return response
