"""From a draft to a published vacancy, and to its end. The table of these moves is `life.py`."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from matching.cautions_of import Numbers, cautions_of
from matching.journey import expire_all
from matching.life import NotNow, Status, follow_seats, locked, step
from matching.models import EmployerFile, Match, State, Vacancy, VacancySkill
from matching.say_caution import Spoken, spoken
from matching.vacancy_notices import DAYS_BEFORE, VacancyEnds, VacancyIsOver, VacancyPublished, VacancySentBack
from portal.accounts.models import User
from portal.organisations.tell_members import tell_members
from portal.outbox.notice import Notice
from portal.places.corridors import DESTINATIONS
from portal.places.days import legal_day

HOUSEHOLD = "97"  # NACE: households as employers of domestic staff
READ = (  # what a reviewer reads
    *("occupation_id", "region_id", "address", "other_sites", "title", "description", "hours_a_week"),
    *("wage_amount", "wage_currency", "wage_period", "wage_basis", "shifts_a_month", "conditions"),
    *("entry", "experience_months", "licences", "certificates", "starts_on", "openings"),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What a vacancy still lacks or must not say, and the step where it is written."""

    step: str
    text: str


class NotPublishable(Exception):
    """`gaps` say what is missing; empty: it is closed."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__("; ".join(gap.text for gap in gaps))
        self.gaps = gaps


def gaps_of(vacancy: Vacancy, now: datetime, read: Callable[[date], Numbers] = Numbers) -> list[Gap]:
    gaps = []
    if not vacancy.address:
        gaps.append(Gap("place", _("The address of the worksite is missing.")))
    if vacancy.region.country_id not in DESTINATIONS:
        gaps.append(Gap("place", _("Choose a region of Russia or Kazakhstan.")))
    if not vacancy.entry and not VacancySkill.objects.filter(vacancy=vacancy).exists():
        gaps.append(Gap("skills", _("Name at least one skill, or say that no experience is needed.")))
    if vacancy.wage_amount is None or not vacancy.wage_currency:
        gaps.append(Gap("pay", _("The guaranteed wage is missing.")))
    if vacancy.hours_a_week is None:
        gaps.append(Gap("pay", _("Say how many hours a week people work.")))
    if vacancy.starts_on is None:
        gaps.append(Gap("pay", _("The day when work starts is missing.")))
    elif vacancy.starts_on < legal_day(now, vacancy.region):
        gaps.append(Gap("pay", _("The day when work starts has passed.")))
    if vacancy.status in (Status.DRAFT, Status.REVIEW):
        gaps += [Gap(caution.step, f"{caution.text} {caution.instead}") for caution in cautions_now(vacancy, now, read) if caution.stops]
        gaps += _forbidden(vacancy, now)
    return gaps


def cautions_now(vacancy: Vacancy, now: datetime, read: Callable[[date], Numbers] = Numbers) -> list[Spoken]:
    """Whoever asks for many of them reads each day's numbers once."""
    return spoken(cautions_of(vacancy, read(legal_day(now, vacancy.region))))


def _forbidden(vacancy: Vacancy, now: datetime) -> list[Gap]:
    found: Any = Vacancy.objects.filter(pk=vacancy.pk).with_peril(legal_day(now, vacancy.region)).order_by("pk")
    gaps = {
        Vacancy.Peril.AREA: Gap("place", _("This region is dangerous now. Safar sends nobody there.")),
        Vacancy.Peril.GOODS: Gap("check", _("You make weapons or other military goods. Safar sends nobody there.")),
        Vacancy.Peril.SANCTIONS: Gap("check", _("Your name is on a sanctions list. A person at Safar finds out whether you are meant.")),
    }
    texts = [gaps[peril] for peril in found.values_list("peril", flat=True) if peril]
    file = EmployerFile.objects.filter(employer=vacancy.employer_id).first()
    if file is not None and any(code.startswith(HOUSEHOLD) for code in file.activities):
        texts.append(Gap("check", _("Work in private households is not published on Safar yet: nobody could visit the place of work.")))
    return texts


def read_as(vacancy: Vacancy) -> str:
    """What the vacancy says, as one short word: a reviewer publishes what they have read, and nothing else."""
    parts: list[Any] = [[getattr(vacancy, name) for name in READ]]
    parts += [sorted(vacancy.skills.order_by("pk").values_list("skill", "importance", "level", "critical"), key=str)]
    parts += [sorted(vacancy.languages.order_by("pk").values_list("language", "minimum", "target"))]
    parts += [sorted(vacancy.papers.order_by("pk").values_list("kind", "number", "dated"))]
    return sha256(json.dumps(parts, default=str).encode()).hexdigest()[:16]


