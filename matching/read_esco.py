"""Reads the official ESCO download (CSV, versions 1.0 to 1.2, a folder or a zip) and checks it whole. Writes nothing.

Five of its files are read: occupations, skills, skillGroups, broaderRelationsSkillPillar and occupationSkillRelations, each with or
without the language in its name (skills_en.csv). Columns are found by name, so their order and further ones play no part.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from matching.models.taxonomy import Importance

FILE_NAME = re.compile(
    r"(occupations|skills|skillGroups|broaderRelationsSkillPillar|occupationSkillRelations)(?:_([a-z]{2}))?\.csv", re.IGNORECASE
)
KINDS = ("occupations", "skills", "skillGroups", "broaderRelationsSkillPillar", "occupationSkillRelations")
LONGEST_NAME, LONGEST_LABEL = 200, 300
MOST_FAULTS = 20
REPORT_EVERY = 1000  # rows

Progress = Callable[[int, int], None]  # bytes read, bytes in all


class EscoError(Exception):
    """`faults`: file, row, column and what is wrong, at most 20. A row is counted as in a spreadsheet, where the header is row 1."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Concept:
    name: str
    belongs_to: str  # an occupation: four digits of ISCO-08; a skill: the id of its group
    other_names: tuple[str, ...]


@dataclass(slots=True)
class Esco:
    """By id, the last part of ESCO's address. A skill that ESCO puts into no group is a group of its own: nothing stands in for it."""

    language: str
    occupations: dict[str, Concept] = field(default_factory=dict)
    skills: dict[str, Concept] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    needs: dict[tuple[str, str], Importance] = field(default_factory=dict)  # (occupation, skill), as ESCO lists them


@dataclass(frozen=True, slots=True)
class File:
    name: str
    size: int
    open: Callable[[], Any]  # a stream of bytes


def read_esco(path: Path, language: str = "", progress: Progress = lambda done, total: None) -> Esco:
    """`language` (ISO 639-1) is needed where file names do not tell it, or tell several. Raises EscoError, OSError."""
    with _files(path) as files:
        language, chosen = _choose(files, language)
        return _Reader(chosen, progress).read(language)


@contextmanager
def _files(path: Path) -> Iterator[list[File]]:
    if path.is_dir():
        yield [File(found.name, found.stat().st_size, partial(found.open, "rb")) for found in sorted(path.rglob("*.csv"))]
        return
    try:
        with ZipFile(path) as archive:
            yield [File(Path(entry.filename).name, entry.file_size, partial(archive.open, entry)) for entry in archive.infolist()]
    except BadZipFile as error:
        raise EscoError(f"{path.name} is neither a folder nor a whole zip file ({error}).") from None


def _choose(files: list[File], language: str) -> tuple[str, dict[str, File]]:
    """The five files of one language."""
    known = {kind.lower(): kind for kind in KINDS}
    found: dict[tuple[str, str], File] = {}
    for file in files:
        if match := FILE_NAME.fullmatch(file.name):
            key = known[match[1].lower()], (match[2] or "").lower()
            if key in found:
                raise EscoError(f"{file.name} is there twice.")
            found[key] = file
    told = sorted({of for _kind, of in found if of})
    if not language and len(told) != 1:
        raise EscoError(f"Say which language: the names of the files tell {', '.join(told) or 'none'}.")
    language = language or told[0]
    chosen = {kind: found.get((kind, language)) or found.get((kind, "")) for kind in KINDS}
    if missing := [kind for kind, file in chosen.items() if file is None]:
        raise EscoError(*(f"{kind}_{language}.csv is missing." for kind in missing))
    return language, {kind: file for kind, file in chosen.items() if file is not None}


