"""Reading the sanctions lists of the UN, of SECO and of the EU. Each reader yields what one file lists, entry by entry."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.organisations.models import SanctionEntry

Kind = SanctionEntry.Kind


class ListError(Exception):
    """`str()` says where in the file, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Listed:
    """`names` are all names and spellings, the main one first; without any there is nothing to compare."""

    reference: str
    kind: str
    names: tuple[str, ...]
    programme: str
    listed_on: date | None
    delisted_on: date | None = None


@dataclass(frozen=True, slots=True)
class ListFile:
    """`entries` reads on as it is iterated, and raises `ListError` where the file is at fault."""

    generated_on: date
    entries: Iterator[Listed]


def read_day(text: str, place: str) -> date | None:
    """A day as 2031-03-14, with whatever time or zone behind it, or as 14/03/2031; None for an empty text. Raises `ListError`."""
    text = text.strip()
    if not text:
        return None
    try:
        return date.fromisoformat("-".join(reversed(text.split("/"))) if "/" in text else text[:10])
    except ValueError:
        raise ListError(f"{place}: {text[:40]!r} is no day.") from None


def generation_day(text: str, place: str) -> date:
    day = read_day(text, place)
    if day is None:
        raise ListError(f"{place} is missing: nobody can tell how old the file is.")
    return day


def tidy(names: Iterable[str]) -> tuple[str, ...]:
    """Without runs of spaces, empty ones and doubles, in their order."""
    return tuple(dict.fromkeys(name for name in (" ".join(name.split()) for name in names) if name))
