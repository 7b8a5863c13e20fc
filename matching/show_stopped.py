"""What waits for an employer or an agency that Safar has stopped: why, and what to do; for as long as it holds."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from matching.models import EmployerFile, Vacancy
from matching.tell_stopped import advice_of, agency_advice, agency_reason, reason_of
from portal.organisations.models import Organisation, SanctionHit
from portal.ui.waiting import Waiting

Peril = Vacancy.Peril
SUSPENDED = "suspended"


def stopped_employers(employers: Sequence[Organisation], now: datetime) -> list[Waiting]:
    """One query."""
    here, holds = reverse("matching:own_vacancies"), _holds(now.date())
    standing = Organisation.objects.filter(pk__in=[employer.pk for employer in employers]).annotate(
        **{f"is_{why}": Exists(rows) for why, rows in holds.items()}
    )
    return [
        Waiting("alert-triangle", _title(why), _text(employer, why), _("Our vacancies"), here, tone="danger")
        for employer in standing.order_by("pk")
        for why in holds
        if getattr(employer, f"is_{why}")
    ]


def stopped_agencies(agencies: Sequence[Organisation], now: datetime) -> list[Waiting]:
    """One query."""
    listed = SanctionHit.objects.blocking(now.date()).filter(organisation__in=agencies).values("organisation")
    return [
        Waiting(
            "alert-triangle",
            _("Your agency is stopped"),
            f"{agency}: {agency_reason()} {agency_advice()}",
            _("Ask for help"),
            reverse("help"),
            tone="danger",
        )
        for agency in Organisation.objects.filter(pk__in=listed).order_by("pk")
    ]


def _holds(day: date) -> dict[str, Any]:
    """Rows that there are while something stops an employer, or vacancies of it."""
    stopped: Any = Vacancy.objects.filter(employer=OuterRef("pk"), stopped_because=Peril.AREA).with_peril(day)
    return {
        SUSPENDED: EmployerFile.objects.suspended().filter(employer=OuterRef("pk")),
        Peril.SANCTIONS.value: SanctionHit.objects.blocking(day).filter(organisation=OuterRef("pk")),
        Peril.GOODS.value: EmployerFile.objects.military().filter(employer=OuterRef("pk")),
        Peril.AREA.value: stopped.filter(peril=Peril.AREA),
    }


def _title(why: str) -> str:
    return {SUSPENDED: _("You are suspended"), Peril.AREA.value: _("Vacancies are stopped")}.get(why, _("You are stopped"))


def _text(employer: Organisation, why: str) -> str:
    if why == SUSPENDED:
        text = _("%(employer)s: your vacancies are hidden and nobody is sent to you. Put right what was wrong, then tell Safar.")
        return text % {"employer": employer}
    return f"{employer}: {reason_of(Peril(why))} {advice_of(Peril(why))}"
