"""An agency hears in time that its licence ends: sixty, thirty and seven days before, and on the day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.models import AgencyLicence
from matching.names import place_names
from portal.organisations.tell_members import tell_members
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice
from portal.places.days import legal_day

DAYS_BEFORE = (0, 7, 30, 60)


@dataclass(frozen=True, slots=True)
class LicenceEnds(Notice):
    purpose = Purpose.ORGANISATION
    licence: AgencyLicence

    def subject(self) -> str:
        return _("Your licence for %(country)s ends on %(day)s") % self._names()

    def body(self) -> str:
        text = _(
            "The licence of %(agency)s for %(country)s, number %(number)s, ends on %(day)s. "
            "Send the new one to Safar before that: without it nobody is approved for work there."
        )
        return text % self._names()

    def link(self) -> str:
        return "jobs/desk/"

    def _names(self) -> dict[str, str]:
        licence = self.licence
        country = place_names().get(licence.destination, licence.destination)
        day = date_format(licence.valid_to) if licence.valid_to else ""
        return {"agency": licence.agency.name, "country": country, "number": licence.number, "day": day}


def remind_licences(now: datetime) -> int:
    """Each member once a step, also when a day was missed. Returns how many were told."""
    soon = AgencyLicence.objects.filter(valid_to__lte=now.date() + timedelta(days=max(DAYS_BEFORE) + 1), agency__vetted_at__isnull=False)
    told = 0
    for licence in soon.select_related("agency__country").order_by("pk"):
        assert licence.valid_to is not None
        left = (licence.valid_to - legal_day(now, licence.agency.country)).days
        step = next((days for days in DAYS_BEFORE if 0 <= left <= days), None)
        if step is not None:
            key = f"licence-{licence.pk}-{licence.valid_to}-{step}"
            told += tell_members(licence.agency, LicenceEnds(licence), now, key)
    return told
