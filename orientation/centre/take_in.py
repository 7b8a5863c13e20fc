"""Taking in the file of a class without internet: once, all of it or nothing."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from orientation.answers import CHECK_LENGTH, NoAnswer, numbers_of, read_answer
from orientation.centre.file import KINDS, MOST_BYTES, VERSION, Json, by_uid, fingerprint, is_code, moment, signature, source_pages
from orientation.centre.seats import NotKnown, take_seat, take_session
from orientation.models import CentreImport, Certificate, CourseEdition, EditionPage, LearningEvent
from orientation.paths import for_corridor
from orientation.record import mark_answer, mark_check
from portal.accounts.models import User
from portal.places.corridors import Corridor

MOST_FAULTS = 20
WRITTEN = ("session", "seat", "certificate")  # one by one, so that a fault of one is told beside the others'
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, ValidationError, DatabaseError)


class NotTaken(Exception):
    """Nothing was taken in. `faults` says why, by line."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Fault(ValueError):
    """Of one line."""


@dataclass(slots=True)
class TakingIn:
    """What the lines of one file have named so far. `passed`: device and edition of each final check that was passed."""

    now: datetime
    editions: dict[str, tuple[CourseEdition, dict[str, EditionPage]]] = field(default_factory=dict)
    numbers: dict[str, Decimal] = field(default_factory=dict)
    sessions: dict[str, Any] = field(default_factory=dict)
    events: list[LearningEvent] = field(default_factory=list)
    passed: set[tuple[UUID, int]] = field(default_factory=set)

    def edition(self, row: Json) -> tuple[CourseEdition, dict[str, EditionPage]]:
        try:
            return self.editions[row["edition"]]
        except KeyError:
            raise Fault("The file does not name this edition before.") from None


@transaction.atomic
def take_in(content: bytes, *, by: User | None, now: datetime) -> CentreImport:
    """Raises `NotTaken`. What was taken in before, from whichever file, counts once."""
    rows = _read(content)
    head = rows[0]
    export, centre = UUID(head["export"]), head["centre"][:200]
    if before := CentreImport.objects.filter(export=export).first():
        raise NotTaken(f"This file was taken in on {before.imported_at:%d.%m.%Y}. Nothing is left to do.")
    taking, faults = TakingIn(now), []
    for place, row in enumerate(rows[1:-1], 2):
        try:
            with transaction.atomic() if row["kind"] in WRITTEN else nullcontext():
                TAKE[row["kind"]](taking, row)
        except Fault as fault:
            faults.append(f"Line {place}: {fault}")
        except UNREADABLE:
            faults.append(f"Line {place}: This is not as a centre writes it.")
        if len(faults) == MOST_FAULTS:
            break
    if faults:
        raise NotTaken(*faults)
    uids = [event.uid for event in taking.events]
    known = set(LearningEvent.objects.filter(uid__in=uids).values_list("uid", flat=True))
    LearningEvent.objects.bulk_create(taking.events, ignore_conflicts=True, batch_size=1000)
    count = len(set(uids) - known)
    # Two operators with one file: the second waits here for the first, and its export is no longer new.
    kept, is_new = CentreImport.objects.get_or_create(
        export=export,
        defaults={
            "centre": centre,
            "sha256": hashlib.sha256(content).hexdigest(),
            "events": count,
            "imported_by": by,
            "imported_at": now,
        },
    )
    if not is_new:
        raise NotTaken("Somebody else has just taken this file in. Nothing is left to do.")
    return kept


def _read(content: bytes) -> list[Json]:
    """The lines of a file that is whole and of a centre of ours."""
    if len(content) > MOST_BYTES:
        raise NotTaken(f"The file is larger than {MOST_BYTES // 2**20} MB. Export more often: what was taken in before counts once.")
    lines, _newline, last = content.rstrip(b"\n").rpartition(b"\n")
    try:
        rows = [json.loads(each) for each in lines.split(b"\n")]
        end = json.loads(last)
        head = rows[0]
        if head["safar"] != "learning" or end["kind"] != "end" or not UUID(head["export"]):
            raise ValueError
        if not head["centre"] or not head["centre"].isprintable():
            raise ValueError
        if any(row["kind"] not in KINDS for row in rows[1:]):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotTaken("This is no file of a centre, or a part of it is missing. Export it again.") from None
    if head["version"] != VERSION:
        raise NotTaken(f"The file is of version {head['version']}, and this portal reads {VERSION}. Bring both to the same release.")
    if not settings.CENTRE_KEY:
        raise NotTaken("CENTRE_KEY is not set on this portal, so nobody can tell who made the file. Set it to the centre's.")
    if not hmac.compare_digest(signature(lines + b"\n"), str(end["signature"]).encode("ascii", "replace").decode()):
        raise NotTaken("The signature is wrong: the file was changed after the export, or CENTRE_KEY is another one there.")
    counts: dict[str, int] = {}
    for row in rows[1:]:
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
    if counts != head["counts"]:
        raise NotTaken("The file has fewer or more lines than it says. Export it again.")
    return [*rows, end]


