"""What of a vacancy is wrong, or looks so: found in its words by a list of stems, and in its wage and hours by the law's numbers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from re import Pattern

from matching.models import Vacancy
from matching.wages import DayOfWages, minimum_wage_code, wages_on
from orientation.models import Fact
from portal.places.corridors import DESTINATIONS
from portal.starter import read_yaml

FILE = Path(__file__).parent / "content" / "cautions.yaml"
TEXTS = ("title", "description")
# Nothing here can be read in two ways, or a line of apostrophes would take the machine for hours.
GAP = r"[^\w.!?;]++"  # between two words of one sentence
OTHERS = rf"(?:\w++(?:'\w++)*+{GAP}){{0,4}}"  # words between those that are looked for
APOSTROPHES = str.maketrans("ё" + "ʻʼ’‘`´", "е" + "'" * 6)


class Code(StrEnum):
    SEX = "sex"
    AGE = "age"
    NATIONALITY = "nationality"
    RELIGION = "religion"
    FEE = "fee"
    PASSPORT = "passport"
    HOURS = "hours"
    WAGE = "wage"


class Severity(StrEnum):
    STOPS = "stops"  # the law: it is not published
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Caution:
    """`field` is a column of the vacancy; `quote` the words, or the number that the law names."""

    code: Code
    severity: Severity
    field: str
    quote: str


def find_cautions(
    texts: Mapping[str, str], *, hours: int | None = None, full_week: Decimal | None = None, least: str = ""
) -> list[Caution]:
    """`texts` are by field, in whatever language. `full_week` is the law's, None where it is not known; `least` the legal minimum that the
    wage is under, "" where it is not. One caution a kind and field."""
    found = []
    for field, text in texts.items():
        plain = _plain(text)
        for code, (wrong, harmless) in _words().items():
            quote = _first(plain, wrong, harmless)
            if quote:
                found.append(Caution(code, Severity.STOPS, field, text[slice(*quote)]))
    if hours is not None and full_week is not None and hours > full_week:
        found.append(Caution(Code.HOURS, Severity.WARNS, "hours_a_week", f"{full_week:f}".rstrip("0").rstrip(".")))
    if least:
        found.append(Caution(Code.WAGE, Severity.WARNS, "wage_amount", least))
    return found


class Numbers:
    """The law's, of one day: each is read when somebody first asks for it."""

    def __init__(self, day: date) -> None:
        self.day = day

    @cached_property
    def wages(self) -> DayOfWages:
        return wages_on(self.day)

    @cached_property
    def weeks(self) -> dict[str, Decimal | None]:
        codes = [full_week_code(country) for country in DESTINATIONS]
        return dict(Fact.objects.filter(code__in=codes, status=Fact.Status.IN_FORCE).order_by("code").values_list("code", "number"))


def cautions_of(vacancy: Vacancy, numbers: Numbers) -> list[Caution]:
    """The same for a row, with the law's numbers."""
    country = vacancy.region.country
    week, least = numbers.weeks.get(full_week_code(country.pk)), ""
    if vacancy.wage_amount is not None and vacancy.wage_currency:
        wages = numbers.wages
        if wages.is_under_minimum(vacancy):
            minimum = wages.facts.get(minimum_wage_code(vacancy.region_id), wages.facts.get(minimum_wage_code(country.pk)))
            least = f"{minimum} {country.currency}"
    texts = {field: getattr(vacancy, field) for field in TEXTS}
    return find_cautions(texts, hours=vacancy.hours_a_week, full_week=week, least=least)


def full_week_code(country: str) -> str:
    """The fact that holds the hours of a full working week."""
    return f"{country}-FULL-WEEK"


def _plain(text: str) -> str:
    """As long as before, so that a place in it is the same place in what was typed."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text).translate(APOSTROPHES)


def _first(text: str, wrong: Pattern[str], harmless: list[Pattern[str]]) -> tuple[int, int] | None:
    """The first hit that lies in nothing harmless."""
    hits = list(_spans(text, wrong))
    spared = [span for pattern in harmless for span in _spans(text, pattern)] if hits else []
    return next(((start, end) for start, end in hits if not any(first <= start and end <= last for first, last in spared)), None)


def _spans(text: str, pattern: Pattern[str]) -> Iterator[tuple[int, int]]:
    """All of them, also those that overlap."""
    at = 0
    while hit := pattern.search(text, at):
        yield hit.span()
        at = hit.start() + 1


@cache
def _words() -> dict[Code, tuple[Pattern[str], list[Pattern[str]]]]:
    """Of all languages at once: whoever writes one vacancy writes it in whichever they like."""
    compiled = {}
    for code, languages in read_yaml(FILE).items():
        wrong = [_regex(pattern, "?") for part in languages.values() for pattern in part["find"]]
        harmless = [_regex(pattern, "") for part in languages.values() for pattern in part["but"]]
        compiled[Code(code)] = re.compile("|".join(f"(?:{each})" for each in wrong)), [re.compile(each) for each in harmless]
    return compiled


def _regex(pattern: str, least: str) -> str:
    """Of one line of the file; what its signs mean stands there. `least` is "?" where as few words as can be lie between."""
    parts: list[str] = []
    gap = ""
    for word in _plain(pattern).split():
        if word == "~":
            gap = f"{GAP}{OTHERS}{least}"
            continue
        parts.append((gap or GAP if parts else "") + r"(?<!\w)(?:" + "|".join(map(_word, word.split("|"))) + r")(?!\w)")
        gap = ""
    return "".join(parts)


def _word(word: str) -> str:
    if "{age}" in word:
        return r"(?:19|[2-7]\d|80)" + re.escape(word.replace("{age}", "").rstrip("*")) + (r"\w*" if word.endswith("*") else "")
    return re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
