"""An operator has called."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.move import NotAllowed, NotPossible
from placements.models import CallTask
from portal.accounts.models import User


@transaction.atomic
def finish_call(task: CallTask, by: User, outcome: str, note: str, now: datetime) -> CallTask:
    """Once. Raises `NotAllowed`, and `NotPossible` where a colleague was faster or the worker needs no call any more."""
    if not by.has_perm("placements.change_calltask"):
        raise NotAllowed
    found = CallTask.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=task.pk).first()
    if found is None:
        raise NotPossible(_("The worker has taken it back. Nobody has to call."))
    if found.done_at is not None:
        raise NotPossible(
            _("This call is done already: %(outcome)s. %(note)s") % {"outcome": found.get_outcome_display(), "note": found.note}
        )
    found.done_at, found.done_by, found.outcome, found.note = now, by, outcome, note
    found.save(update_fields=["done_at", "done_by", "outcome", "note"])
    return found
