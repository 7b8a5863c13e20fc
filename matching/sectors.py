"""Where people look for work: occupations under a dozen headings, told from their ISCO-08 code."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import Occupation

# The longest beginning of a code wins; the last heading takes what no other does.
SECTORS: list[tuple[Promise, str]] = [
    (_("Building and roads"), "711 712 713 7214 7411 8342 8343 931"),
    (_("Driving and warehouses"), "432 83 932 933 962"),
    (_("Metal and repair"), "72 7132 74 821"),
    (_("Factories and furniture"), "73 752 7534 754 81 82 9329"),
    (_("Food and kitchens"), "512 513 5246 751 816 94"),
    (_("Clothes and shoes"), "753 815"),
    (_("Farm, garden and forest"), "6 8341 921"),
    (_("Cleaning"), "515 8157 91 961"),
    (_("Care and beauty"), "22 32 514 53"),
    (_("Shops"), "52 9334"),
    (_("Other work"), ""),
]
# What addresses call them.
SLUGS = ("building", "driving", "metal", "factories", "food", "clothes", "farm", "cleaning", "care", "shops", "other")
STARTS = {start: place for place, (_name, starts) in enumerate(SECTORS) for start in starts.split(" ")}


def sector_of(isco: str) -> int:
    """Place in `SECTORS` of a code of four digits."""
    return next(STARTS[isco[:length]] for length in range(len(isco), -1, -1) if isco[:length] in STARTS)


def in_sector(slug: str, isco: str = "isco") -> Q:
    """Rows whose code, in the column `isco`, is in a sector, as `sector_of` tells it; none for a slug that no sector has."""
    place = SLUGS.index(slug) if slug in SLUGS else None
    found = Q(pk__in=[])
    for start in (start for start, of in STARTS.items() if of == place):
        others = [longer for longer, of in STARTS.items() if of != place and longer.startswith(start) and longer != start]
        found |= Q(Q(**{f"{isco}__startswith": start}), *[~Q(**{f"{isco}__startswith": longer}) for longer in others])
    return found


def by_sector(occupations: Iterable[Occupation]) -> list[tuple[str, list[Occupation]]]:
    """(heading, its occupations in the order given), without empty headings."""
    found: list[list[Occupation]] = [[] for _sector in SECTORS]
    for occupation in occupations:
        found[sector_of(occupation.isco)].append(occupation)
    return [(str(name), rows) for (name, _starts), rows in zip(SECTORS, found, strict=True) if rows]


def sector_choices(occupations: Iterable[Occupation], key: str = "pk") -> list[tuple[str, list[tuple[object, str]]]]:
    """The same as groups of a select; the value of an option is the column `key`."""
    return [(name, [(getattr(row, key), str(row)) for row in rows]) for name, rows in by_sector(occupations)]
