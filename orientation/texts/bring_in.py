"""A file of an outside translator comes back: looked through row by row, then taken in whole or not at all."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from modeltranslation.utils import build_localized_fieldname

from orientation.models import Course
from orientation.texts.faults import bare_numbers, faults_of, lost_tokens
from orientation.texts.files import TextFile, Told
from orientation.texts.states import LANGUAGES, name_of, rows_of
from orientation.texts.units import Thing, Unit, things_of, units_of
from orientation.texts.write import SOURCE, wrote

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """About one text: `fault` keeps the file out; `note` does not."""

    key: str
    fault: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    lines: Sequence[Line] = ()
    changed: int = 0
    same: int = 0
    faults: Sequence[str] = ()  # of the file as a whole

    @property
    def is_taken(self) -> bool:
        return not self.faults and not any(line.fault for line in self.lines)


@transaction.atomic
def bring_in(course: Course, file: TextFile, *, by: "User", now: datetime) -> Report:
    """Texts that differ from what stands become drafts of `by`. What is empty in the file stays as it is. Any fault: nothing is taken in."""
    course = Course.objects.select_for_update().get(pk=course.pk)
    if faults := _faults_of_file(course, file):
        return Report(faults=faults)
    things = things_of(course)
    units = {unit.key: unit for thing in things for unit in units_of(thing)}
    rows = rows_of(things)
    lines: list[Line] = []
    changed: dict[Thing, list[tuple[Unit, Told]]] = {}
    same = 0
    for told in file.texts:
        unit = units.get(told.key)
        if unit is None:
            lines.append(Line(told.key, fault="The course has no such text any more. Take it out of the file."))
        elif not told.text.strip() or told.text == unit.text(file.language):
            same += 1
        else:
            row = rows.get((name_of(unit.thing), unit.thing.pk, file.language))
            newer = row is not None and (row.written_at > file.made_at or row.based_on_revision > told.revision)
            faults = [
                *(["Somebody has changed it since the file was made: export the file anew."] if newer else []),
                *_faults(unit, told, file),
            ]
            lines += [Line(told.key, fault=fault) for fault in faults]
            if told.revision < unit.thing.revision:
                lines.append(Line(told.key, note="The English has changed since the file was made: it comes in as outdated."))
            changed.setdefault(unit.thing, []).append((unit, told))
    report = Report(lines, sum(map(len, changed.values())), same)
    if report.is_taken:
        for thing, texts in changed.items():
            for unit, told in texts:
                type(unit.row)._default_manager.filter(pk=unit.row.pk).update(**{_column(unit, file.language): told.text})
            wrote(thing, [file.language], by=by, now=now, based_on=min(thing.revision, *(told.revision for _unit, told in texts)))
    return report


def _faults_of_file(course: Course, file: TextFile) -> list[str]:
    if file.course != course.slug:
        return [f"The file is of the course {file.course!r}, this one is {course.slug!r}."]
    if file.language not in LANGUAGES or file.language == SOURCE:
        return [f"The file's language {file.language!r} is none that a course is translated into."]
    times = Counter(told.key for told in file.texts)
    return [f"{key} stands in the file twice." for key, count in times.items() if count > 1]


def _faults(unit: Unit, told: Told, file: TextFile) -> list[str]:
    """Where the English has changed since, the file's own counts: it is what the translator saw."""
    english = unit.text(SOURCE) if told.revision == unit.thing.revision else told.english
    found = [*faults_of(told.text), *bare_numbers(told.text), *lost_tokens(english, told.text)]
    try:
        unit.row._meta.get_field(_column(unit, file.language)).clean(told.text, unit.row)
    except ValidationError as why:
        found += why.messages
    return found


def _column(unit: Unit, language: str) -> str:
    return str(build_localized_fieldname(unit.field, language))
