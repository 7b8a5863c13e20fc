"""What the contract says beside what the vacancy promised: the candidate reads every difference in red."""

from dataclasses import dataclass

from matching.model_contract.items import AT_HOME, given, hours, items, start, wage
from matching.models import Given, Offer, Vacancy


@dataclass(frozen=True, slots=True)
class Term:
    """One of the ten items, line by line. `promised` is empty where the vacancy says nothing."""

    number: int
    label: str
    offered: list[str]
    promised: list[str]
    is_different: bool


def terms(offer: Offer, vacancy: Vacancy) -> list[Term]:
    """The ten items of the contract, in the reader's language."""
    promised = _promised(offer, vacancy)
    found = []
    for item in items(offer):
        lines, is_different = promised.get(item.number, ([], False))
        found.append(Term(item.number, item.title, item.lines, [line for line in lines if line], is_different))
    return found


def _promised(offer: Offer, vacancy: Vacancy) -> dict[int, tuple[list[str], bool]]:
    """By the number of the item: what the vacancy says of it, and whether the offer says something else."""
    found = {
        1: ([vacancy.employer.name], _differ(offer.employer_name, vacancy.employer.name)),
        2: (_work(vacancy), _is_other_work(offer, vacancy)),
        3: ([vacancy.address], _differ(offer.address, vacancy.address)),
    }
    if vacancy.wage_amount is not None:
        is_other_count = offer.shifts_a_month is not None and offer.shifts_a_month != vacancy.shifts_a_month
        found[4] = (wage(vacancy), wage(offer)[0] != wage(vacancy)[0] or is_other_count)
    if vacancy.hours_a_week:
        found[5] = ([hours(vacancy.hours_a_week)], offer.hours_a_week != vacancy.hours_a_week)
    if vacancy.starts_on:
        found[7] = ([start(vacancy)], offer.starts_on != vacancy.starts_on)
    for number, asked in ((8, AT_HOME), (9, (Given.TRAVEL, Given.TRAINING))):
        is_other = any((code in offer.conditions) != (code in vacancy.conditions) for code in asked)
        found[number] = (given(vacancy.conditions, asked), is_other)
    return found


def _differ(offered: str, promised: str) -> bool:
    return bool(promised) and offered.strip().casefold() != promised.strip().casefold()


def _work(vacancy: Vacancy) -> list[str]:
    return [str(vacancy.occupation), vacancy.title]


def _is_other_work(offer: Offer, vacancy: Vacancy) -> bool:
    """Another occupation, or a title that is neither the vacancy's nor the occupation's name in whichever language the agency wrote."""
    names = {getattr(vacancy.occupation, f"name_{language}", "") or "" for language in ("en", "ru", "tg", "ky", "uz")}
    known = {name.casefold() for name in (str(vacancy), *names) if name}
    return offer.occupation_id not in (None, vacancy.occupation_id) or offer.job_title.casefold() not in known
