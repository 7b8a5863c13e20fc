"""The consolidated list of the UN Security Council, an XML file: CONSOLIDATED_LIST with INDIVIDUALS and ENTITIES."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from portal.organisations.lists import Kind, Listed, ListError, ListFile, generation_day, read_day, tidy
from portal.organisations.lists.xml import pieces, text_of

KINDS = {"INDIVIDUAL": Kind.PERSON, "ENTITY": Kind.ENTITY}
NAME = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")  # an entity's whole name is in the first


def read(file: BinaryIO) -> ListFile:
    """Raises `ListError`, also while entries are read."""
    found = pieces(file, "CONSOLIDATED_LIST", 2)
    generated = generation_day(next(found).get("dateGenerated", ""), "CONSOLIDATED_LIST, attribute dateGenerated")
    return ListFile(generated, (_listed(element) for element in found if element.tag in KINDS))


def _listed(element: Element) -> Listed:
    reference = text_of(element, "REFERENCE_NUMBER") or text_of(element, "DATAID")
    if not reference:
        raise ListError(f"{element.tag} {text_of(element, NAME[0])!r} has neither REFERENCE_NUMBER nor DATAID.")
    place = f"{element.tag} {reference}"
    return Listed(
        reference=reference,
        kind=KINDS[element.tag],
        names=tidy(_names(element)),
        programme=text_of(element, "UN_LIST_TYPE"),
        listed_on=read_day(text_of(element, "LISTED_ON"), f"{place}, LISTED_ON"),
        delisted_on=read_day(text_of(element, "DELISTED_ON"), f"{place}, DELISTED_ON"),
    )


def _names(element: Element) -> Iterator[str]:
    yield " ".join(text_of(element, part) for part in NAME)
    yield text_of(element, "NAME_ORIGINAL_SCRIPT")
    for alias in element.findall(f"{element.tag}_ALIAS"):
        yield from text_of(alias, "ALIAS_NAME").split(";")
