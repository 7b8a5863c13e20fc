"""What a candidate asks about a job."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import MatchQuestion


class QuestionForm(forms.ModelForm):
    class Meta:
        model = MatchQuestion
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": _("For example: how many people share a room?")}
