"""What Django, allauth and phonenumber_field say to people on our pages, listed so that our own catalogues translate it.

The libraries lack Tajik, much Kyrgyz and Uzbek, and spell Uzbek with straight apostrophes; a message of ours goes before theirs.
Nothing imports this module: `manage.py messages` reads it. The admin is for staff and speaks as the libraries do.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

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

PHONE_NUMBERS = (
    _("The phone number entered is not valid."),
    _("Enter a phone number including country code (e.g. +1 for the US)."),
    pgettext_lazy("{example_number} is a national phone number.", "Enter a valid phone number (e.g. {example_number})."),
    pgettext_lazy("{example_number} is an international phone number.", "Enter a valid phone number (e.g. {example_number})."),
)

SIGN_IN_FIELDS = (
    pgettext_lazy("field label", "Login"),
    _("Remember Me"),
    _("Phone"),
    _("Email"),
    _("Email (optional)"),
    _("Email address"),
    _("Email or phone"),
    _("Code"),
    _("Authenticator code"),
    _("Use authenticator app or code"),
    _("Use a security key"),
)

SIGN_IN_PROBLEMS = (
    _("This account is inactive."),
    _("This account is currently inactive."),
    _("Incorrect code."),
    _("Invalid login."),
    _("Invalid or expired key."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("Please select only one."),
    _("The new value must be different from the current one."),
    _("A user is already registered with this phone number."),
    _("A user is already registered with this email address."),
    _("This email address is already associated with this account."),
    _("The phone number is not assigned to any user account."),
    _("The email address is not assigned to any user account."),
    _("You cannot remove your primary email address."),
    _("Your primary email address must be verified."),
    _("You cannot add more than %d email addresses."),
    _("You cannot add an email address to an account protected by two-factor authentication."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
)

SIGN_IN_NOTICES = (
    _("A sign-in code has been sent to %(recipient)s."),
    _("A verification code has been sent to %(phone)s."),
    _("You have verified phone number %(phone)s."),
    _("Confirmation email sent to %(email)s."),
    _("You have confirmed %(email)s."),
    _("Unable to confirm %(email)s because it is already confirmed by a different account."),
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("A new set of recovery codes has been generated."),
    _("Save them  in a secure location now — they won't be shown again."),
)
