"""Approving a version of the weights: a second person, who has seen whose places change."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from matching.check_ready import matching_is_open
from matching.models import ScoringRun, ScoringWeights, WeightsApproval, WeightsTrial
from matching.score import hold_full_runs, open_full_run, scoring_day, start_full_run
from matching.weights import NotPossible, in_force
from portal.accounts.models import User

OLDEST_TRIAL = timedelta(days=1)


def deciding_trial(row: ScoringWeights, now: datetime) -> WeightsTrial | None:
    """The newest finished comparison with the version in force, of the scoring day or the day before."""
    trials = WeightsTrial.objects.filter(after=row, before=in_force(), day__gte=scoring_day(now) - OLDEST_TRIAL, result__isnull=False)
    return trials.order_by("-day", "-finished_at").first()


def check_approvable(row: ScoringWeights, by: User, now: datetime) -> WeightsTrial | None:
    """Raises NotPossible with the reason; returns the comparison to rest on. The first version of all, in force unsigned, needs none."""
    if row.approved_by_id is None and row == in_force():
        return None
    if row == in_force():
        raise NotPossible(_("This version is in force already."))
    if row.proposed_by_id == by.pk:
        raise NotPossible(_("You proposed this version. Somebody else has to approve it."))
    trial = deciding_trial(row, now)
    if trial is None:
        raise NotPossible(_("First compare it with the version in force. A comparison counts on its day and the day after."))
    return trial


@transaction.atomic
def approve(row: ScoringWeights, *, by: User, now: datetime) -> None:
    """Put `row` in force and have everything scored by it. Approving an older version again is how to go back.

    Of two people who approve at the same time the second one finds another version in force, and has not compared with that.
    Raises NotPossible.
    """
    hold_full_runs()
    row = ScoringWeights.objects.select_for_update().get(pk=row.pk)
    trial = check_approvable(row, by, now)
    if trial is not None:
        latest = ScoringWeights.objects.aggregate(at=Max("approved_at"))["at"]
        row.approved_at = max(now, latest + timedelta(microseconds=1))  # in force is what was approved last, whichever clock is behind
    row.approved_by = by
    row.save(update_fields=["approved_by", "approved_at"])
    WeightsApproval.objects.create(weights=row, trial=trial, approved_by=by, approved_at=now)
    if trial is not None:
        score_by_new_weights(now)


@transaction.atomic
def score_by_new_weights(now: datetime) -> ScoringRun | None:
    """Start the full run that brings all lists to the version in force. Where one by the old version is open it comes after that.

    The beat asks, too: so a switch during a run is not forgotten.
    """
    hold_full_runs()
    newest = ScoringRun.objects.filter(kind=ScoringRun.Kind.FULL).order_by("-started_at", "-pk").first()
    is_behind = newest is not None and newest.weights != in_force()
    if not is_behind or open_full_run() is not None or not matching_is_open():
        return None
    return start_full_run(now, cause=ScoringRun.Cause.WEIGHTS)
