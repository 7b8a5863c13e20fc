from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.phones import country_choices, default_country, read_phone


class PhoneForm(forms.Form):
    country = forms.ChoiceField(label=_("Country of the number"))
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Write your phone number.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices()
        self.fields["country"].initial = default_country(get_language() or "en")

    def clean(self) -> None:
        if "country" in self.cleaned_data and "phone" in self.cleaned_data:
            try:
                self.cleaned_data["phone"] = read_phone(self.cleaned_data["phone"], self.cleaned_data["country"])
            except forms.ValidationError as problem:
                self.add_error("phone", problem)


class MailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,  # as the columns
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("This is not an e-mail address. Write it like this: name@example.org."),
        },
    )

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class CodeForm(forms.Form):
    """Six digits from an SMS or a mail. Spaces and dashes in it do not matter."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Write the code from the message.")},
    )

    def __init__(self, *args: Any, expected: str = "", too_old: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        self.too_old = too_old

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if self.too_old:
            raise forms.ValidationError(_("This code is too old. Ask for a new one."), "old")
        if not compare_user_code(actual=code, expected=self.expected):
            raise forms.ValidationError(_("This is not the code we sent last. Look at the newest message."), "wrong")
        return code


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of messages to you"), choices=settings.LANGUAGES)


class EraseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, erase everything about me. I know that it cannot be brought back."),
        error_messages={"required": _("Tick the box if you are sure.")},
    )
