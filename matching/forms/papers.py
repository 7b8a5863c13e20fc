"""What the law asks a vacancy to have on file: a number and a day for each kind of paper."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.edit import HeldPaper
from matching.models import Vacancy, VacancyPaper

Kind = VacancyPaper.Kind


class PapersForm(forms.Form):
    def __init__(self, *args: Any, kinds: list[Kind], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds, self.today = kinds, today
        for kind in kinds:
            self.fields[f"number_{kind}"] = forms.CharField(label=kind.label, max_length=60, required=False)
            self.fields[f"dated_{kind}"] = forms.DateField(
                label=_("Date of this paper"),
                required=False,
                input_formats=["%Y-%m-%d", "%d.%m.%Y"],
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
                error_messages={"invalid": _("Write the day like this: 2027-03-31.")},
            )

    @staticmethod
    def initial_of(vacancy: Vacancy) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for paper in vacancy.papers.all():
            told |= {f"number_{paper.kind}": paper.number, f"dated_{paper.kind}": paper.dated}
        return told

    def clean(self) -> None:
        for kind in self.kinds:
            number, dated = self.cleaned_data.get(f"number_{kind}"), self.cleaned_data.get(f"dated_{kind}")
            if number and not dated and f"dated_{kind}" not in self.errors:
                self.add_error(f"dated_{kind}", _("Write the day of this paper too."))
            if dated and not number:
                self.add_error(f"number_{kind}", _("Write the number of this paper too."))
            if dated and dated > self.today:
                self.add_error(f"dated_{kind}", _("This day has not come yet. Write the day that stands on the paper."))

    def papers(self) -> list[HeldPaper]:
        told = self.cleaned_data
        return [HeldPaper(kind.value, told[f"number_{kind}"], told[f"dated_{kind}"]) for kind in self.kinds if told[f"number_{kind}"]]
