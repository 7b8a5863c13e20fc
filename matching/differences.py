"""What the contract says beside what the vacancy promised: the candidate reads every difference in red."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.models import Offer, Vacancy
from matching.models.vacancies import Condition
from portal.money.amounts import WageBasis, WagePeriod
from portal.money.formats import format_money


@dataclass(frozen=True, slots=True)
class Term:
    """`promised` is empty where the vacancy says nothing."""

    label: str
    offered: str
    promised: str
    is_different: bool


def terms(offer: Offer, vacancy: Vacancy) -> list[Term]:
    """The ten items of the contract, in the reader's language."""
    same_title = offer.job_title.casefold() in {name.casefold() for name in _titles(vacancy)}
    wages = (offer.guaranteed, vacancy.guaranteed) if vacancy.wage_amount is not None else (offer.guaranteed, None)
    return [
        _term(_("Employer"), offer.employer_name, vacancy.employer.name),
        Term(_("Work"), offer.job_title, str(vacancy), not same_title),
        _term(_("Place of work"), offer.address, vacancy.address),
        _term(_("Guaranteed wage"), format_money(wages[0]), format_money(wages[1]) if wages[1] else ""),
        _term(_("The wage is paid for"), WagePeriod(offer.wage_period).label, WagePeriod(vacancy.wage_period).label),
        _term(_("Before or after tax"), WageBasis(offer.wage_basis).label, WageBasis(vacancy.wage_basis).label),
        _term(_("Hours a week"), offer.hours_a_week, vacancy.hours_a_week or ""),
        _term(_("Start of work"), date_format(offer.starts_on), date_format(vacancy.starts_on) if vacancy.starts_on else ""),
        Term(_("End"), date_format(offer.ends_on) if offer.ends_on else _("no end date"), "", False),
        _term(_("The employer gives"), _conditions(offer.conditions), _conditions(vacancy.conditions)),
        Term(_("Days of payment"), offer.pay_days, "", False),
    ]


def _term(label: str, offered: object, promised: object) -> Term:
    said, before = str(offered), str(promised)
    return Term(label, said, before, bool(before) and said.strip().casefold() != before.strip().casefold())


def _titles(vacancy: Vacancy) -> set[str]:
    """The title, and the occupation's name in whichever language the agency wrote."""
    names = {getattr(vacancy.occupation, f"name_{language}", "") or "" for language in ("en", "ru", "tg", "ky", "uz")}
    return {str(vacancy), *names} - {""}


def _conditions(codes: list[str]) -> str:
    return ", ".join(str(Condition(code).label) for code in Condition.values if code in codes) or str(_("nothing besides the wage"))
