"""Phone numbers as people type them, and as Safar keeps them (E.164)."""

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Whoever reads Russian or English may hold any of the five SIM cards; Russia is where most of them are.
COUNTRY_OF_LANGUAGE = {"tg": "TJ", "ky": "KG", "uz": "UZ", "ru": "RU", "en": "TJ"}

# Each code to a premium number would earn its owner money.
NOT_A_PERSONS = {
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.TOLL_FREE,
}

COUNTRIES = {
    "TJ": _("Tajikistan"),
    "KG": _("Kyrgyzstan"),
    "UZ": _("Uzbekistan"),
    "RU": _("Russia"),
    "KZ": _("Kazakhstan"),
}


def default_country(language: str) -> str:
    return COUNTRY_OF_LANGUAGE[language]


def country_choices() -> list[tuple[str, str]]:
    return [(code, f"{COUNTRIES[code]} +{phonenumbers.country_code_for_region(code)}") for code in settings.PHONE_COUNTRIES]


def read_phone(text: str, country: str) -> str:
    """The E.164 number in `text`; a number that starts with + or 00 says its country itself."""
    if text.startswith("00"):
        text = f"+{text[2:]}"
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        raise ValidationError(
            _("This is not a phone number. Write it like this: %(example)s."), "phone", {"example": example(country)}
        ) from None
    countries = {phonenumbers.country_code_for_region(code): code for code in reversed(settings.PHONE_COUNTRIES)}
    if number.country_code not in countries:
        raise ValidationError(
            _(
                "Safar can send codes only to numbers of Tajikistan, Kyrgyzstan, Uzbekistan, Russia and Kazakhstan. "
                "Without such a number you can still learn: no account is needed."
            ),
            "country",
        )
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) in NOT_A_PERSONS:
        raise ValidationError(
            _("This number is too short, too long or has a mistake. Check it and write it like this: %(example)s."),
            "phone",
            {"example": example(countries[number.country_code])},
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def show_phone(phone: str) -> str:
    return phonenumbers.format_number(phonenumbers.parse(phone), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def example(country: str) -> str:
    number = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if number else ""
