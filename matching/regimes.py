"""The names of the ways in which somebody may legally work, for people. In rows and rules a regime is its code."""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "eaeu": _("no permit needed (Eurasian Economic Union)"),
    "patent": _("work patent"),
    "kz-household": _("permit to work in a household"),
    "kz-employer-permit": _("permit that the employer gets"),
}


def regime_name(code: str) -> str:
    """A code that operators have made up themselves stands as it is."""
    return str(NAMES.get(code, code))
