"""Trying a version of the weights: a row asks for it, whatever worker is free in the bulk queue does it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matching.inputs import inputs_digest
from matching.models import ScoringWeights, WeightsTrial
from matching.score import scoring_day
from matching.scoring import ScoringError
from matching.weights import NotPossible, in_force
from matching.weights_trial import compare_versions
from portal.accounts.models import User
from portal.wake import wake

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)  # who needs longer is joined by another worker, and the first to end is heard

Clock = Callable[[], datetime]


@transaction.atomic
def ask_trial(row: ScoringWeights, *, by: User, now: datetime) -> WeightsTrial:
    """Have `row` compared with the version in force on the scoring day.

    Once a day and law is enough: who asks again gets the same trial, which starts anew only where it has failed.
    """
    before, day = in_force(), scoring_day(now)
    if before is None or before == row:
        raise NotPossible(_("This version is in force: there is nothing to compare it with."))
    trial, is_new = WeightsTrial.objects.get_or_create(
        before=before, after=row, day=day, inputs=inputs_digest(day), defaults={"asked_by": by, "asked_at": now}
    )
    if trial.fault:
        WeightsTrial.objects.filter(pk=trial.pk).update(fault="", finished_at=None, lease_until=None)
    if is_new or trial.fault:
        transaction.on_commit(lambda: wake("matching.try_weights", "bulk"))
    return trial


def try_weights(clock: Clock) -> int:
    """Claim and work off trials until none is free. Returns how many."""
    done = 0
    while (trial := claim_trial(clock())) is not None:
        work_off(trial, clock)
        done += 1
    return done


@transaction.atomic
def claim_trial(now: datetime) -> WeightsTrial | None:
    trial = WeightsTrial.objects.claimable(now).select_for_update(skip_locked=True).first()
    if trial is not None:
        trial.lease_until = now + LEASE
        trial.save(update_fields=["lease_until"])
    return trial


def work_off(trial: WeightsTrial, clock: Clock) -> None:
    """A fault of the input ends the trial and is told; anything else leaves it to the next worker."""
    result, fault = None, ""
    try:
        result = compare_versions(trial)
    except ScoringError as error:
        log.exception("weights.trial_failed", trial=str(trial.uid))
        fault = str(error)[:300]
    WeightsTrial.objects.filter(pk=trial.pk, finished_at=None).update(result=result, fault=fault, finished_at=clock(), lease_until=None)