@transaction.atomic
def submit(vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    """Hand a draft in. A person at Safar reads it before anybody else does. Raises `NotPublishable`; once more changes nothing."""
    now_is = locked(vacancy)
    if now_is.status == Status.DRAFT:
        if gaps := gaps_of(now_is, now):
            raise NotPublishable(gaps)
        return step(now_is, Status.REVIEW, by, now, sent_back_because="")
    if now_is.status == Status.CLOSED:
        raise NotPublishable([])
    return now_is


def take_back(vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    """The employer wants to go on writing."""
    return step(vacancy, Status.DRAFT, by, now)


@transaction.atomic
def send_back(vacancy: Vacancy, by: User, now: datetime, mend: str) -> Vacancy:
    """A draft again, with what has to be mended first."""
    vacancy = step(vacancy, Status.DRAFT, by, now, note=mend, sent_back_because=mend)
    _tell_members(vacancy, VacancySentBack(vacancy), now)
    return vacancy


@transaction.atomic
def publish_vacancy(vacancy: Vacancy, by: User, now: datetime, was_read_as: str) -> Vacancy:
    """From now on everybody may read it, once its employer is vetted. `was_read_as` is what the reviewer saw.

    Publishing again changes nothing. Raises `NotPublishable`, `NotNow`.
    """
    now_is = locked(vacancy)
    if now_is.status == Status.PUBLISHED:
        return now_is
    if now_is.status == Status.REVIEW and was_read_as != read_as(now_is):
        raise NotNow(_("The employer has changed this vacancy since you opened it. Read it again."))
    if now_is.status == Status.REVIEW and (gaps := gaps_of(now_is, now)):
        raise NotPublishable(gaps)
    published = step(now_is, Status.PUBLISHED, by, now, published_at=now_is.published_at or now, refreshed_at=now)
    follow_seats(published, now)
    _tell_members(published, VacancyPublished(published), now)
    return published


def pause(vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    """Nobody new sees it or is proposed; what is open goes on."""
    return step(vacancy, Status.PAUSED, by, now)


@transaction.atomic
def resume(vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    vacancy = step(vacancy, Status.PUBLISHED, by, now)
    follow_seats(vacancy, now)
    return vacancy


@transaction.atomic
def refresh(vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    """The employer says that it still holds: it stands for another ninety days."""
    vacancy = locked(vacancy)
    if vacancy.status not in (Status.PUBLISHED, Status.PAUSED):
        raise NotNow(_("This is not possible any more: the vacancy has changed meanwhile."))
    vacancy.refreshed_at = now
    vacancy.save(update_fields=["refreshed_at"])
    return vacancy


@transaction.atomic
def close_vacancy(vacancy: Vacancy, by: User | None, now: datetime) -> None:
    """Nobody new is proposed from now on, and what was open expires; a draft is put away. Closing again changes nothing."""
    now_is = locked(vacancy)
    if now_is.status == Status.CLOSED:
        return
    step(now_is, Status.CLOSED, by, now, closed_at=now)
    expire_all(now_is.pk, now)


# The clock


def close_stale(now: datetime) -> int:
    """Close what no employer has confirmed for ninety days, but not under people who have been selected. Returns how many."""
    waits = Match.objects.filter(vacancy=OuterRef("pk"), state__in=(State.SELECTED, State.OFFERED))
    stale = _unconfirmed().filter(~Exists(waits), since__lte=now - Vacancy.FRESH)
    closed = 0
    for vacancy in list(stale.order_by("pk")):
        closed += _close_stale(vacancy, now)
    return closed


@transaction.atomic
def _close_stale(vacancy: Vacancy, now: datetime) -> bool:
    now_is = locked(vacancy)
    if now_is.ends_at is None or now_is.ends_at > now:
        return False  # confirmed a moment ago
    close_vacancy(now_is, None, now)
    _tell_members(now_is, VacancyIsOver(now_is), now)
    return True


def remind_of_the_end(now: datetime) -> int:
    """Two weeks and three days before the clock closes a vacancy, once each. Returns how many messages went out."""
    told = 0
    for days in DAYS_BEFORE:
        begin = now - Vacancy.FRESH + days
        for vacancy in (
            _unconfirmed().filter(since__lte=begin, since__gt=begin - days / 2).select_related("occupation", "region").order_by("pk")
        ):
            told += _tell_members(vacancy, VacancyEnds(vacancy), now, key=f"{days.days}-{vacancy.ends_at:%Y%m%d}")
    return told


def _unconfirmed() -> Any:
    standing = Vacancy.objects.filter(status__in=(Status.PUBLISHED, Status.PAUSED))
    return standing.annotate(since=Coalesce("refreshed_at", "published_at"))


def _tell_members(vacancy: Vacancy, notice: Notice, now: datetime, key: str = "") -> int:
    """Everybody of the employer; with a key once for ever. Returns how many were told."""
    return tell_members(vacancy.employer_id, notice, now, key=key and f"vacancy-{vacancy.uid}-{key}")
