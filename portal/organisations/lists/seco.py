"""The list of SECO, Switzerland, an XML file: swiss-sanctions-list with sanctions-program, place and target elements, in this order.

De-listed targets stay in the file: the newest modification says what holds. Each modification holds old copies of the target's parts
under the same names, so only direct children of a target are read.
"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from math import prod
from typing import BinaryIO
from xml.etree.ElementTree import Element

from portal.organisations.lists import Kind, Listed, ListError, ListFile, generation_day, read_day, tidy
from portal.organisations.lists.xml import pieces, text_of

KINDS = {"individual": Kind.PERSON, "entity": Kind.ENTITY, "object": Kind.OBJECT}
DATED = ("effective-date", "enactment-date", "publication-date")
NO_NAME = ("title", "suffix")
MOST_SPELLINGS = 64  # of one name in every combination of its parts; beyond, one script and language at a time


def read(file: BinaryIO) -> ListFile:
    """Raises `ListError`, also while entries are read."""
    found = pieces(file, "swiss-sanctions-list", 1)
    generated = generation_day(next(found).get("date", ""), "swiss-sanctions-list, attribute date")
    return ListFile(generated, _entries(found, generated))


def _entries(found: Iterator[Element], generated_on: date) -> Iterator[Listed]:
    programmes: dict[str, str] = {}
    for element in found:
        if element.tag == "sanctions-program":
            name = text_of(element, "program-key[@lang='eng']") or text_of(element, "program-key")
            programmes |= {each.get("ssid", ""): name for each in element.findall("sanctions-set")}
        elif element.tag == "target":
            yield _listed(element, programmes, generated_on)


def _listed(target: Element, programmes: dict[str, str], generated_on: date) -> Listed:
    reference = target.get("ssid", "")
    subject = next((child for child in target if child.tag in KINDS), None)
    if not reference or subject is None:
        raise ListError(f"target {reference or 'without ssid'}: individual, entity or object is missing.")
    sets = (programmes.get((each.text or "").strip(), "") for each in target.findall("sanctions-set-id"))
    listed_on, delisted_on = _days(target, f"target {reference}", generated_on)
    return Listed(reference, KINDS[subject.tag], tidy(_names(subject)), "; ".join(tidy(sets)), listed_on, delisted_on)


def _days(target: Element, place: str, generated_on: date) -> tuple[date | None, date | None]:
    """When it was listed last, and since when it is not any more. Of two modifications of one day the first in the file is the newer."""
    changes = [(_day_of(change, place), change.get("modification-type")) for change in target.findall("modification")]
    listed = max((day for day, kind in changes if kind == "listed" and day), default=None)
    newest_day, newest = max(changes, key=lambda change: change[0] or date.min, default=(None, None))
    return listed, (newest_day or generated_on) if newest == "de-listed" else None


def _day_of(change: Element, place: str) -> date | None:
    name = next((name for name in DATED if change.get(name)), DATED[0])
    return read_day(change.get(name, ""), f"{place}, modification, attribute {name}")


def _names(subject: Element) -> Iterator[str]:
    """Of all identities, the main one and its primary name first."""
    identities = sorted(subject.findall("identity"), key=lambda identity: identity.get("main") != "true")
    for identity in identities:
        for name in sorted(identity.findall("name"), key=lambda name: name.get("name-type") != "primary-name"):
            yield from _spellings(name)


def _spellings(name: Element) -> Iterator[str]:
    """As written, then with the spelling variants of its parts."""
    parts = [part for part in name.findall("name-part") if part.get("name-part-type") not in NO_NAME]
    parts.sort(key=lambda part: int(part.get("order") or 0) if (part.get("order") or "").isdecimal() else 0)
    written = [text_of(part, "value") for part in parts]
    variants = [
        {(each.get("script"), each.get("lang"), number): each.text or "" for number, each in enumerate(part.findall("spelling-variant"))}
        for part in parts
    ]
    yield " ".join(written)
    ways = [[value, *each.values()] for value, each in zip(written, variants, strict=True)]
    if prod(map(len, ways)) <= MOST_SPELLINGS:
        yield from map(" ".join, product(*ways))
        return
    for spelling in dict.fromkeys(key for each in variants for key in each):
        yield " ".join(each.get(spelling, value) for value, each in zip(written, variants, strict=True))
