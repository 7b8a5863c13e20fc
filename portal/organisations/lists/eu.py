"""The consolidated financial sanctions of the European Union, as XML 1.1 or as CSV 1.1.

The CSV has a row for each combination of an entity's names, addresses, births and documents, and its columns of the kind of subject
are the other way round than the XML's attributes.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO
from xml.etree.ElementTree import Element

from portal.organisations.lists import Kind, Listed, ListError, ListFile, generation_day, read_day, tidy
from portal.organisations.lists.xml import pieces

PARTS = ("firstName", "middleName", "lastName")
KINDS = {"person": Kind.PERSON, "P": Kind.PERSON, "enterprise": Kind.ENTITY, "E": Kind.ENTITY}

GENERATED, LOGICAL_ID, REFERENCE, DESIGNATED = (
    "fileGenerationDate",
    "Entity_LogicalId",
    "Entity_EU_ReferenceNumber",
    "Entity_DesignationDate",
)
SUBJECT = ("Entity_SubjectType", "Entity_SubjectType_ClassificationCode")
WHOLE_NAME, NAME = "NameAlias_WholeName", ("NameAlias_FirstName", "NameAlias_MiddleName", "NameAlias_LastName")
PROGRAMME = "Entity_Regulation_Programme"
COLUMNS = (GENERATED, LOGICAL_ID, REFERENCE, DESIGNATED, *SUBJECT, WHOLE_NAME, *NAME, PROGRAMME)
LONGEST = 200  # lines of one cell


def read(file: BinaryIO) -> ListFile:
    """Raises `ListError`, also while entries are read."""
    begins = file.read(100).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    return _read_xml(file) if begins.startswith((b"<", b"\xff\xfe", b"\xfe\xff")) else _read_csv(file)


def _read_xml(file: BinaryIO) -> ListFile:
    found = pieces(file, "export", 1)
    generated = generation_day(next(found).get("generationDate", ""), "export, attribute generationDate")
    return ListFile(generated, (_entity(element) for element in found if element.tag == "sanctionEntity"))


def _entity(element: Element) -> Listed:
    reference = element.get("euReferenceNumber") or element.get("logicalId")
    if not reference:
        raise ListError("sanctionEntity: neither euReferenceNumber nor logicalId is given.")
    subject = element.find("subjectType")
    kind = _kind(
        [subject.get("code", ""), subject.get("classificationCode", "")] if subject is not None else [], f"sanctionEntity {reference}"
    )
    aliases = sorted(element.findall("nameAlias"), key=lambda alias: alias.get("strong") != "true")
    return Listed(
        reference=reference,
        kind=kind,
        names=tidy(alias.get("wholeName") or " ".join(alias.get(part, "") for part in PARTS) for alias in aliases),
        programme="; ".join(tidy(each.get("programme", "") for each in element.findall("regulation"))),
        listed_on=read_day(element.get("designationDate", ""), f"sanctionEntity {reference}, attribute designationDate"),
    )


def _kind(codes: list[str], place: str) -> str:
    found = next((KINDS[code] for code in codes if code in KINDS), None)
    if found is None:
        raise ListError(f"{place}: {' '.join(codes).strip() or 'nothing'} is no kind of subject.")
    return found


@dataclass(slots=True)
class _Gathered:
    kind: str
    listed_on: date | None
    names: dict[str, None] = field(default_factory=dict)
    programmes: dict[str, None] = field(default_factory=dict)


def _read_csv(file: BinaryIO) -> ListFile:
    """All rows are read at once: those of one entity need not stand together."""
    generated, entities = "", dict[str, _Gathered]()
    for number, row in _rows(file):
        place = f"row {number}, column"
        generated = generated or row[GENERATED]
        if not row[LOGICAL_ID].strip():
            raise ListError(f"{place} {LOGICAL_ID} is empty.")
        key = row[REFERENCE].strip() or row[LOGICAL_ID].strip()
        if key not in entities:
            kind = _kind([row[column] for column in SUBJECT], f"{place}s {' and '.join(SUBJECT)}")
            entities[key] = _Gathered(kind, read_day(row[DESIGNATED], f"{place} {DESIGNATED}"))
        entities[key].names[row[WHOLE_NAME] or " ".join(row[part] for part in NAME)] = None
        entities[key].programmes[row[PROGRAMME]] = None
    day = generation_day(generated, f"row 2, column {GENERATED}")
    listed = (
        Listed(reference, each.kind, tidy(each.names), "; ".join(tidy(each.programmes)), each.listed_on)
        for reference, each in entities.items()
    )
    return ListFile(day, listed)


def _rows(file: BinaryIO) -> Iterator[tuple[int, dict[str, str]]]:
    """(number of its first line, cells by column). A quotation mark that opens nothing is part of its cell."""
    header = [column.strip().strip('"') for column in _text(file.readline(), 1).removeprefix("\ufeff").split(";")]
    if missing := [column for column in COLUMNS if column not in header]:
        raise ListError(f"This is another file: row 1 has no column {missing[0]}.")
    waiting, begun = "", 2
    for number, line in enumerate(file, 2):
        if not waiting and not line.strip():
            continue
        waiting, begun = waiting + _text(line, number), begun if waiting else number
        cells = _cells(waiting, len(header))
        if cells is not None:
            yield begun, dict(zip(header, cells, strict=True))
            waiting = ""
        elif number - begun > LONGEST:
            break
    if waiting:
        raise ListError(f"row {begun} is broken: it has not the {len(header)} columns of the first.")


def _text(line: bytes, number: int) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise ListError(f"row {number} is not in UTF-8: {error.reason} at byte {error.start}.") from error


def _cells(text: str, width: int) -> list[str] | None:
    """None while the row goes on in the next line."""
    try:
        cells = next(csv.reader([text], delimiter=";"))
    except csv.Error:  # a line that ends outside of quotation marks
        cells = []
    if len(cells) != width:
        cells = text.rstrip("\r\n").split(";")
    return cells if len(cells) == width else None
