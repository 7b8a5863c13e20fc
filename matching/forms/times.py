"""Up to five times to talk, typed in the zone of the worksite."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.interviews import LATEST, MOST, SOONEST, Time
from matching.models import Interview
from portal.places.models import Region


class TimesForm(forms.Form):
    way = forms.ChoiceField(
        label=_("How do you talk?"), choices=Interview.Way.choices, widget=forms.RadioSelect, initial=Interview.Way.PHONE
    )
    place = forms.CharField(
        label=_("Where, or which link"), max_length=200, required=False, help_text=_("For a talk in person or by video.")
    )

    def __init__(self, *args: Any, region: Region, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = ZoneInfo(region.zone), now
        for number in range(1, MOST + 1):
            self.fields[f"at_{number}"] = forms.DateTimeField(
                label=_("Time %(number)d") % {"number": number},
                required=number == 1,
                input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"],
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
                error_messages={
                    "required": _("Offer at least one time."),
                    "invalid": _("Write the day and the time like this: 2027-03-31 10:30."),
                },
            )

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("way") not in (None, Interview.Way.PHONE) and not told.get("place"):
            self.add_error("place", _("Write where the talk is, or the link."))
        for number in range(1, MOST + 1):
            at = self._at(number)
            if at is not None and not self.now + SOONEST <= at <= self.now + LATEST:
                self.add_error(f"at_{number}", _("Offer times from an hour from now to sixty days ahead."))

    def _at(self, number: int) -> datetime | None:
        """What was typed is the clock on the wall at the worksite, whatever zone the server lives in."""
        typed = self.cleaned_data.get(f"at_{number}")
        return typed.replace(tzinfo=self.zone) if typed is not None else None

    def times(self) -> list[Time]:
        way, place = self.cleaned_data.get("way", ""), self.cleaned_data.get("place", "")
        found = [self._at(number) for number in range(1, MOST + 1)]
        return [Time(at, way, place if way != Interview.Way.PHONE else "") for at in found if at is not None]
