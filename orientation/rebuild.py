"""Everybody's progress once more from their events, by the function that pages use; what should follow from it and is not there is made."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db import transaction

from orientation.certify import certify
from orientation.learners import Learner
from orientation.models import Certificate, EditionPage, LearningEvent
from orientation.progress import progress_of


def rebuild_progress() -> "Counter[str]":
    """Counts of learners, events, courses begun, lessons done, courses passed, and certificates that were missing.

    Only people with an account get what they missed: the events of whoever asked to be forgotten look like a device's.
    """
    counts: Counter[str] = Counter()
    outlines = _outlines()
    events = LearningEvent.objects.select_related("edition__course", "user").order_by("user", "device", "happened_at", "pk")
    for _owner, own in groupby(events.iterator(chunk_size=2000), key=lambda event: (event.user_id, event.device)):
        learnt = list(own)
        counts.update(learners=1, events=len(learnt))
        by_course = sorted(learnt, key=lambda event: event.edition.course_id)
        for _course, events_of_course in groupby(by_course, key=lambda event: event.edition.course_id):
            counts.update(_count(list(events_of_course), outlines))
        if learnt[0].user is not None:
            counts["certificates"] += _mend(learnt)
    return counts


def _outlines() -> dict[int, dict[str, Any]]:
    """Of each edition: the same in all languages but for its titles."""
    pages = EditionPage.objects.filter(slug=EditionPage.COURSE).order_by("edition", "language").distinct("edition")
    return {edition: content["outline"] for edition, content in pages.values_list("edition", "content")}


def _count(events: Sequence[LearningEvent], outlines: dict[int, dict[str, Any]]) -> dict[str, int]:
    edition = max((event.edition for event in events), key=lambda edition: edition.number)
    corridor = next((event.corridor for event in reversed(events) if event.corridor), "")
    progress = progress_of(events, outlines[edition.pk], corridor)
    return {"courses": 1, "lessons": progress.done, "passed": int(progress.is_passed)}


def _mend(events: Sequence[LearningEvent]) -> int:
    passed = {event.edition_id: event for event in reversed(events) if event.kind == LearningEvent.Kind.CHECKED and event.is_right}
    held = set(Certificate.objects.filter(user=events[0].user, edition__in=passed).values_list("edition", flat=True)) if passed else set()
    missing = [event for edition, event in passed.items() if edition not in held]
    for event in missing:
        with transaction.atomic():
            certify(Learner(event.user, None), event.edition, corridor=event.corridor, now=event.received_at)
    return len(missing)
