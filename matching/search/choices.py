"""What the form of the public list offers, and the names of what is chosen, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.models import Occupation
from matching.models.vacancies import Cefr, Condition, VacancyQuerySet, WorkLanguage
from matching.search.wish import Wish
from matching.sectors import SECTORS, SLUGS, by_sector
from portal.money.amounts import Currency, Money
from portal.money.formats import currency_word, format_money
from portal.places.corridors import DESTINATIONS
from portal.places.models import Region

MONTHS_AHEAD = 6
Option = tuple[str, str]
Group = tuple[str, list[Option]]


@dataclass(frozen=True, slots=True)
class Choices:
    """Groups of options where there is a vacancy. `names` also knows those where there is none today."""

    places: list[Group]
    works: list[Group]
    names: dict[str, str]


def choices_of(open_now: VacancyQuerySet) -> Choices:
    """Two queries."""
    regions = Region.objects.filter(country__in=DESTINATIONS).select_related("country").order_by("-country", "name")
    places: dict[str, list[Option]] = {}
    names: dict[str, str] = {}
    for region in regions.annotate(is_open=Exists(open_now.filter(region=OuterRef("pk")))):
        country = region.country
        names |= {region.code: region.name, country.code: country.name}
        if region.is_open:
            everywhere = (country.code, _("%(country)s: all regions") % {"country": country.name})
            places.setdefault(country.name, [everywhere]).append((region.code, region.name))
    occupations = list(Occupation.objects.own().order_by("name").annotate(is_open=Exists(open_now.filter(occupation=OuterRef("pk")))))
    names |= {row.slug: str(row) for row in occupations} | sector_names()
    return Choices(list(places.items()), _works(row for row in occupations if row.is_open), names)


def names_of_all() -> dict[str, str]:
    """Of places and occupations, by code and slug, whether or not there is a vacancy. Two queries."""
    regions = Region.objects.filter(country__in=DESTINATIONS).select_related("country").order_by("code")
    places = {place.code: place.name for region in regions for place in (region, region.country)}
    return places | {row.slug: str(row) for row in Occupation.objects.own()} | sector_names()


def _works(occupations: Iterable[Occupation]) -> list[Group]:
    slugs = {str(name): f"sector:{slug}" for (name, _starts), slug in zip(SECTORS, SLUGS, strict=True)}
    return [
        (sector, [(slugs[sector], _("%(sector)s: all of it") % {"sector": sector}), *((row.slug, str(row)) for row in rows)])
        for sector, rows in by_sector(occupations)
    ]


def sector_names() -> dict[str, str]:
    return {f"sector:{slug}": str(name) for (name, _starts), slug in zip(SECTORS, SLUGS, strict=True)}


def months(today: date) -> list[Option]:
    """The first days of the next months: when somebody can begin."""
    firsts = [date(today.year + (today.month + ahead) // 12, (today.month + ahead) % 12 + 1, 1) for ahead in range(MONTHS_AHEAD)]
    return [(f"{first:%Y-%m}", date_format(first)) for first in firsts]


def levels() -> list[Option]:
    """How well somebody speaks a language."""
    return [(str(level.value), _("not at all") if level == Cefr.NONE else str(level.label)) for level in Cefr]


def currencies(home: str) -> list[Option]:
    """The reader's own first, then those of the wages."""
    codes = dict.fromkeys([*([home] if home else []), Currency.RUB, Currency.KZT, *Currency])
    return [(str(code), currency_word(code)) for code in codes]


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of a wish: its name, the address without it, and how many there would be then, where that was asked."""

    name: str
    rest: str
    brings: int | None = None


def chips_of(wish: Wish, names: dict[str, str], brings: Mapping[str, int] | None = None) -> list[Chip]:
    """`names` are those of places and occupations, by code and slug."""
    return [Chip(_part_name(part, wish, names), rest.query, brings[part] if brings else None) for part, rest in wish.parts()]


def _part_name(part: str, wish: Wish, names: dict[str, str]) -> str:
    match part.split(":"):
        case ["text"]:
            return wish.text
        case ["place"]:
            return names.get(wish.place, wish.place)
        case ["work"]:
            return names.get(wish.work, wish.work)
        case ["wage"]:
            assert wish.wage is not None
            return _("from %(wage)s in hand") % {"wage": format_money(Money(wish.wage, wish.currency))}
        case ["gives", code]:
            return str(Condition(code).label)
        case ["levels", code]:
            told = dict(levels())[str(dict(wish.levels)[code])]
            return _("%(language)s: %(level)s") % {"language": WorkLanguage(code).label, "level": told}
    assert wish.start is not None
    return _("I can begin on %(day)s") % {"day": date_format(wish.start)}
