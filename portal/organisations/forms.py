from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.organisations.activities import read_activities
from portal.organisations.checklist import HEADINGS, Item
from portal.organisations.models import Membership, Organisation, VettingAnswer
from portal.organisations.numbers import read_number
from portal.organisations.register import OPEN_TO, Declared, taken
from portal.organisations.write_answers import Found
from portal.places.corridors import DESTINATIONS
from portal.places.districts import region_choices
from portal.places.models import Country, Region

Kind = Organisation.Kind
Result = VettingAnswer.Result
TOO_LONG = _("This is too long: write at most %(limit_value)d characters.")


class RegisterForm(forms.Form):
    """What the public register says, and where people will work. Nothing about a person, and no papers."""

    use_required_attribute = False  # what is required hangs on the kind

    kind = forms.ChoiceField(
        label=_("What are you?"),
        choices=[(kind.value, kind.label) for kind in OPEN_TO],
        widget=forms.RadioSelect,
        initial=Kind.EMPLOYER,
        error_messages={"required": _("Choose what you are.")},
    )
    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        help_text=_("As it stands in the public register."),
        error_messages={"required": _("Write the name of the organisation."), "max_length": TOO_LONG},
    )
    country = forms.ModelChoiceField(
        Country.objects.none(),
        to_field_name="code",
        label=_("Country where it is registered"),
        empty_label="—",
        error_messages={"required": _("Choose the country.")},
    )
    number = forms.CharField(
        label=_("Registry number"),
        max_length=40,
        help_text=_("In Russia the INN, in Kazakhstan the BIN, elsewhere the tax number of the organisation."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the registry number."), "max_length": TOO_LONG},
    )
    activities = forms.CharField(
        label=_("Activity codes"),
        max_length=300,
        help_text=_("Employers only: OKVED or OKED codes from the registry extract, such as 41.20, 43.31."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write at least one activity code, such as 41.20."), "max_length": TOO_LONG},
    )
    region = forms.ChoiceField(
        label=_("Region of the worksite"),
        help_text=_("Employers only: where most people will work."),
        error_messages={"required": _("Choose a region.")},
    )
    promise = forms.BooleanField(
        label=_("I may speak for this organisation. No worker pays for a job with us: no fee, no deposit, nothing out of the wage."),
        error_messages={"required": _("Tick the box. Without this promise nobody works with Safar.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Country.objects.order_by("name")
        regions = Region.objects.filter(country__in=DESTINATIONS).select_related("country").order_by("-country", "name")
        self.regions = {region.code: region for region in regions}
        self.fields["region"].choices = [("", "—"), *region_choices(regions)]
        if self.is_bound and self.data.get("kind") != Kind.EMPLOYER:
            self.fields["activities"].required = self.fields["region"].required = False

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("country") and told.get("number"):
            self._read("number", lambda: read_number(told["number"], told["country"].code))
        if told.get("kind") == Kind.EMPLOYER and "activities" in told:
            self._read("activities", lambda: read_activities(told["activities"]))
        if not self.errors and (why := taken(self.declared())):
            self.add_error(None, why)

    def _read(self, name: str, read: Any) -> None:
        try:
            self.cleaned_data[name] = read()
        except forms.ValidationError as problem:
            self.add_error(name, problem)

    def declared(self) -> Declared:
        told = self.cleaned_data
        who = {name: told[name] for name in ("kind", "name", "country", "number")}
        if told["kind"] != Kind.EMPLOYER:
            return Declared(**who)
        return Declared(**who, activities=told["activities"], region=self.regions[told["region"]])


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Write an e-mail address."),
            "invalid": _("This is not an e-mail address. Write it like this: name@example.org."),
        },
    )
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, initial=Membership.Role.MEMBER)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class ReplyForm(forms.Form):
    reply = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        help_text=_("Words and links. Send no passports and no papers of people."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your answer."), "max_length": TOO_LONG},
    )


def asked_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=500,
        help_text=_("The organisation reads this, word for word."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what the organisation has to send or put right."), "max_length": TOO_LONG},
    )


class AskForm(forms.Form):
    what = asked_field(_("What do we still need?"))


class TakeBackForm(forms.Form):
    because = asked_field(_("What has to be put right?"))


class AnswersForm(forms.Form):
    """Four fields an item. What is left open is saved as open; an answer needs evidence."""

    def __init__(self, *args: Any, items: list[Item], answers: dict[str, VettingAnswer], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.today = items, today
        for item in items:
            answer = answers.get(item.code)
            results = [choice for choice in Result.choices if not (item.must and choice[0] == Result.NONE)]
            self.fields[f"result_{item.code}"] = forms.ChoiceField(
                label=_("Answer"), choices=[("", "—"), *results], required=False, initial=answer and answer.result
            )
            self.fields[f"evidence_{item.code}"] = forms.CharField(
                label=_("What shows it"),
                max_length=500,
                required=False,
                initial=answer and answer.evidence,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": TOO_LONG},
            )
            self.fields[f"link_{item.code}"] = forms.URLField(
                label=_("Link"),
                max_length=500,
                required=False,
                assume_scheme="https",
                initial=answer and answer.link,
                widget=forms.TextInput(attrs={"inputmode": "url"}),
                error_messages={"invalid": _("This is not a web address. Write it like this: https://example.org.")},
            )
            self.fields[f"valid_{item.code}"] = forms.DateField(
                label=_("Valid until"),
                required=False,
                initial=answer and answer.valid_to,
                input_formats=["%Y-%m-%d", "%d.%m.%Y"],
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                error_messages={"invalid": _("Write the day like this: 2027-03-31.")},
            )

    def clean(self) -> None:
        told = self.cleaned_data
        for item in self.items:
            result, evidence = told.get(f"result_{item.code}"), told.get(f"evidence_{item.code}")
            link, valid_to = told.get(f"link_{item.code}"), told.get(f"valid_{item.code}")
            if result and not evidence and not link and f"link_{item.code}" not in self.errors:
                self.add_error(f"evidence_{item.code}", _("Write what shows it, or give a link."))
            if not result and (evidence or link or valid_to):
                self.add_error(f"result_{item.code}", _("Choose an answer too."))
            if valid_to and valid_to < self.today and f"valid_{item.code}" in self.changed_data:
                self.add_error(f"valid_{item.code}", _("This day has passed. Ask for newer evidence."))

    def found(self) -> list[Found]:
        told = self.cleaned_data
        return [
            Found(item.code, result, told[f"evidence_{item.code}"], told[f"link_{item.code}"], told[f"valid_{item.code}"])
            for item in self.items
            if (result := told[f"result_{item.code}"])
        ]

    def groups(self) -> list[tuple[str, str, list[tuple[Item, list[forms.BoundField]]]]]:
        """(letter or number of the principle, its name, its items each with their fields)."""
        found = []
        for principle, name in HEADINGS.items():
            rows = [
                (item, [self[f"{part}_{item.code}"] for part in ("result", "valid", "evidence", "link")])
                for item in self.items
                if item.principle == principle
            ]
            if rows:
                found.append((principle, str(name), rows))
        return found
