"""A fact's number and an example's, as each language writes them."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.money.amounts import Currency, Money
from portal.money.formats import format_money, format_number


def format_quantity(number: Decimal, unit: str) -> str:
    """15 days, 10 000 ₽, 2,5 %. Raises ValueError for a unit that nobody has words for."""
    if unit in Currency.values:
        return format_money(Money(number, unit))
    count = int(number)
    words = {
        "day": lambda: ngettext("%(count)s day", "%(count)s days", count),
        "working_day": lambda: ngettext("%(count)s working day", "%(count)s working days", count),
        "month": lambda: ngettext("%(count)s month", "%(count)s months", count),
        "year": lambda: ngettext("%(count)s year", "%(count)s years", count),
        "hour": lambda: ngettext("%(count)s hour", "%(count)s hours", count),
        "percent": lambda: _("%(count)s %%"),
    }
    if unit not in words:
        raise ValueError(f"No words for the unit {unit!r}.")
    written = format_number(number)
    return str(words[unit]() % {"count": written.rstrip("0") if number % 1 else written})
