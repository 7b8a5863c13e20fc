"""What staff choose and type when people come into care: at the desk, from a list, in their name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from matching.forms.profile import CEFR, FIRST_YEAR, NOT_ANSWERED, YES_NO, YearField
from matching.intake.details import Details
from matching.intake.on_behalf import Why, Word
from matching.models import Occupation
from matching.models.candidates import ELSEWHERE, Citizenship
from matching.models.vacancies import WorkLanguage
from matching.names import country_names
from matching.sectors import sector_choices
from matching.steps import duration
from portal.accounts.phones import example, read_phone
from portal.organisations.models import Organisation
from portal.places.corridors import DESTINATIONS
from portal.places.days import legal_day
from portal.places.models import Region

LASTED = (6, 12, 24, 36, 60, 84, 120, 180, 240)  # months of work to choose from
YEARS_BACK = 15
STILL = "now"
Choices = list[tuple[Any, Any]]


@dataclass(frozen=True)
class Lists:
    """What the selects of one agency's forms offer, read once for however many forms, in the reader's language."""

    agency: Organisation
    today: date
    regions: Choices
    trades: Choices  # under headings
    places: Choices
    countries: Choices
    lasted: Choices
    ended: Choices

    @classmethod
    def of(cls, agency: Organisation, now: datetime) -> "Lists":
        names, home, today = country_names(), agency.country_id, legal_day(now, agency.country)
        others = sorted((item for item in names.items() if item[0] != home), key=lambda item: item[1])
        return cls(
            agency,
            today,
            regions=[(region.code, region.name) for region in Region.objects.filter(country=home).order_by("name")],
            trades=sector_choices(Occupation.objects.own().order_by("name"), "slug"),
            places=[(home, _("At home: %(country)s") % {"country": names[home]}), *others, (ELSEWHERE, _("Another country"))],
            countries=[(code, names[code]) for code in DESTINATIONS],
            lasted=[("0", _("No work yet")), *((str(months), duration(months)) for months in LASTED)],
            ended=[(STILL, _("Still doing it")), *((str(year), str(year)) for year in range(today.year, today.year - YEARS_BACK - 1, -1))],
        )


def language_field(code: str) -> str:
    return f"language_{code}"


class PhoneField(forms.CharField):
    """Without a plus it is a number of the agency's country."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"})

    def __init__(self, country: str, **kwargs: Any) -> None:
        super().__init__(
            label=_("Phone number"), max_length=40, error_messages={"required": _("Write the person’s phone number.")}, **kwargs
        )
        self.country = country
        self.widget.attrs["placeholder"] = example(country)

    def clean(self, value: Any) -> str:
        return read_phone(super().clean(value), self.country)


