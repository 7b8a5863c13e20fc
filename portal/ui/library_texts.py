"""What Django and allauth say to people on our pages, listed so that our own catalogues translate it.

The libraries lack Tajik, much Kyrgyz and Uzbek, and spell Uzbek with straight apostrophes; a message of ours goes before theirs.
Nothing imports this module: `manage.py messages` reads it. The admin is for staff and speaks as the libraries do.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

FORM_FIELDS = (
    _("This field is required."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
    _("Enter a list of values."),
    _("Enter a complete value."),
    _("Enter a valid UUID."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("(Hidden field %(name)s) %(error)s"),
    _("Yes"),
    _("No"),
    _("Unknown"),
)

VALIDATORS = (
    _("Enter a valid value."),
    _("Enter a valid URL."),
    _("Enter a valid integer."),
    _("Enter a valid email address."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
        "max",
    ),
    _("Null characters are not allowed."),
)

MODEL_FIELDS = (
    _("This field cannot be null."),
    _("This field cannot be blank."),
    _("Value %(value)r is not a valid choice."),
    _("%(model_name)s with this %(field_label)s already exists."),
)

SECOND_FACTOR = (
    _("Code"),
    _("Authenticator code"),
    _("Incorrect code."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
)
