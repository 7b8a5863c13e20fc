"""A question of a lesson as it travels with its page, so that a phone without a network can tell at once what is right and why.

What is recorded is decided by the server in the end (orientation/receive.py). The final check never comes this way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orientation.answers import Kind, NoAnswer, read_answer
from orientation.reading import FactBox


@dataclass(frozen=True, slots=True)
class Practice:
    """`right`: the right choices, or the lines of an order in their order, or a number; "" where nobody can say. `how`: what to do where no answer is given."""

    right: str
    within: str
    how: str


def practice(question: dict[str, Any], facts: Mapping[str, FactBox]) -> Practice:
    try:
        read_answer(question, [])
        how = ""
    except NoAnswer as why:
        how = str(why)
    return Practice(right_answer(question, facts), question["tolerance"], how)


def right_answer(question: dict[str, Any], facts: Mapping[str, FactBox]) -> str:
    if question["kind"] == Kind.NUMBER:
        box = facts.get(question["fact"])
        return question["number"] or (str(box.number) if box and box.number is not None else "")
    return " ".join(choice["uid"] for choice in question["choices"] if choice["is_right"] or question["kind"] == Kind.ORDER)
