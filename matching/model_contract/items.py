"""The ten items of a contract that the course teaches people to look for, in words of the active language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.models import Given, Offer
from matching.models.vacancies import Vacancy
from portal.money.amounts import WageBasis, WagePeriod
from portal.money.formats import NBSP, format_money

TITLES = [
    gettext_lazy("Employer"),
    gettext_lazy("Work"),
    gettext_lazy("Place of work"),
    gettext_lazy("Wage and days of payment"),
    gettext_lazy("Hours of work"),
    gettext_lazy("Rest and leave"),
    gettext_lazy("Start and end"),
    gettext_lazy("Housing and food"),
    gettext_lazy("Ticket, papers, insurance"),
    gettext_lazy("Signatures"),
]
AT_HOME = (Given.HOUSING, Given.MEALS)
COSTS = tuple(code for code in Given if code not in AT_HOME)


@dataclass(frozen=True, slots=True)
class Item:
    number: int
    title: str
    lines: list[str]


def items(offer: Offer) -> list[Item]:
    """What was not asked when the terms were entered has no line."""
    said = [
        [
            offer.employer_name,
            _("Tax number: %(number)s") % {"number": offer.employer_number} if offer.employer_number else "",
            _("Address: %(address)s") % {"address": offer.employer_address} if offer.employer_address else "",
        ],
        _work(offer),
        [offer.address],
        [*wage(offer), _days_of_payment(offer)],
        [hours(offer.hours_a_week), capfirst(offer.get_overtime_display())],
        _rest(offer),
        _term(offer),
        given(offer.conditions, AT_HOME),
        given(offer.conditions, COSTS if offer.occupation_id else (Given.TRAVEL, Given.TRAINING)),
        [_("Two signed copies: one for the employer, one for the worker.")],
    ]
    return [
        Item(number, str(title), [line for line in lines if line])
        for number, (title, lines) in enumerate(zip(TITLES, said, strict=True), 1)
    ]


def wage(terms: Offer | Vacancy) -> list[str]:
    """The wage must be known."""
    period, basis = WagePeriod(terms.wage_period).label, WageBasis(terms.wage_basis).label
    shifts = terms.shifts_a_month
    counted = ngettext("%(counter)s shift a month", "%(counter)s shifts a month", shifts) % {"counter": shifts} if shifts else ""
    return [f"{format_money(terms.guaranteed)}{NBSP}{period}, {basis}", counted]


def hours(count: int) -> str:
    return ngettext("%(count)d hour a week", "%(count)d hours a week", count) % {"count": count}


def start(terms: Offer | Vacancy) -> str:
    return _("From %(day)s") % {"day": date_format(terms.starts_on)} if terms.starts_on else ""


def given(codes: list[str], asked: Iterable[Given]) -> list[str]:
    """What the employer gives of the things asked, and what nobody has promised."""
    of = list(asked)
    promised = ", ".join(str(code.label) for code in of if code in codes)
    missing = ", ".join(str(code.label) for code in of if code not in codes)
    return [
        _("Free of charge: %(things)s") % {"things": promised} if promised else "",
        _("Not promised: %(things)s") % {"things": missing} if missing else "",
    ]


def _work(offer: Offer) -> list[str]:
    """The occupation by its name in this language, and the words of the contract where they are others."""
    if offer.occupation is None:
        return [offer.job_title]
    name = str(offer.occupation)
    if offer.job_title.casefold() == name.casefold():
        return [name]
    return [name, _("In the words of the contract: “%(title)s”") % {"title": offer.job_title}]


def _days_of_payment(offer: Offer) -> str:
    if not offer.paid_on:
        return offer.pay_days
    first, *rest = offer.paid_on
    if not rest:
        return _("Paid on day %(day)d of each month") % {"day": first}
    return _("Paid on days %(first)d and %(second)d of each month") % {"first": first, "second": rest[0]}


def _rest(offer: Offer) -> list[str]:
    if offer.days_off is None or offer.leave_days is None:
        return []
    return [
        ngettext("%(count)d day off a week", "%(count)d days off a week", offer.days_off) % {"count": offer.days_off},
        ngettext("%(count)d day of paid leave a year", "%(count)d days of paid leave a year", offer.leave_days)
        % {"count": offer.leave_days},
    ]


def _term(offer: Offer) -> list[str]:
    until = capfirst(_("until %(day)s") % {"day": date_format(offer.ends_on)} if offer.ends_on else _("no end date"))
    if not offer.occupation_id:
        return [start(offer), until]
    notice = _("Whoever ends it earlier says so in the time that the law gives")
    if count := offer.notice_days:
        notice = ngettext(
            "Whoever ends it earlier says so %(count)d day before", "Whoever ends it earlier says so %(count)d days before", count
        ) % {"count": count}
    return [start(offer), until, notice]
