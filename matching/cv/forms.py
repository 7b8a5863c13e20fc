"""What the owner of a CV chooses for it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from matching.models import Candidate


class CvForm(forms.Form):
    """Every choice has an answer: what is not sent, or is nonsense, is the first language and no tick."""

    language = forms.ChoiceField(label=_("Language of the CV"), widget=forms.RadioSelect)
    with_citizenship = forms.BooleanField(label=_("Show my citizenship"), required=False)
    with_phone = forms.BooleanField(label=_("Show my phone number"), required=False)

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        offered = languages_for(candidate)
        self.fields["language"].choices = [(code, names[code]) for code in offered]
        self.initial["language"] = offered[0]
        self.is_valid()
        told = getattr(self, "cleaned_data", {})
        self.chosen = {"language": told.get("language") or offered[0]}
        self.shows = {name: bool(told.get(name)) for name in ("with_citizenship", "with_phone")}


def languages_for(candidate: Candidate) -> list[str]:
    """Of work first: Russian is read in Russia and in Kazakhstan. Then the person's own, and that of the page."""
    own = candidate.user.language if candidate.user else ""
    return list(dict.fromkeys(code for code in ("ru", own, get_language() or "") if code in dict(settings.LANGUAGES)))
