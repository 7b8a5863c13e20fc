"""What production forgives and a test does not."""

import os
import random
import sys
from types import FrameType

from django.conf import settings
from django.db.models import QuerySet
from django.template.base import Node


class UndefinedVariable(AssertionError):
    """A template of ours printed a variable that nobody gave it."""


class Undefined(str):
    """Django asks `string_if_invalid % name` for each undefined variable that a template prints."""

    def __mod__(self, name: object) -> str:
        origin = _template_of(sys._getframe(1))
        if "site-packages" in origin:
            return ""  # admin, unfold and allauth print undefined variables on purpose
        raise UndefinedVariable(f"{name} is undefined in {origin}")


def _template_of(frame: FrameType | None) -> str:
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin)
        frame = frame.f_back
    return "a template without a file"


def shuffle_unordered_querysets() -> None:
    """Rows without ORDER BY come in any order; a test that leans on one of them must notice. The same each run of a test."""
    fetch_all = QuerySet._fetch_all

    def fetch_and_shuffle(self: QuerySet) -> None:
        is_new = self._result_cache is None
        fetch_all(self)
        if is_new and not self.ordered:
            random.Random(os.environ.get("PYTEST_CURRENT_TEST")).shuffle(self._result_cache)

    QuerySet._fetch_all = fetch_and_shuffle


def be_strict() -> None:
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
    settings.MIDDLEWARE.append("portal.ui.middleware.read_only_get")
    shuffle_unordered_querysets()
