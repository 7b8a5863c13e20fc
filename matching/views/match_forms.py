"""What people answer about a match: a reason, a note, whose case it is."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from matching.models import DeskView, SecondLook
from portal.organisations.models import Person


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("A few words more"), max_length=500, required=False)

    def __init__(self, reasons: type[TextChoices], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons.choices


class NoteForm(forms.Form):
    text = forms.CharField(label=_("A note for your colleagues"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Your answer"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))


class AssignForm(forms.Form):
    NOBODY = "0"

    to = forms.ChoiceField(label=_("Whose case is it?"))

    def __init__(self, colleagues: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(self.NOBODY, _("nobody’s yet")), *((str(pk), name) for pk, name in colleagues.items())]


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("What would you have done?"),
        choices=[(code, label) for code, label in SecondLook.Verdict.choices if code],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class DeskViewForm(forms.Form):
    """A name that is there already names another view from now on."""

    MOST = 20

    name = forms.CharField(label=_("Keep these filters under a name"), max_length=40)

    def __init__(self, user: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = DeskView.objects.filter(user=self.user.pk).exclude(name=name)
        if others.count() >= self.MOST:
            raise forms.ValidationError(_("You have kept %(count)d views. Delete one of them first."), params={"count": self.MOST})
        return name
