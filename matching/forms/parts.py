"""The steps of a profile that are lists: skills, work, papers; and the two answers that carry a consent: agency, statistics."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from matching import profile
from matching.care import NotOffered, agencies_for, choose_agency
from matching.find_names import find_names
from matching.forms.profile import NOT_ANSWERED, YES_NO, DayInput, SearchField, StepForm, WageField, typed_word
from matching.models import Occupation, OccupationSkill, Skill, StatisticsAnswers
from matching.models.candidates import ELSEWHERE
from matching.models.vacancies import Certificate, Level, Licence
from matching.names import country_names
from matching.sectors import sector_choices
from matching.statistics import answer_statistics
from portal.money.amounts import Currency

UNKNOWN_WORK = {"invalid_choice": _("This work is not on the list."), "required": _("Choose the work.")}
LEVELS = [
    ("", "–"),
    (Level.HELPS, _("I help")),
    (Level.ALONE, _("I work alone")),
    (Level.HARD_CASES, _("I handle hard cases")),
    (Level.TEACHES, _("I can teach it")),
]


def offer_occupations(field: forms.ModelChoiceField) -> None:
    """All of them, as a select under the headings of `SECTORS`."""
    field.queryset = Occupation.objects.own().order_by("name")
    field.choices = [("", "–"), *sector_choices(field.queryset)]


class SkillsForm(StepForm):
    """One level a skill. Offered: what the person holds, what their occupations ask for, and what they looked for here."""

    occupation = forms.ModelChoiceField(
        Occupation.objects.none(), label=_("Or all skills of a work"), required=False, empty_label="–", error_messages=UNKNOWN_WORK
    )
    search = SearchField(label=_("Look for a skill"))

    def prepare(self) -> None:
        offer_occupations(self.fields["occupation"])
        held = {row.skill_id: row.level for row in self.candidate.skills.all()}
        work = Q(occupation__in=self.candidate.wanted_occupations.values("pk")) | Q(occupation__in=self.candidate.jobs.values("occupation"))
        wanted = set(OccupationSkill.objects.own().filter(work).values_list("skill", flat=True))
        self.posted = {name.removeprefix("skill-") for name in self.data if name.startswith("skill-")}
        sent = {int(pk) for pk in self.posted if pk.isascii() and pk.isdigit() and len(pk) < 10}
        self.found = self.looked_for()
        self.skills = list(
            Skill.objects.own().filter(pk__in={*held, *wanted, *sent, *self.found}).select_related("group").order_by("group__name", "name")
        )
        for skill in self.skills:
            field = forms.TypedChoiceField(label=skill.name, choices=LEVELS, coerce=int, empty_value=None, required=False)
            self.fields[f"skill-{skill.pk}"] = field
            self.initial[f"skill-{skill.pk}"] = held.get(skill.pk, "")

    def looked_for(self) -> list[int]:
        """Only while the form is shown again for it: looking saves nothing."""
        occupation = self.data.get("occupation", "")
        found = find_names(Skill, typed_word(self.data))
        if occupation.isascii() and occupation.isdigit() and len(occupation) < 10:
            asked = OccupationSkill.objects.own().filter(occupation=int(occupation))
            found += asked.order_by("importance", "position").values_list("skill", flat=True)
        return found

    def groups(self) -> list[dict[str, Any]]:
        """Fields under headings: what was looked for, the most alike first; then the groups of skills."""
        first = {skill: place for place, skill in enumerate(self.found)}
        found = sorted((skill for skill in self.skills if skill.pk in first), key=lambda skill: first[skill.pk])
        groups: list[dict[str, Any]] = [{"name": _("Found"), "fields": [self[f"skill-{skill.pk}"] for skill in found]}] if found else []
        for skill in self.skills:
            if skill.pk in first:
                continue
            if not groups or groups[-1]["name"] != skill.group.name:
                groups.append({"name": skill.group.name, "fields": []})
            groups[-1]["fields"].append(self[f"skill-{skill.pk}"])
        return groups

    def levels(self) -> dict[int, int | None]:
        return {skill.pk: self.cleaned_data[f"skill-{skill.pk}"] for skill in self.skills if f"skill-{skill.pk}" in self.data}

    def clean(self) -> None:
        known = {str(skill.pk) for skill in self.skills}
        if self.posted - known:
            self.add_error(None, _("One of the skills is not on the list. Look at the levels and save again."))

    def save(self) -> None:
        profile.set_skills(self.candidate, self.levels(), self.now)


class NumberField(forms.TypedChoiceField):
    """A small number to choose, not to type."""

    def __init__(self, below: int, **kwargs: Any) -> None:
        choices = [("", "–"), *((number, number) for number in range(below))]
        super().__init__(choices=choices, coerce=int, empty_value=None, required=False, **kwargs)


class JobForm(StepForm):
    occupation = forms.ModelChoiceField(Occupation.objects.none(), label=_("Work"), empty_label="–", error_messages=UNKNOWN_WORK)
    years = NumberField(60, label=_("How long: years"))
    months = NumberField(12, label=_("and months"))
    is_current = forms.BooleanField(label=_("I still do this work"), required=False)
    ended_month = forms.TypedChoiceField(
        label=_("Ended: month"), choices=[("", "–"), *MONTHS.items()], coerce=int, empty_value=None, required=False
    )
    ended_year = forms.TypedChoiceField(label=_("Ended: year"), coerce=int, empty_value=None, required=False)

    def prepare(self) -> None:
        offer_occupations(self.fields["occupation"])
        years = range(self.today.year, self.candidate.born_in.year, -1)
        self.fields["ended_year"].choices = [("", "–"), *((year, year) for year in years)]

    def clean(self) -> None:
        data = self.cleaned_data
        if self.errors:
            return
        data["total"] = 12 * (data["years"] or 0) + (data["months"] or 0)
        if not data["total"]:
            self.add_error("years", _("Write for how long: at least one month."))
        data["ended_on"] = None if data["is_current"] else self.ended()
        last = data["ended_on"] or self.today
        born = self.candidate.born_in
        if data["total"] > 12 * (last.year - born.year) + last.month - born.month:
            self.add_error("years", _("This is longer than your life until then."))

    def ended(self) -> date | None:
        year, month = self.cleaned_data["ended_year"], self.cleaned_data["ended_month"]
        if year is None or month is None:
            self.add_error("ended_year", _("Say when it ended, or that you still do it."))
        elif (year, month) > (self.today.year, self.today.month):
            self.add_error("ended_year", _("This day is still to come, or too long ago."))
        else:
            return date(year, month, 1)
        return None

    def save(self) -> None:
        data = self.cleaned_data
        profile.add_job(self.candidate, data["occupation"], data["total"], data["ended_on"], self.now)


class LicenceForm(StepForm):
    category = forms.ChoiceField(
        label=_("Category"), choices=[("", "–"), *Licence.choices], error_messages={"required": _("Choose the category.")}
    )
    issued_in = forms.ChoiceField(label=_("Country that issued it"), error_messages={"required": _("Choose the country.")})

    def prepare(self) -> None:
        names = sorted(country_names().items(), key=lambda item: (item[0] != self.candidate.citizenship, item[1]))
        self.fields["issued_in"].choices = [*names, (ELSEWHERE, _("Another country"))]

    def save(self) -> None:
        profile.add_licence(self.candidate, self.cleaned_data["category"], self.cleaned_data["issued_in"], self.now)


class CertificateForm(StepForm):
    code = forms.ChoiceField(
        label=_("Certificate"), choices=[("", "–"), *Certificate.choices], error_messages={"required": _("Choose the certificate.")}
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        widget=DayInput,
        input_formats=["%Y-%m-%d"],
        error_messages={"required": _("Write until when it is valid."), "invalid": _("Write the day like this: 2026-05-20.")},
    )

    def clean_valid_until(self) -> date:
        day: date = self.cleaned_data["valid_until"]
        if day < self.today:
            raise forms.ValidationError(_("This certificate has run out."))
        if day.year > self.today.year + 50:
            raise forms.ValidationError(_("Look at the year: this is too far away."))
        return day

    def save(self) -> None:
        profile.add_certificate(self.candidate, self.cleaned_data["code"], self.cleaned_data["valid_until"], self.now)


class CareForm(StepForm):
    agency = forms.ChoiceField(
        label=_("Agency"), error_messages={"required": _("Choose an agency."), "invalid_choice": _("This agency cannot be chosen today.")}
    )
    consent = forms.BooleanField(
        label=_("Yes, this agency may see my profile, my name and my phone, and propose me for jobs."),
        error_messages={"required": _("Without your yes no agency sees anything. Tick the box if you agree.")},
    )

    def prepare(self) -> None:
        self.offered = agencies_for(self.candidate, self.now)
        self.fields["agency"].choices = [(str(offer.agency.uid), offer.agency.name) for offer in self.offered]

    def save(self) -> None:
        agency = next(offer.agency for offer in self.offered if str(offer.agency.uid) == self.cleaned_data["agency"])
        try:
            choose_agency(self.candidate, agency, self.now)
        except NotOffered:  # its licence went between reading and writing: the page offers it no more
            return


class StatisticsForm(StepForm):
    sex = forms.ChoiceField(label=_("You are"), choices=[NOT_ANSWERED, *StatisticsAnswers.Sex.choices], required=False)
    has_disability = forms.ChoiceField(label=_("Do you have a disability?"), choices=[NOT_ANSWERED, *YES_NO], required=False)
    children = NumberField(21, label=_("Number of your children"))
    last_pay = WageField(label=_("Your last pay, a month"))
    last_pay_currency = forms.ChoiceField(label=_("Currency of the pay"), choices=Currency.choices, required=False)
    consent = forms.BooleanField(
        label=_("Yes, Safar may count these answers together with those of others."),
        error_messages={"required": _("We keep these answers only with your yes. Tick the box, or leave this page.")},
    )

    def prepare(self) -> None:
        answers = StatisticsAnswers.objects.filter(candidate=self.candidate).first()
        self.is_answered = answers is not None
        if answers is not None:
            disability = {True: "yes", False: "no", None: ""}[answers.has_disability]
            self.initial = {name: getattr(answers, name) for name in ("sex", "children", "last_pay", "last_pay_currency")}
            self.initial |= {"has_disability": disability, "consent": True}

    def save(self) -> None:
        answers = {name: self.cleaned_data[name] for name in ("sex", "children", "last_pay")}
        answers["has_disability"] = {"yes": True, "no": False, "": None}[self.cleaned_data["has_disability"]]
        answers["last_pay_currency"] = (self.cleaned_data["last_pay_currency"] or Currency.RUB) if answers["last_pay"] is not None else ""
        answer_statistics(self.candidate, answers, self.now)
