"""The file that carries what a class learnt without internet: JSON lines, a header first, a signature last.

    {"safar": "learning", "version": 1, "export": uid, "centre": name, "made_at": moment, "counts": {kind: lines}}
    {"kind": "edition", "uid", "course", "number", "print"}
    {"kind": "session", …}  {"kind": "seat", …}  {"kind": "event", …}  {"kind": "certificate", …}
    {"kind": "end", "signature": HMAC-SHA256 of all lines before}

The same question has another uid in another database, so questions and choices are told by their places on the edition's page. Two editions
are the same when their `print` is: kinds, texts and right answers of all questions.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from orientation.certificates.code import ALPHABET
from orientation.models import CourseEdition, EditionPage, Question

Json = dict[str, Any]
VERSION = 1
KINDS = ("edition", "session", "seat", "event", "certificate")
MOST_BYTES = 10 * 1024 * 1024
SOURCE = ("en", "ru")  # the language that an edition's print is taken from


def signature(lines: bytes) -> str:
    """By CENTRE_KEY, the same here and there: nobody else can make such a file."""
    return hmac.new(b"safar.centre:" + settings.CENTRE_KEY.encode(), lines, hashlib.sha256).hexdigest()


def line(row: Json) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def source_pages(edition: CourseEdition) -> dict[str, EditionPage]:
    """The pages with questions, by slug."""
    pages = list(edition.pages.filter(language__in=SOURCE).exclude(slug=EditionPage.COURSE).order_by("slug"))
    for language in SOURCE:
        if found := {page.slug: page for page in pages if page.language == language}:
            return found
    return {}


def fingerprint(pages: dict[str, EditionPage]) -> str:
    told = [[slug, [_told(question) for question in page.questions]] for slug, page in sorted(pages.items())]
    return hashlib.sha256(line({"pages": told})).hexdigest()


def _told(question: Json) -> list[Any]:
    choices = [[choice["text"], choice["is_right"]] for choice in question["choices"]]
    return [question["kind"], question["text"], question["corridors"], question["number"], question["fact"], question["tolerance"], choices]


def by_place(question: Json, answer: list[str]) -> list[Any]:
    if question["kind"] == Question.Kind.NUMBER:
        return list(answer)
    uids = [choice["uid"] for choice in question["choices"]]
    return [uids.index(uid) for uid in answer if uid in uids]


def by_uid(question: Json, places: list[Any]) -> list[str]:
    """Raises `IndexError` or `TypeError` where there is no such choice."""
    if question["kind"] == Question.Kind.NUMBER:
        return [str(place) for place in places]
    if any(place < 0 for place in places):
        raise IndexError
    return [question["choices"][place]["uid"] for place in places]


def is_code(text: str) -> bool:
    """Another could stand in no address."""
    return 0 < len(text) <= 12 and set(text) <= set(ALPHABET)


def moment(text: str) -> datetime:
    """Raises `ValueError` or `OverflowError`."""
    told = parse_datetime(text)
    if told is None or told.tzinfo is None:
        raise ValueError
    return told.astimezone(UTC)  # the first hours of the year 1 are before it here: no database gives those back
