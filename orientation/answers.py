"""What an answer is for each kind of question, whether it is right, and what its learner is told.

QUESTION is that of orientation/freeze.py, read through `EditionPage.questions`. An answer is a list of texts: the uid of one choice or of several, all uids in their order, or a number.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from random import Random
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from orientation.models import Fact, Question
from portal.money.formats import format_number
from portal.money.parse import AmountProblem, read_amount

Kind = Question.Kind
Json = dict[str, Any]
Answer = list[str]

CHECK_LENGTH = 20


class NoAnswer(ValueError):
    """What was sent answers no question of this kind; the message says to a learner what to do."""


def read_answer(question: Json, told: Sequence[str]) -> Answer:
    """`told` as the question's answer; raises `NoAnswer`."""
    told = list(told)
    uids = [choice["uid"] for choice in question["choices"]]
    match question["kind"]:
        case Kind.NUMBER:
            try:
                return [str(read_amount(told[0] if told else ""))]
            except AmountProblem as why:
                raise NoAnswer(_("Write a number in digits, for example %(example)s.") % {"example": format_number(12)}) from why
        case Kind.ORDER:
            if sorted(told) != sorted(uids):
                raise NoAnswer(_("Give each line a place of its own, from 1 to %(last)s.") % {"last": len(uids)})
            return told
        case Kind.MULTIPLE:
            if not told or not set(told) <= set(uids):
                raise NoAnswer(_("Tick at least one of the answers."))
            return [uid for uid in uids if uid in told]
        case _:
            if len(told) != 1 or told[0] not in uids:
                raise NoAnswer(_("Choose one of the answers."))
            return told


def from_form(question: Json, name: str, post: "MultiValueDict[str, str]") -> list[str]:
    """What a form of ours says under `name`. For an order: the uids by their places, where these are 1, 2, 3, each once."""
    if question["kind"] != Kind.ORDER:
        return post.getlist(name)
    places = typed_places(question, name, post)
    return sorted(places, key=lambda uid: int(places[uid])) if _is_order(places) else []


def typed_places(question: Json, name: str, post: "MultiValueDict[str, str]") -> dict[str, str]:
    """The place chosen for each line of an order, or ""."""
    return {choice["uid"]: post.get(f"{name}-{choice['uid']}") or "" for choice in question["choices"]}


def _is_order(places: Mapping[str, str]) -> bool:
    return sorted(places.values()) == sorted(str(place) for place in range(1, len(places) + 1))


def numbers_of(questions: Iterable[Json]) -> dict[str, Decimal]:
    """The numbers of the facts that are right answers, as they are today: one query where there are any."""
    codes = {question["fact"] for question in questions if question["fact"]}
    if not codes:
        return {}
    today = localdate()
    found = {fact.code: fact.number_on(today) for fact in Fact.objects.filter(code__in=codes, number__isnull=False)}
    return {code: number for code, number in found.items() if number is not None}


def right_number(question: Json, numbers: Mapping[str, Decimal]) -> str:
    """As its fact says it today, where it is a fact's; "" where nobody can say, or no number is asked."""
    return str(numbers.get(question["fact"], "")) if question["fact"] else str(question["number"])


def is_right(question: Json, answer: Answer, numbers: Mapping[str, Decimal]) -> bool:
    """`numbers` is of `numbers_of()`. Where the fact is gone nobody can say what is wrong, so no answer is."""
    match question["kind"]:
        case Kind.NUMBER:
            try:
                number = numbers[question["fact"]] if question["fact"] else Decimal(question["number"])
            except (KeyError, InvalidOperation):
                return True
            return abs(Decimal(answer[0]) - number) <= Decimal(question["tolerance"])
        case Kind.ORDER:
            return answer == [choice["uid"] for choice in question["choices"]]
        case _:
            return set(answer) == {choice["uid"] for choice in question["choices"] if choice["is_right"]}


def in_shown_order(question: Json) -> list[Json]:
    """The choices as a page lists them: the lines of an order are mixed, the same for everybody, and never right already."""
    choices = list(question["choices"])
    if question["kind"] == Kind.ORDER:
        Random(question["uid"]).shuffle(choices)
        if choices == question["choices"]:
            choices = [*choices[1:], choices[0]]
    return choices


@dataclass(frozen=True, slots=True)
class Line:
    """A choice as it is shown. `state`: right, wrong, or "" for what was not chosen or is not marked; `place` as chosen, of an order."""

    uid: str
    text: str
    is_chosen: bool = False
    state: str = ""
    place: str = ""


def asked_lines(question: Json, name: str, post: "MultiValueDict[str, str]") -> list[Line]:
    """To be answered, with what a form of ours told under `name` already kept."""
    told, places = post.getlist(name), typed_places(question, name, post)
    return [
        Line(choice["uid"], choice["text"], is_chosen=choice["uid"] in told, place=places[choice["uid"]])
        for choice in in_shown_order(question)
    ]


def marked_lines(question: Json, answer: Answer) -> list[Line]:
    """Answered: what was chosen is marked. What was not chosen is not, so that trying again is worth it."""
    if question["kind"] == Kind.ORDER:
        right, choices = [choice["uid"] for choice in question["choices"]], {choice["uid"]: choice for choice in question["choices"]}
        return [
            Line(uid, choices[uid]["text"], True, "right" if uid == right[place] else "wrong", str(place + 1))
            for place, uid in enumerate(answer)
            if uid in choices
        ]
    states = {True: "right", False: "wrong"}
    return [
        Line(choice["uid"], choice["text"], True, states[choice["is_right"]])
        if choice["uid"] in answer
        else Line(choice["uid"], choice["text"])
        for choice in question["choices"]
    ]


def reasons(question: Json, answer: Answer, *, right: bool) -> list[str]:
    """Why: of each choice that was chosen, then of the question as a whole."""
    told = [choice["feedback"] for choice in question["choices"] if choice["uid"] in answer and choice["feedback"]]
    if question["kind"] == Kind.MULTIPLE and not right:
        told.append(_("Something is missing, or one is too many."))
    return [*told, *([question["why"]] if question["why"] else [])]


def drawn(questions: Sequence[Json], seed: str, core: Collection[str] = ()) -> list[Json]:
    """At most `CHECK_LENGTH` questions of a bank, in its order: one of each lesson, those of `core` before others, then any.

    The same seed draws the same.
    """
    if len(questions) <= CHECK_LENGTH:
        return list(questions)
    chance = Random(seed)
    mixed = sorted(range(len(questions)), key=lambda place: chance.random())
    first: dict[str, int] = {}
    for place in mixed:
        first.setdefault(questions[place]["lesson"], place)
    by_lesson = sorted(first, key=lambda lesson: lesson not in core)
    chosen = [*(first[lesson] for lesson in by_lesson), *(place for place in mixed if place not in first.values())]
    return [questions[place] for place in sorted(chosen[:CHECK_LENGTH])]
