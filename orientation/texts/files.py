"""A course's texts as a file for outside translators, PO or XLIFF 1.2, and such a file read again.

The key of each text carries the revision of the object that it says: "lesson/papers/intro@3".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import polib

from orientation.models import Course
from orientation.texts.units import things_of, units_of
from orientation.texts.write import SOURCE

FORMATS = {"po": "text/x-gettext-translation", "xlf": "application/x-xliff+xml"}
LARGEST = 2_000_000  # bytes
XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
NOTE = (
    "Keep {{fact:…}} and {{eg:…}} as they are: a number is put in their place. **Bold** stays bold. Lines that begin with “- ” are a list."
)
ET.register_namespace("", XLIFF)


class UnreadableFile(Exception):
    """The message says to an editor what is wrong with the file."""


@dataclass(frozen=True, slots=True)
class Told:
    """One text of a file. `key` is without the revision."""

    key: str
    revision: int
    english: str
    text: str


@dataclass(frozen=True, slots=True)
class TextFile:
    course: str
    language: str
    made_at: datetime
    texts: Sequence[Told]


def made_of(course: Course, language: str, now: datetime) -> TextFile:
    """Every text that the English has, with what stands in `language` today."""
    texts = [
        Told(unit.key, thing.revision, unit.text(SOURCE), unit.text(language))
        for thing in things_of(course)
        for unit in units_of(thing)
        if unit.text(SOURCE).strip()
    ]
    return TextFile(course.slug, language, now, texts)


def write(file: TextFile, form: str) -> bytes:
    return {"po": _write_po, "xlf": _write_xliff}[form](file)


def read(data: bytes) -> TextFile:
    """Raises `UnreadableFile`."""
    if len(data) > LARGEST:
        raise UnreadableFile("The file is larger than any course. Send the file that you downloaded here.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        raise UnreadableFile("The file is not in UTF-8. Save it as UTF-8 and send it again.") from why
    return _read_xliff(text) if text.lstrip().startswith("<") else _read_po(text)


def _write_po(file: TextFile) -> bytes:
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Project-Id-Version": f"safar {file.course}",
        "POT-Creation-Date": file.made_at.isoformat(),
        "Language": file.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for told in file.texts:
        po.append(polib.POEntry(msgctxt=f"{told.key}@{told.revision}", msgid=told.english, msgstr=told.text, comment=NOTE))
    return str(po).encode()


def _read_po(text: str) -> TextFile:
    if "\nmsgid" not in text:  # polib would take one line for a file's name
        raise UnreadableFile("This is no PO file. Send the file that you downloaded here.")
    try:
        po = polib.pofile(text, check_for_duplicates=True)
    except (OSError, ValueError) as why:
        raise UnreadableFile(f"This is no PO file: {why}") from why
    course = po.metadata.get("Project-Id-Version", "").removeprefix("safar ")
    texts = [_told(entry.msgctxt or "", entry.msgid, "" if entry.fuzzy else entry.msgstr) for entry in po if not entry.obsolete]
    return TextFile(course, po.metadata.get("Language", ""), _moment(po.metadata.get("POT-Creation-Date", "")), texts)


def _write_xliff(file: TextFile) -> bytes:
    root = ET.Element(f"{{{XLIFF}}}xliff", version="1.2")
    attributes = {"original": f"safar {file.course}", "datatype": "plaintext", "date": file.made_at.isoformat()}
    part = ET.SubElement(root, f"{{{XLIFF}}}file", attributes | {"source-language": SOURCE, "target-language": file.language})
    body = ET.SubElement(part, f"{{{XLIFF}}}body")
    for told in file.texts:
        unit = ET.SubElement(body, f"{{{XLIFF}}}trans-unit", {"id": f"{told.key}@{told.revision}", "xml:space": "preserve"})
        ET.SubElement(unit, f"{{{XLIFF}}}source").text = told.english
        ET.SubElement(unit, f"{{{XLIFF}}}target").text = told.text
        ET.SubElement(unit, f"{{{XLIFF}}}note").text = NOTE
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _read_xliff(text: str) -> TextFile:
    if "<!DOCTYPE" in text:  # it could name entities that grow, or files of ours
        raise UnreadableFile("The file holds a document type. Send the file that you downloaded here.")
    try:
        root = ET.fromstring(text.encode())
    except (ET.ParseError, ValueError, LookupError) as why:  # the last: it says an encoding that nobody knows
        raise UnreadableFile(f"This is no XLIFF file: {why}") from why
    part = root.find(f"{{{XLIFF}}}file")
    if part is None:
        raise UnreadableFile("This is no XLIFF 1.2 file.")
    texts = [
        _told(unit.get("id", ""), _words(unit.find(f"{{{XLIFF}}}source")), _words(unit.find(f"{{{XLIFF}}}target")))
        for unit in part.iter(f"{{{XLIFF}}}trans-unit")
    ]
    course = part.get("original", "").removeprefix("safar ")
    return TextFile(course, part.get("target-language", ""), _moment(part.get("date", "")), texts)


def _words(element: "ET.Element | None") -> str:
    return "" if element is None else "".join(element.itertext())


def _told(name: str, english: str, text: str) -> Told:
    key, _at, revision = name.rpartition("@")
    if not key or not revision.isdecimal() or len(revision) > 9:
        raise UnreadableFile(f"The text {name[:80]!r} has lost its key. Send the file that you downloaded here.")
    return Told(key, int(revision), english, text.replace("\0", ""))


def _moment(told: str) -> datetime:
    try:
        moment = datetime.fromisoformat(told)
    except ValueError as why:
        raise UnreadableFile("The file does not say when it was made. Send the file that you downloaded here.") from why
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
