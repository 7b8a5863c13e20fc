"""Proposing a version of the weights: ten numbers, or a file."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import ScoringWeights
from matching.scoring import BadWeights
from matching.scoring.weights import FITS, SIDE, SUITS
from matching.show_match import LABELS
from matching.show_weights import SIDES
from matching.weights import MOST_BYTES, from_file, rarity_of_today

WHOLE = _("Write a whole number from 1 to 100.")
PROBLEMS = {
    "kind": _("“%(part)s” must be a list of names with numbers."),
    "missing": _("“%(part)s” is missing."),
    "unknown": _("“%(part)s” is not known."),
    "whole": _("“%(part)s” must be a whole number from %(least)s to %(most)s, not “%(value)s”."),
    "sum": _("The weights of “%(part)s” sum to %(total)s. They must sum to 100."),
    "unreadable": _("This is not a weights file. “manage.py weights --export” writes one."),
    "skill": _("There is no skill “%(part)s”."),
}
TOO_MANY = _("%(side)s: together %(total)d. It must be 100: take %(by)d away.")
TOO_FEW = _("%(side)s: together %(total)d. It must be 100: add %(by)d.")


class NumberField(forms.IntegerField):
    def __init__(self, **words: Any) -> None:
        errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), WHOLE)
        super().__init__(min_value=1, max_value=SIDE, error_messages=errors, **words)


class WeightsForm(forms.Form):
    """`numbers()` are those of a whole version; what is not asked is of `base`, the version in force. With a file the rest is not read."""

    note = forms.CharField(
        label=_("What is different, and why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write what is different, and why."),
            "max_length": _("This is too long: write at most %(limit_value)d characters."),
        },
    )
    rarity = forms.ChoiceField(
        label=_("How rare each skill is"),
        choices=[("keep", _("as in the version in force")), ("today", _("count again from today’s occupations"))],
        initial="keep",
        required=False,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("Weights file"), required=False, allow_empty_file=True, help_text=_("Its numbers count instead of those above.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, base: ScoringWeights) -> None:
        super().__init__(data, files)
        self.base = base
        for side, _title, codes in SIDES:
            for code in codes:
                words: dict[str, Any] = {"label": LABELS[code], "initial": base.numbers[side][code]}
                self.fields[code] = forms.CharField(required=False, **words) if "file" in self.files else NumberField(**words)

    def sides(self) -> Iterator[tuple[str | Promise, list[forms.BoundField]]]:
        for _side, title, codes in SIDES:
            yield title, [self[code] for code in codes]

    def clean_file(self) -> dict[str, Any] | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        try:
            return from_file(file.read(MOST_BYTES + 1))
        except BadWeights as fault:
            raise forms.ValidationError(PROBLEMS[fault.problem], fault.problem, fault.details) from None

    def clean(self) -> None:
        if "file" in self.files or any(code in self.errors for code in (*FITS, *SUITS)):
            return
        for _side, title, codes in SIDES:
            total = sum(self.cleaned_data[code] for code in codes)
            if total != SIDE:
                words = TOO_MANY if total > SIDE else TOO_FEW
                self.add_error(None, forms.ValidationError(words, "sum", {"side": title, "total": total, "by": abs(total - SIDE)}))

    def numbers(self) -> dict[str, Any]:
        told = self.cleaned_data
        if told["file"] is not None:
            return told["file"]
        rarity = rarity_of_today() if told["rarity"] == "today" else {name: self.base.numbers[name] for name in ("rarity", "usual")}
        return {side: {code: told[code] for code in codes} for side, _title, codes in SIDES} | rarity
