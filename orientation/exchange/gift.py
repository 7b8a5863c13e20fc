"""A course's practice questions in GIFT, which Moodle and others read: docs.moodle.org/en/GIFT_format."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from orientation.exchange.read import Whole
from orientation.models import Question

Kind = Question.Kind
Json = dict[str, Any]
_SPECIAL = re.compile(r"([\\~=#{}:])")


def escape(text: str) -> str:
    r"""On one line, and `\` before what GIFT reads as a sign of its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()).replace("->", "→"))


def gift(whole: Whole) -> str:
    """A blank line stands between two questions and nowhere else. A question whose right number nobody knows today is left out."""
    parts = [f"// {' '.join(whole.page.title.split())}\n$CATEGORY: {whole.page.edition.course.slug}"]
    for view in whole.lessons:
        for number, question in enumerate(view.questions, 1):
            if body := _answers(question, whole.right_number(question)):
                roads = f" ({', '.join(question['corridors'])})" if question["corridors"] else ""
                name = escape(f"{view.page.title} {number}{roads}")
                parts.append(f"::{name}::[html]{escape(question['text'])} {body}")
    return "\n\n".join(parts) + "\n"


def _answers(question: Json, number: str) -> str:
    choices, why = question["choices"], f"####{escape(question['why'])}" if question["why"] else ""
    match question["kind"]:
        case Kind.NUMBER:
            try:
                right, within = (_plain(Decimal(text)) for text in (number, question["tolerance"]))
            except InvalidOperation:
                return ""
            return f"{{#{right}:{within}{why}}}"
        case Kind.ORDER:
            return _block([f"={escape(choice['text'])} -> {place}" for place, choice in enumerate(choices, 1)], why)
        case Kind.TRUE_FALSE:
            told = {choice["is_right"]: escape(choice["feedback"]) for choice in choices}
            return f"{{{'TRUE' if choices[0]['is_right'] else 'FALSE'}#{told[False]}#{told[True]}{why}}}"
        case Kind.MULTIPLE:
            right = sum(choice["is_right"] for choice in choices)
            weights = {True: 100 / right, False: -100 / max(1, len(choices) - right)}
            return _block([f"~%{_weight(weights[choice['is_right']])}%{_told(choice)}" for choice in choices], why)
        case _:
            return _block([f"{'=' if choice['is_right'] else '~'}{_told(choice)}" for choice in choices], why)


def _told(choice: Json) -> str:
    return escape(choice["text"]) + (f" #{escape(choice['feedback'])}" if choice["feedback"] else "")


def _block(lines: list[str], why: str) -> str:
    return "\n".join(["{", *lines, *([why] if why else []), "}"])


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _weight(percent: float) -> str:
    """Moodle knows a third as 33.33333 and refuses 33.3."""
    return f"{percent:.5f}".rstrip("0").rstrip(".")
