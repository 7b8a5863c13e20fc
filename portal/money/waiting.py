"""What waits for operators about day rates."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.money.models import RateFeed
from portal.ui.waiting import Waiting


def for_operator(today: date) -> list[Waiting]:
    """One query."""
    quiet = list(RateFeed.objects.quiet(today).order_by("newest_day", "bank"))
    if not quiet:
        return []
    longest = quiet[0]
    bank = _(longest.get_bank_display())
    if longest.newest_day is None:
        text = _("%(bank)s has not given any rates yet.") % {"bank": bank}
    else:
        days = (today - longest.newest_day).days
        sentence = ngettext("%(bank)s has given no rates for %(count)s day.", "%(bank)s has given no rates for %(count)s days.", days)
        text = sentence % {"bank": bank, "count": days}
    url = reverse("admin:money_ratefeed_changelist", query={"quiet": "yes"})
    return [Waiting("alert-triangle", _("Day rates are missing"), text, _("Open the list"), url, len(quiet), "apricot")]
