"""Signing what matching builds on. A signature is a person's: whoever changes a row takes the signature off it."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from matching.check_ready import matching_is_open
from matching.danger import stop_soon
from matching.inputs import inputs_digest
from matching.mark import spread_marks
from matching.models import DangerArea, ScoringRun, Vacancy, VacancyList
from matching.models.routes import DatedRow
from matching.score import open_full_run, start_full_run
from portal.accounts.models import User


def may_sign(user: User, row: DatedRow) -> bool:
    """A danger area needs a second person: whoever entered it does not sign it."""
    is_own = isinstance(row, DangerArea) and row.entered_by_id == user.pk
    return user.has_perm(f"matching.change_{row._meta.model_name}") and not is_own


@transaction.atomic
def sign(rows: Sequence[DatedRow], *, by: User, now: datetime) -> None:
    """Sign all of them or none, have everything scored by the law as it is now, and vacancies stopped where nobody may be sent any more."""
    for row in rows:
        if not may_sign(by, row):
            raise PermissionDenied
        row.signed_as, row.signed_by, row.signed_at = str(by)[:60], by, now
        row.save(update_fields=["signed_as", "signed_by", "signed_at"])
    stop_soon()
    score_by_the_law(now)


@transaction.atomic
def end_danger(areas: Sequence[DangerArea], *, by: User, now: datetime) -> None:
    """The last day of danger is today. Like entering one it takes a second person; vacancies that were stopped stay closed."""
    for area in areas:
        if not may_sign(by, area):
            raise PermissionDenied
        if area.valid_to is None or area.valid_to > now.date():
            area.valid_to = now.date()
            area.save(update_fields=["valid_to"])
    score_by_the_law(now)


def take_signature_off(row: DatedRow) -> None:
    """The row is not saved."""
    row.signed_as, row.signed_by, row.signed_at = "", None, None


def score_by_the_law(now: datetime) -> None:
    """A run that was open already may have scored by the law as it was: then every open vacancy is marked as well."""
    if matching_is_open() and start_full_run(now, cause=ScoringRun.Cause.LAW).started_at != now:
        spread_marks(Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED).values_list("pk", flat=True), now)


def heed_the_law(now: datetime) -> bool:
    """Score everything anew where law, rates, facts or taxonomy are not what the newest full run scored by; returns whether they are not.

    A run that is open goes on, and is compared when it has ended. What changed while it went on, and changed back, is found by the lists:
    those that were made by other law are marked.
    """
    newest = ScoringRun.objects.filter(kind=ScoringRun.Kind.FULL).first()
    if newest is None or not newest.inputs or open_full_run() is not None:
        return False
    inputs = inputs_digest(newest.day)
    if newest.inputs == inputs:
        others = VacancyList.objects.filter(day=newest.day).exclude(inputs=inputs, weights=newest.weights_id)
        spread_marks(others.order_by("vacancy").values_list("vacancy", flat=True), now)
        return False
    score_by_the_law(now)
    return True