class _Reader:
    def __init__(self, files: dict[str, File], progress: Progress) -> None:
        self.files, self.progress = files, progress
        self.faults: list[str] = []
        self.read_before, self.total = 0, sum(file.size for file in files.values())

    def read(self, language: str) -> Esco:
        esco = Esco(language)
        self.read_groups(esco)
        parents = self.read_parents()
        self.read_occupations(esco)
        self.read_skills(esco, parents)
        self.read_needs(esco)
        if self.faults:
            raise EscoError(*self.faults)
        return esco

    def read_groups(self, esco: Esco) -> None:
        for row, (uri, name) in self.rows("skillGroups", "conceptUri", "preferredLabel"):
            esco.groups[_last(uri)] = self.name("skillGroups", row, name)

    def read_parents(self) -> dict[str, list[str]]:
        """Of each skill and group what stands above it, in ESCO's order."""
        parents: dict[str, list[str]] = {}
        for _row, (uri, broader) in self.rows("broaderRelationsSkillPillar", "conceptUri", "broaderUri"):
            parents.setdefault(_last(uri), []).append(_last(broader))
        return parents

    def read_occupations(self, esco: Esco) -> None:
        columns = ("conceptUri", "iscoGroup", "preferredLabel", "altLabels", "hiddenLabels")
        for row, (uri, isco, name, *others) in self.rows("occupations", *columns):
            if not re.fullmatch("[0-9]{4}", isco):
                self.fault("occupations", row, "iscoGroup", f"“{isco}” is not four digits.")
            if pk := self.id("occupations", row, uri):
                esco.occupations[pk] = self.concept("occupations", row, name, isco, others)

    def read_skills(self, esco: Esco, parents: dict[str, list[str]]) -> None:
        for row, (uri, name, *others) in self.rows("skills", "conceptUri", "preferredLabel", "altLabels", "hiddenLabels"):
            if pk := self.id("skills", row, uri):
                esco.skills[pk] = self.concept("skills", row, name, _group_of(pk, parents, esco.groups), others)
        esco.groups |= {pk: skill.name for pk, skill in esco.skills.items() if skill.belongs_to == pk}

    def read_needs(self, esco: Esco) -> None:
        kind, places = "occupationSkillRelations", ("occupationUri", "skillUri")
        for row, (occupation_uri, skill_uri, relation) in self.rows(kind, *places, "relationType"):
            occupation, skill = _last(occupation_uri), _last(skill_uri)
            if occupation not in esco.occupations:
                self.fault(kind, row, "occupationUri", f"{occupation_uri} is no occupation of these files.")
            elif skill not in esco.skills:
                self.fault(kind, row, "skillUri", f"{skill_uri} is no skill of these files.")
            elif relation not in Importance.values:
                self.fault(kind, row, "relationType", f"“{relation}” is neither essential nor optional.")
            else:
                esco.needs[occupation, skill] = Importance(relation)

    def rows(self, kind: str, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(number of the row, its cells in `columns`), for at least two columns."""
        file, row = self.files[kind], 1
        with file.open() as raw:
            reader = csv.reader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""), strict=True)
            try:
                header = [name.strip() for name in next(reader, [])]
                if missing := [name for name in columns if name not in header]:
                    self.fault(kind, row, ", ".join(missing), "not in the header.")
                    return
                pick = itemgetter(*map(header.index, columns))
                for row, cells in enumerate(reader, 2):
                    if len(cells) == len(header):
                        yield row, pick(cells)
                    elif cells:  # an empty line says nothing
                        self.fault(kind, row, "", f"{len(cells)} cells, the header has {len(header)}.")
                    if row % REPORT_EVERY == 0:
                        self.progress(self.read_before + raw.tell(), self.total)
            except (csv.Error, UnicodeDecodeError, BadZipFile) as error:
                self.fault(kind, row + 1, "", f"cannot be read as CSV in UTF-8 ({error}).")
        self.read_before += file.size
        self.progress(self.read_before, self.total)

    def concept(self, kind: str, row: int, name: str, belongs_to: str, others: list[str]) -> Concept:
        name, labels = self.name(kind, row, name), dict[str, None]()  # an ordered set
        for column, cell in zip(("altLabels", "hiddenLabels"), others, strict=True):
            for label in filter(None, map(str.strip, cell.splitlines())):
                self.check(kind, row, column, label, LONGEST_LABEL)
                labels[label] = None
        labels.pop(name, None)
        return Concept(name, belongs_to, tuple(labels))

    def name(self, kind: str, row: int, name: str) -> str:
        self.check(kind, row, "preferredLabel", name.strip(), LONGEST_NAME)
        return name.strip()

    def check(self, kind: str, row: int, column: str, text: str, longest: int) -> None:
        if not text:
            self.fault(kind, row, column, "is empty.")
        elif len(text) > longest or "\x00" in text:
            self.fault(kind, row, column, f"“{text[:40]}…” is longer than {longest} letters or holds a zero byte.")

    def id(self, kind: str, row: int, uri: str) -> str:
        """Empty where there is none."""
        try:
            return str(UUID(_last(uri)))
        except ValueError:
            self.fault(kind, row, "conceptUri", f"“{uri}” does not end in a UUID.")
            return ""

    def fault(self, kind: str, row: int, column: str, words: str) -> None:
        place = f"{self.files[kind].name}, row {row}, {column}" if column else f"{self.files[kind].name}, row {row}"
        self.faults.append(f"{place}: {words}")
        if len(self.faults) >= MOST_FAULTS:
            raise EscoError(*self.faults)


def _last(uri: str) -> str:
    return uri.strip().rpartition("/")[2]


def _group_of(skill: str, parents: dict[str, list[str]], groups: dict[str, str]) -> str:
    """The nearest group above a skill, of several the first that ESCO lists; its own id where there is none."""
    seen, above = {skill}, [skill]
    while above:
        above = [parent for each in above for parent in parents.get(each, []) if parent not in seen]
        if found := next((parent for parent in above if parent in groups), None):
            return found
        seen.update(above)
    return skill