class DetailsForm(forms.Form):
    """The start of a profile. `details()` and `cleaned_data["phone"]` are what a use case takes."""

    given_name = forms.CharField(label=_("Given name"), max_length=60, error_messages={"required": _("Write the name.")})
    family_name = forms.CharField(label=_("Family name"), max_length=60, required=False)
    month = forms.TypedChoiceField(
        label=_("Month of birth"), choices=[("", "–"), *MONTHS.items()], coerce=int, error_messages={"required": _("Choose the month.")}
    )
    year = YearField(
        label=_("Year of birth"),
        error_messages={"required": _("Write the year."), "invalid": _("Write the year with four digits, for example 1998.")},
    )
    citizenship = forms.ChoiceField(label=_("Citizenship"), choices=Citizenship.choices)
    home_region = forms.ChoiceField(label=_("Home region"), required=False)
    trade = forms.ChoiceField(label=_("Work that the person knows"), required=False)
    months = forms.TypedChoiceField(label=_("How long in all"), coerce=int, empty_value=None, required=False)
    ended = forms.ChoiceField(label=_("Until when"), required=False)
    located_in = forms.ChoiceField(label=_("Where the person is now"), required=False)
    has_papers = forms.ChoiceField(label=_("If abroad: papers that allow to stay"), choices=[NOT_ANSWERED, *YES_NO], required=False)

    def __init__(self, *args: Any, lists: Lists, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists = lists
        empty = [NOT_ANSWERED]
        self.fields["phone"] = PhoneField(lists.agency.country_id)
        self.fields["citizenship"].initial = lists.agency.country_id
        self.fields["home_region"].choices = [*empty, *lists.regions]
        self.fields["trade"].choices = [*empty, *lists.trades]
        self.fields["months"].choices = [*empty, *lists.lasted]
        self.fields["ended"].choices = [*empty, *lists.ended]
        self.fields["located_in"].choices = [*empty, *lists.places]
        for code, name in WorkLanguage.choices:
            self.fields[language_field(code)] = forms.TypedChoiceField(
                label=name, choices=CEFR, coerce=int, empty_value=None, required=False
            )
        self.fields["countries"] = forms.MultipleChoiceField(
            label=_("Where the person wants to go"), choices=lists.countries, required=False, widget=forms.CheckboxSelectMultiple
        )

    def languages(self) -> list[forms.BoundField]:
        return [self[language_field(code)] for code in WorkLanguage.values]

    def clean(self) -> None:
        data = self.cleaned_data
        self._clean_birth(data)
        country = self.lists.agency.country
        if data.get("citizenship", country.pk) != country.pk:
            self.add_error("citizenship", _("Your agency looks after citizens of %(country)s.") % {"country": country.name})
        if data.get("located_in") in (None, "", country.pk):
            data["has_papers"] = None
        elif not data.get("has_papers") and "has_papers" not in self.errors:
            self.add_error("has_papers", _("The person is abroad: say whether they have papers that allow to stay."))
        else:
            data["has_papers"] = data.get("has_papers") == "yes"
        self._clean_work(data)

    def _clean_birth(self, data: dict[str, Any]) -> None:
        year, month, today = data.get("year"), data.get("month"), self.lists.today
        if year is None or month is None:
            return
        if not FIRST_YEAR <= year <= today.year or (year, month) > (today.year, today.month):
            self.add_error("year", _("This cannot be. Write the year with four digits, for example 1998."))
        else:
            data["born_in"] = date(year, month, 1)

    def _clean_work(self, data: dict[str, Any]) -> None:
        """The last day of a year that is over, the first of this month in one that is not."""
        months, ended, today, data["ended_on"] = data.get("months"), data.get("ended"), self.lists.today, None
        if not months or self.errors.keys() & {"months", "ended", "trade"}:
            return
        if not data.get("trade"):
            self.add_error("trade", _("Choose the work."))
        if not ended:
            self.add_error("ended", _("Say until when, or that it still goes on."))
        elif ended != STILL:
            year = int(ended)
            data["ended_on"] = today.replace(day=1) if year == today.year else date(year, 12, 1)
        if (born := data.get("born_in")) and months > 12 * ((data["ended_on"] or today).year - born.year):
            self.add_error("months", _("This is longer than the person’s life until then."))

    def details(self) -> Details:
        data = self.cleaned_data
        spoken = {code: data[language_field(code)] for code in WorkLanguage.values}
        return Details(
            **{name: data[name] for name in ("given_name", "family_name", "citizenship", "born_in", "home_region", "located_in")},
            **{name: data[name] for name in ("has_papers", "trade", "months", "ended_on")},
            languages={code: level for code, level in spoken.items() if level is not None},
            countries=tuple(data["countries"]),
        )


class WordForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why do you act for the person?"), choices=Why.choices, error_messages={"required": _("Choose why.")}
    )
    paper = forms.CharField(
        label=_("Number of the paper that the person signed"),
        max_length=100,
        help_text=_("The agreement kept at your agency, for example: Agreement 12. Not a passport."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write which paper the person signed. Without one nobody acts for somebody else.")},
    )

    def word(self) -> Word:
        return Word(self.cleaned_data["reason"], self.cleaned_data["paper"])


class WalkInForm(WordForm, DetailsForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_name"].widget.attrs["autofocus"] = True


class MonthForm(forms.Form):
    """A month of birth, for who says to be somebody and for staff who put it right."""

    month = forms.TypedChoiceField(
        label=_("Month of birth"), choices=[("", "–"), *MONTHS.items()], coerce=int, error_messages={"required": _("Choose the month.")}
    )
    year = YearField(
        label=_("Year of birth"),
        error_messages={"required": _("Write the year."), "invalid": _("Write the year with four digits, for example 1998.")},
    )

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= date.max.year:
            raise forms.ValidationError(_("This cannot be. Write the year with four digits, for example 1998."))
        return year

    @property
    def born_in(self) -> date:
        return date(self.cleaned_data["year"], self.cleaned_data["month"], 1)


class EraseForm(MonthForm):
    """What an operator is shown on paper by who wants a profile without an account to be erased."""

    reason = forms.CharField(
        label=_("What the person asked for, and how you know that it is them"),
        max_length=200,
        error_messages={"required": _("Write what the person asked for.")},
    )
    paper = forms.CharField(
        label=_("Number of the paper with the request"),
        max_length=100,
        help_text=_("The request kept with you, for example: Request 12. Not a passport."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write which paper the request is on.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"] = PhoneField(Citizenship.TJ)
        self.order_fields(["phone", "month", "year"])

    def word(self) -> Word:
        return Word(self.cleaned_data["reason"], self.cleaned_data["paper"])


class NewPhoneForm(forms.Form):
    def __init__(self, country: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"] = PhoneField(country)


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("The filled-in list (XLSX)"),
        error_messages={
            "required": _("Choose the file."),
            "empty": _("Nobody is on this list yet. Write one person in each row below the headings."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    may = forms.BooleanField(
        label=_("Each of these people gave us their number so that we look for work for them."),
        error_messages={"required": _("Nobody gets a message from us who has not given you their number for this.")},
    )
