"""Words of our own addresses: a course or a lesson called so would never be found."""

from collections.abc import Sequence
from typing import Any


def course_words() -> set[str]:
    """The first parts of addresses under /learn/ that are not a course's."""
    return {first for first, _second in _parts() if not first.startswith("<")}


def lesson_words() -> set[str]:
    """What follows a course in an address and is no lesson."""
    return {second for first, second in _parts() if first == "<slug:course>" and second and not second.startswith("<")}


def _parts() -> list[tuple[str, str]]:
    from orientation.urls import urlpatterns  # late: the views publish, and publishing looks here

    patterns: Sequence[Any] = urlpatterns
    routes = [str(pattern.pattern).split("/") for pattern in patterns]
    return [(route[0], route[1] if len(route) > 1 else "") for route in routes if route[0]]
