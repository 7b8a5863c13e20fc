"""The second page of "Where you are", for who is abroad with papers: which ones."""

from datetime import date

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from matching import profile
from matching.forms.profile import DayInput, StepForm
from matching.stay_papers import StayPaper, papers_for
from portal.places.districts import by_district
from portal.places.models import Region


class StayForm(StepForm):
    """Which papers somebody abroad holds: a box a paper; of those that spare a wait also until when, and where they hold."""

    def prepare(self) -> None:
        candidate = self.candidate
        self.papers = papers_for(candidate.citizenship, candidate.located_in)
        held = {row.code: row for row in candidate.papers.all()}
        here = Region.objects.filter(country=candidate.located_in).order_by("name")
        regions = [(name, [(row.code, row.name) for row in rows]) for name, rows in by_district(here)]
        for paper in self.papers:
            row = held.get(paper.code)
            self.fields[paper.code] = forms.BooleanField(label=capfirst(str(paper.label)), required=False)
            self.initial[paper.code] = row is not None
            if paper.is_of_a_region:
                choices = forms.ChoiceField(label=_("For which region?"), choices=[("", "–"), *regions], required=False)
                self.fields[f"{paper.code}-region"] = choices
                self.initial[f"{paper.code}-region"] = row.region if row else ""
            if paper.regime:
                self.fields[f"{paper.code}-until"] = forms.DateField(
                    label=_("Valid until"),
                    required=False,
                    widget=DayInput,
                    input_formats=["%Y-%m-%d"],
                    help_text=_("Leave it empty if it has no last day.") if paper.endless else "",
                    error_messages={"invalid": _("Write the day like this: 2026-05-20.")},
                )
                self.initial[f"{paper.code}-until"] = row.valid_until if row else None

    def cards(self) -> list[list[forms.BoundField]]:
        """What the template shows: a paper's box with what is asked of it."""
        return [[self[name] for name in (paper.code, *self._asked(paper)) if name in self.fields] for paper in self.papers]

    def _asked(self, paper: StayPaper) -> tuple[str, str]:
        return f"{paper.code}-region", f"{paper.code}-until"

    def clean(self) -> None:
        self.held: dict[str, tuple[str, date | None]] = {}
        for paper in self.papers:
            if not self.cleaned_data.get(paper.code):
                continue
            region_field, until_field = self._asked(paper)
            region, until = self.cleaned_data.get(region_field, ""), self.cleaned_data.get(until_field)
            if paper.is_of_a_region and not region and region_field not in self.errors:
                self.add_error(region_field, _("Choose the region."))
            if paper.regime and until_field not in self.errors:
                if until is None and not paper.endless:
                    self.add_error(until_field, _("Write until when it is valid."))
                elif until and until < self.today:
                    self.add_error(until_field, _("This paper has run out. Take the mark away, or write the new day."))
            self.held[paper.code] = (region or "*", until)

    def save(self) -> None:
        profile.set_papers(self.candidate, self.held, self.now)
