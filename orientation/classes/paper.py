"""The final check on paper: a sheet a learner, whose number draws the questions, and what the trainer reads off it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from django.contrib.staticfiles import finders
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from orientation.answers import from_form, in_shown_order
from orientation.certify import write_name
from orientation.classes.progress import certificates_of
from orientation.classes.seats import check_goes_on, has_come, learner_in, own_locked
from orientation.classes.sentences import NOT_YET, NotPossible
from orientation.classes.show import page_for, when_of
from orientation.markup import plain
from orientation.models import Certificate, ClassLearner, ClassSession, EditionPage, LearningEvent, Question
from orientation.reading import filled, read_facts
from orientation.record import check_questions, record_check
from portal.accounts.models import User
from portal.pdf import typeset

TEMPLATE = Path(__file__).parent / "sheets.typ"
MOST_SPARE = 30
Json = dict[str, Any]


def sheet_questions(session: ClassSession, page: EditionPage, number: int) -> list[Json]:
    """As printed for this number: texts are still to be filled; each choice has its letter."""
    questions = check_questions(page, session.corridor, number)
    return [
        question
        | {"lettered": [choice | {"letter": letter} for letter, choice in zip(ascii_uppercase, in_shown_order(question), strict=False)]}
        for question in questions
    ]


def print_sheets(session: ClassSession, seats: Sequence[ClassLearner], spare: int) -> bytes:
    """The listed learners', then as many with the next numbers for whoever comes without a place. Never with the key."""
    page = page_for(session, EditionPage.CHECK)
    last = max((seat.number for seat in session.learners.all()), default=0)
    people = [(seat.number, seat.name) for seat in seats] + [(last + place, "") for place in range(1, spare + 1)]
    with override(session.language):
        facts = read_facts(page.content["fact_codes"], localdate())
        sheets = [
            {"number": number, "name": name, "questions": [_printed(each, facts) for each in sheet_questions(session, page, number)]}
            for number, name in people
        ]
        told = {
            "sheets": sheets,
            "language": page.language,
            "course": page.content["outline"]["title"],
            "about": f"{when_of(session)} · {session.place}",
            "pictures": _pictures(sheets),
            "words": {
                "title": _("Final check"),
                "number": _("Number"),
                "name": _("Name"),
                "how": _("Put a cross into the box of the right answer. Wrong cross? Circle it and put another one."),
            },
            "kinds": {
                Question.Kind.MULTIPLE: _("Tick all that are right."),
                Question.Kind.ORDER: _("Put them in order: write 1, 2, 3 into the boxes."),
                Question.Kind.NUMBER: _("Your number"),
            },
        }
    return typeset(TEMPLATE, {"told": told})


def _printed(question: Json, facts: Json) -> Json:
    """The letters alone: a bold number among the answers would give the right one away."""
    lines = [{"letter": line["letter"], "text": plain(filled(line["text"], facts))} for line in question["lettered"]]
    return {"kind": question["kind"], "text": plain(filled(question["text"], facts)), "lines": lines, "picture": question["picture"]}


def _pictures(sheets: Sequence[Json]) -> dict[str, str]:
    names = {question["picture"] for sheet in sheets for question in sheet["questions"] if question["picture"]}
    paths = {name: finders.find(f"pictures/{name}.svg") for name in names}
    return {name: Path(path).read_text() for name, path in paths.items() if path}


@transaction.atomic
def enter_sheet(
    session: ClassSession, number: int, post: "MultiValueDict[str, str]", attempt: int, by: User, now: datetime
) -> LearningEvent:
    """What the trainer has read off a sheet. The same attempt twice is once; a correction is another attempt, until the class is closed.

    Raises `NotPossible`, and `Unanswered` where something is no answer. What was left blank is wrong.
    """
    session = own_locked(session, by, now)
    check_goes_on(session)
    if not has_come(session, now):
        raise NotPossible(NOT_YET)
    seat = session.learners.select_related("user").get(number=number)
    page = page_for(session, EditionPage.CHECK)
    asked = check_questions(page, session.corridor, number)
    blank = {question["uid"] for question in asked if not _is_touched(question, post)}
    told = {question["uid"]: from_form(question, question["uid"], post) for question in asked}
    event = record_check(learner_in(seat), page, told, attempt=attempt, corridor=session.corridor, now=now, draw=number, left_out=blank)
    if event.is_right:
        name_certificates(session, [seat])
    return event


def _is_touched(question: Json, post: "MultiValueDict[str, str]") -> bool:
    names = [question["uid"], *(f"{question['uid']}-{choice['uid']}" for choice in question["choices"])]
    return any(value.strip() for name in names for value in post.getlist(name))


def name_certificates(session: ClassSession, seats: Sequence[ClassLearner]) -> list[Certificate]:
    """Those of the seats, with the names that stand on the list; a name that somebody has written themself stays."""
    names = {seat.pk: seat.name for seat in seats}
    found = certificates_of(session, seats)
    for seat, certificate in found.items():
        if names[seat] and not certificate.holder_name and write_name(Certificate.objects.all(), certificate.uid, names[seat]):
            certificate.holder_name = names[seat]
    return [found[seat.pk] for seat in seats if seat.pk in found]
