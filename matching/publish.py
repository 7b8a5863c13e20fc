"""Publishing a vacancy, and closing it. Both tell scoring in the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from matching import rules
from matching.journey import expire_all
from matching.mark import mark_vacancy
from matching.models import Vacancy
from portal.accounts.models import User
from portal.places.corridors import DESTINATIONS
from portal.places.days import legal_day


@dataclass(frozen=True, slots=True)
class Gap:
    """What a vacancy still lacks, and the step where it is written."""

    step: str
    text: str


class NotPublishable(Exception):
    """`gaps` say what is missing; empty: it is closed."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__("; ".join(gap.text for gap in gaps))
        self.gaps = gaps


def gaps_of(vacancy: Vacancy, now: datetime) -> list[Gap]:
    gaps = []
    if not vacancy.address:
        gaps.append(Gap("place", _("The address of the worksite is missing.")))
    if vacancy.region.country_id not in DESTINATIONS:
        gaps.append(Gap("place", _("Choose a region of Russia or Kazakhstan.")))
    if not vacancy.entry and not vacancy.skills.exists():
        gaps.append(Gap("skills", _("Name at least one skill, or say that no experience is needed.")))
    if vacancy.wage_amount is None or not vacancy.wage_currency:
        gaps.append(Gap("pay", _("The guaranteed wage is missing.")))
    if vacancy.starts_on is None:
        gaps.append(Gap("pay", _("The day when work starts is missing.")))
    elif vacancy.starts_on < legal_day(now, vacancy.region):
        gaps.append(Gap("pay", _("The day when work starts has passed.")))
    return gaps + _perils(vacancy, now) if vacancy.status == Vacancy.Status.DRAFT else gaps


def _perils(vacancy: Vacancy, now: datetime) -> list[Gap]:
    found: Any = Vacancy.objects.filter(pk=vacancy.pk).with_peril(legal_day(now, vacancy.region)).order_by("pk")
    gaps = {
        Vacancy.Peril.AREA: Gap("place", _("This region is dangerous now. Safar sends nobody there.")),
        Vacancy.Peril.GOODS: Gap("check", _("You make weapons or other military goods. Safar sends nobody there.")),
        Vacancy.Peril.SANCTIONS: Gap("check", _("Your name is on a sanctions list. A person at Safar finds out whether you are meant.")),
    }
    return [gaps[peril] for peril in found.values_list("peril", flat=True) if peril]


@transaction.atomic
def publish_vacancy(vacancy: Vacancy, by: User, now: datetime) -> None:
    """From now on everybody may read it, once its employer is vetted. Publishing again changes nothing. Raises `NotPublishable`."""
    locked = _locked(vacancy, by)
    if locked.status == Vacancy.Status.PUBLISHED:
        return
    gaps = gaps_of(locked, now)
    if gaps or locked.status == Vacancy.Status.CLOSED:
        raise NotPublishable(gaps)
    locked.status, locked.published_at = Vacancy.Status.PUBLISHED, now
    _save(locked, now, ["status", "published_at"])


@transaction.atomic
def close_vacancy(vacancy: Vacancy, by: User, now: datetime) -> None:
    """Nobody new is proposed from now on, and what was open expires; a draft is put away. Closing again changes nothing."""
    locked = _locked(vacancy, by)
    if locked.status == Vacancy.Status.CLOSED:
        return
    locked.status, locked.closed_at = Vacancy.Status.CLOSED, now
    _save(locked, now, ["status", "closed_at"])
    expire_all(locked.pk, now)


def _locked(vacancy: Vacancy, by: User) -> Vacancy:
    locked = Vacancy.objects.select_for_update(of=["self"]).select_related("employer", "region").get(pk=vacancy.pk)
    if not rules.is_employer_member(by, locked):
        raise PermissionDenied
    return locked


def _save(vacancy: Vacancy, now: datetime, fields: list[str]) -> None:
    vacancy.save(update_fields=fields)
    vacancy.raise_revision()
    mark_vacancy(vacancy, now)
