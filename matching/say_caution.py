"""A caution as its employer reads it: why, and what to write instead."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from matching.cautions_of import Caution, Code, Severity
from portal.money.amounts import Money
from portal.money.formats import format_money

STEPS = {"title": "place", "description": "place", "hours_a_week": "pay", "wage_amount": "pay"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """`step` is where it is written; `instead` is "" where there is nothing to write."""

    step: str
    field: str
    quote: str
    stops: bool
    text: str
    instead: str


def spoken(cautions: list[Caution]) -> list[Spoken]:
    """What stops the vacancy comes first."""
    ordered = sorted(cautions, key=lambda caution: caution.severity == Severity.WARNS)
    return [_spoken(caution) for caution in ordered]


def _spoken(caution: Caution) -> Spoken:
    text, instead = _sentences(caution)
    return Spoken(STEPS[caution.field], caution.field, caution.quote, caution.severity == Severity.STOPS, text, instead)


def _sentences(caution: Caution) -> tuple[str, str]:
    quote = {"quote": caution.quote}
    match caution.code:
        case Code.SEX:
            return (
                _("“%(quote)s”: work is for everybody who can do it, women and men. The law forbids to choose by sex.") % quote,
                _("Write what has to be done, for example: you lift up to 25 kg."),
            )
        case Code.AGE:
            return (
                _("“%(quote)s”: the law forbids to choose by age. Everybody over 18 may work.") % quote,
                _("Write what experience you need, for example: two years as a welder."),
            )
        case Code.NATIONALITY:
            return (
                _("“%(quote)s”: the law forbids to choose by nation, origin or looks.") % quote,
                _("Write which language is needed, and how well."),
            )
        case Code.RELIGION:
            return (
                _("“%(quote)s”: the law forbids to choose by religion, or by what somebody wears or does for it.") % quote,
                _("Write which working clothes and hours there are for everybody."),
            )
        case Code.FEE:
            return (
                _("“%(quote)s”: a worker pays nothing for a job, also not by deductions, deposits or fines. You pay these costs.") % quote,
                _("Leave it out. If you pay for it, say so: travel is paid, housing is free."),
            )
        case Code.PASSPORT:
            return (
                _("“%(quote)s”: nobody may keep a worker’s passport, not for a day either. It is a sign of forced labour.") % quote,
                _("Leave it out. You may look at a passport and copy it; it stays with the worker."),
            )
        case Code.HOURS:
            week = {"hours": caution.quote}
            return (
                _("A full week by law is %(hours)s hours. Hours above that are overtime: agreed each time, and paid higher.") % week,
                _("Write the hours of a normal week; say in the text how overtime is paid."),
            )
        case Code.WAGE:
            amount, currency = caution.quote.split()
            least = {"least": format_money(Money(Decimal(amount), currency))}
            return (
                _("The wage is under the legal minimum there, %(least)s a month before tax. For full time nobody can be proposed.") % least,
                _("Raise the wage, or look whether it is before or after tax."),
            )
