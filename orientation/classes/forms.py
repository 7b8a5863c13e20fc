"""The trainer's form of a class."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from orientation.models import EditionPage
from orientation.models.classes import MOST_SEATS
from orientation.reading import corridor_name
from portal.organisations.models import Organisation
from portal.places.corridors import Corridor
from portal.places.models import Region

EMPTY = [("", "—")]
LATEST = timedelta(days=365)
SEATS = _("Write a whole number of places, from 1 to 200.")
TOO_LONG = _("This is too long: write at most %(limit_value)d characters.")
TIME = dict.fromkeys(("required", "invalid"), _("Write the hour like this: 09:30."))


def time_field(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, input_formats=["%H:%M", "%H.%M"], widget=widget, error_messages=TIME)


class ClassForm(forms.Form):
    """`courses` are the current editions' own pages; `centres` those of the trainer."""

    centre = forms.ChoiceField(label=_("Training centre"), error_messages={"required": _("Choose the centre.")})
    course = forms.ChoiceField(
        label=_("Course"), error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the answers."))
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=EMPTY + settings.LANGUAGES, error_messages={"required": _("Choose a language.")}
    )
    corridor = forms.ChoiceField(
        label=_("From → to"),
        required=False,
    )
    region = forms.ChoiceField(label=_("Region"), error_messages={"required": _("Choose a region.")})
    place = forms.CharField(
        label=_("Place"),
        max_length=200,
        error_messages={"required": _("Write the address of the course."), "max_length": TOO_LONG},
    )
    day = forms.DateField(
        label=_("Day"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Choose the day."), "invalid": _("Write the day like this: 2027-03-31.")},
    )
    begins = time_field(_("Begins"))
    ends = time_field(_("Ends"))
    seats = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=MOST_SEATS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), SEATS),
    )

    def __init__(self, *args: Any, centres: Sequence[Organisation], courses: Sequence[EditionPage], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.centres = {str(centre.uid): centre for centre in centres}
        self.courses = {str(page.edition.uid): page for page in courses}
        self.regions = {region.code: region for region in Region.objects.select_related("country").order_by("country", "name")}
        self.fields["centre"].choices = [(uid, centre.name) for uid, centre in self.centres.items()]
        if len(centres) == 1:
            del self.fields["centre"]
        self.fields["course"].choices = EMPTY + [(uid, page.title) for uid, page in self.courses.items()]
        self.fields["corridor"].choices = EMPTY + [(code, corridor_name(code)) for code in Corridor.values]
        by_country = [(country, list(rows)) for country, rows in groupby(self.regions.values(), key=attrgetter("country"))]
        by_country.sort(key=lambda group: group[0] != centres[0].country)
        self.fields["region"].choices = EMPTY + [(country.name, [(row.code, row.name) for row in rows]) for country, rows in by_country]

    def clean(self) -> None:
        told = self.cleaned_data
        page = self.courses.get(told.get("course", ""))
        roads = page.content["outline"]["corridors"] if page else []
        if roads and told.get("corridor", "") not in roads and "corridor" not in self.errors:
            names = "; ".join(corridor_name(road) for road in roads)
            self.add_error(
                "corridor", forms.ValidationError(_("This course is about these roads: %(names)s. Choose one."), params={"names": names})
            )
        region, day = self.regions.get(told.get("region", "")), told.get("day")
        if region and day and told.get("begins") and told.get("ends"):
            self._clean_times(region, day)

    def _clean_times(self, region: Region, day: date) -> None:
        told, zone = self.cleaned_data, ZoneInfo(region.zone)
        self.starts_at = datetime.combine(day, told["begins"], tzinfo=zone)
        self.ends_at = datetime.combine(day, told["ends"], tzinfo=zone)
        if self.ends_at <= self.starts_at:
            self.add_error("ends", _("The class ends after it begins, on the same day."))
        elif self.ends_at <= self.now:
            self.add_error("day", _("This is over already. Choose a later day or hour."))
        elif self.starts_at > self.now + LATEST:
            self.add_error("day", _("Look at the year: this is too far away."))

    def chosen_centre(self) -> Organisation:
        return self.centres.get(self.cleaned_data.get("centre", ""), next(iter(self.centres.values())))

    def values(self) -> Mapping[str, Any]:
        told = self.cleaned_data
        return {
            "edition": self.courses[told["course"]].edition,
            "language": told["language"],
            "corridor": told["corridor"],
            "region": self.regions[told["region"]],
            "place": told["place"],
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "seats": told["seats"],
        }
