"""Writing down what was found out about an organisation. Whoever changes the checklist takes the first signature off it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.checklist import failed, items_for
from portal.organisations.models import Organisation, VettingAnswer
from portal.organisations.vet import take_back


@dataclass(frozen=True, slots=True)
class Found:
    item: str
    result: str
    evidence: str
    link: str
    valid_to: date | None


@transaction.atomic
def write_answers(organisation: Organisation, found: Iterable[Found], *, by: User, now: datetime) -> int:
    """Answers that are as they were stay with who wrote them. What has to be right and is not takes the vetting back at once.

    Returns how many changed. Raises `ValueError` for an item that is none of this organisation's.
    """
    if not rules.can_vet(by, organisation):
        raise PermissionDenied
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    standing = {answer.item: answer for answer in locked.answers.all()}
    asked = {item.code for item in items_for(locked.kind)}
    changed = 0
    for each in found:
        if each.item not in asked:
            raise ValueError(f"Nobody asks a {locked.kind} for {each.item!r}.")
        values = {"result": each.result, "evidence": each.evidence, "link": each.link, "valid_to": each.valid_to}
        answer = standing.get(each.item)
        if answer is not None and all(getattr(answer, name) == value for name, value in values.items()):
            continue
        VettingAnswer.objects.update_or_create(organisation=locked, item=each.item, defaults=values | {"written_by": by, "written_at": now})
        changed += 1
    if changed:
        locked.checked_at = locked.checked_by = None
        locked.save(update_fields=["checked_at", "checked_by"])
        if locked.vetted_at is not None and failed(locked.kind, locked.answers.all()):
            take_back(locked, now)
    return changed