def _edition(taking: TakingIn, row: Json) -> None:
    editions = list(CourseEdition.objects.filter(course__slug=row["course"]).select_related("course"))
    pages = {edition: source_pages(edition) for edition in editions}
    same = [edition for edition in editions if str(edition.uid) == row["uid"] or fingerprint(pages[edition]) == row["print"]]
    if not same:
        raise Fault(f"Course {row['course']}, edition {row['number']}: no edition here asks the same. Publish it here first.")
    best = min(same, key=lambda edition: (str(edition.uid) != row["uid"], edition.number != row["number"]))
    taking.editions[row["uid"]] = best, pages[best]
    taking.numbers |= numbers_of(question for page in pages[best].values() for question in page.questions)


def _event(taking: TakingIn, row: Json) -> None:
    edition, pages = taking.edition(row)
    happened_at = moment(row["happened_at"])
    event = LearningEvent(
        uid=UUID(row["uid"]),
        kind=LearningEvent.Kind(row["did"]),
        device=UUID(row["device"]),
        edition=edition,
        attempt=min(max(int(row["attempt"]), 1), 999),
        corridor=Corridor(row["corridor"]) if row["corridor"] else "",
        is_right=False,
        happened_at=happened_at if edition.published_at <= happened_at <= taking.now else taking.now,
        received_at=taking.now,
    )
    if event.happened_at != happened_at:
        event.phone_at = happened_at
    if event.kind != LearningEvent.Kind.MOVED:
        for name, value in _marks(event, pages, taking.numbers, row).items():
            setattr(event, name, value)
    if event.kind == LearningEvent.Kind.CHECKED and event.is_right:
        taking.passed.add((event.device, edition.pk))  # type: ignore[arg-type]
    taking.events.append(event)


def _marks(event: LearningEvent, pages: dict[str, EditionPage], numbers: Mapping[str, Decimal], row: Json) -> Json:
    """What is right is decided here, never by the file."""
    page = pages.get(row["lesson"])
    if page is None or (row["lesson"] == EditionPage.CHECK) != (event.kind == LearningEvent.Kind.CHECKED):
        raise Fault("This edition has no such lesson.")
    asked = [(page.questions[place], places) for place, places in row["answers"] if place >= 0]
    try:
        answers = {question["uid"]: read_answer(question, by_uid(question, places)) if places else [] for question, places in asked}
    except (NoAnswer, IndexError, TypeError):
        raise Fault("This is no answer to a question of this kind.") from None
    questions = [question for question, _places in asked]
    if event.kind != LearningEvent.Kind.CHECKED:
        (question,), (answer,) = questions, answers.values()
        return mark_answer(question, answer, numbers)
    if len(answers) != min(CHECK_LENGTH, len(for_corridor(page.questions, event.corridor))):
        raise Fault("A final check asks more or fewer questions.")
    return mark_check(event.edition, questions, answers, numbers)


def _certificate(taking: TakingIn, row: Json) -> None:
    """With the code that stands on the paper already."""
    edition, _pages = taking.edition(row)
    device = UUID(row["device"])
    if (device, edition.pk) not in taking.passed:
        raise Fault("A certificate without a final check that was passed.")
    if Certificate.objects.filter(device=device, edition=edition).exists():
        return
    if Certificate.objects.filter(code=row["code"]).exists() or not is_code(row["code"]):
        raise Fault(f"The code {row['code'][:12]} is somebody else's.")
    Certificate.objects.create(
        code=row["code"],
        device=device,
        edition=edition,
        corridor=Corridor(row["corridor"]) if row["corridor"] else "",
        holder_name=row["name"][:100],
        shows_name=row["shows_name"] is True,
        issued_at=min(moment(row["issued_at"]), taking.now),
    )


def _session(taking: TakingIn, row: Json) -> None:
    edition, _pages = taking.edition(row)
    try:
        taking.sessions[row["uid"]] = take_session(row, edition)
    except NotKnown as why:
        raise Fault(str(why)) from why


def _seat(taking: TakingIn, row: Json) -> None:
    if row["session"] not in taking.sessions:
        raise Fault("The file does not name this class before.")
    try:
        take_seat(row, taking.sessions[row["session"]])
    except NotKnown as why:
        raise Fault(str(why)) from why


TAKE: dict[str, Callable[[TakingIn, Json], None]] = {
    "edition": _edition,
    "session": _session,
    "seat": _seat,
    "event": _event,
    "certificate": _certificate,
}
