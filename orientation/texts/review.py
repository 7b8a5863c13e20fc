"""From a draft to what may go out: its writer asks for a reader, and somebody else puts their name to it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from orientation.models import Translation
from orientation.texts.states import Standing, State, standings
from orientation.texts.units import Thing

if TYPE_CHECKING:
    from portal.accounts.models import User


class NotReviewable(Exception):
    """The message says to an editor why, and what to do."""


def send_to_review(thing: Thing, language: str) -> None:
    """Raises `NotReviewable`."""
    with transaction.atomic():
        standing = _locked(thing, language)
        if standing.gaps:
            raise NotReviewable("Write all its texts first. Missing: " + ", ".join(standing.gaps[:5]))
        if standing.row is None:
            raise NotReviewable("Nobody has saved these texts yet: open them and save.")
        if standing.state == State.DRAFT:
            _set(standing.row, state=Translation.State.IN_REVIEW)


def approve(thing: Thing, language: str, *, by: "User", now: datetime, seen: datetime | None = None) -> None:
    """`by` has read the texts: they may go out. `seen`: when those were written that they have read. Raises `NotReviewable`."""
    with transaction.atomic():
        standing = _locked(thing, language)
        if standing.row is None or standing.state in (State.MISSING, State.DRAFT):
            raise NotReviewable("Its writer has not sent it to review yet.")
        if standing.row.written_by == by:
            raise NotReviewable("You have written it: somebody else reads it.")
        if seen is not None and seen != standing.row.written_at:
            raise NotReviewable("It has been written anew meanwhile: read it once more.")
        if standing.state == State.IN_REVIEW:
            _set(standing.row, state=Translation.State.PUBLISHED, reviewed_by=by, reviewed_at=now)


def still_correct(thing: Thing, language: str) -> None:
    """The English has changed, and the translation says the same already. Raises `NotReviewable`."""
    with transaction.atomic():
        standing = _locked(thing, language)
        if standing.row is None:
            raise NotReviewable("There is no translation yet.")
        _set(standing.row, based_on_revision=standing.thing.revision)


def _locked(thing: Thing, language: str) -> Standing:
    held = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    return next(standing for standing in standings([held]) if standing.language == language)


def _set(row: Translation, **values: object) -> None:
    Translation.objects.filter(pk=row.pk).update(**values)
