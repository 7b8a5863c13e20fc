"""What somebody has learnt as xAPI 1.0.3 statements, to take along: github.com/adlnet/xAPI-Spec. Under a pseudonym, without phone or e-mail."""

import hashlib
import hmac
from datetime import UTC
from typing import Any

from django.conf import settings

from orientation.learners import Learner
from orientation.models import EditionPage, LearningEvent

Json = dict[str, Any]
MOST = 10_000  # statements of one file: the newest
_VERBS = "http://adlnet.gov/expapi/verbs/"
_ACTIVITIES = "http://adlnet.gov/expapi/activities/"


def statements_of(learner: Learner) -> list[Json]:
    """Oldest first. Two queries; none for somebody we know nothing of."""
    events = [event for event in learner.events() if event.kind in (LearningEvent.Kind.ANSWERED, LearningEvent.Kind.CHECKED)][-MOST:]
    if not events:
        return []
    pages = EditionPage.objects.in_best_language().filter(edition__in={event.edition_id for event in events}).defer("content")
    titles = {(page.edition_id, page.slug): page for page in pages}
    actor = {"objectType": "Agent", "account": {"homePage": settings.SITE_URL, "name": pseudonym(learner)}}
    return [_statement(event, actor, titles) for event in events]


def pseudonym(learner: Learner) -> str:
    """The same in each file of one learner; nobody else can make it or lead it back."""
    owner = learner.user.uid if learner.user else learner.device
    return hmac.new(settings.SECRET_KEY.encode(), f"xapi|{owner}".encode(), hashlib.sha256).hexdigest()[:32]


def _statement(event: LearningEvent, actor: Json, titles: dict[tuple[int, str], EditionPage]) -> Json:
    verb, course = _verb(event), f"{settings.SITE_URL}/api/v1/courses/{event.edition.course.slug}/"
    page = titles.get((event.edition_id, event.lesson if event.kind == LearningEvent.Kind.ANSWERED else EditionPage.COURSE))
    parent = {"objectType": "Activity", "id": course, "definition": {"type": f"{_ACTIVITIES}course"}}
    return {
        "id": str(event.uid),
        "version": "1.0.3",
        "actor": actor,
        "verb": {"id": f"{_VERBS}{verb}", "display": {"en": verb}},
        "object": {
            "objectType": "Activity",
            "id": f"{course}#{event.question or 'check'}",
            "definition": {
                "type": f"{_ACTIVITIES}{'question' if event.question else 'assessment'}",
                **({"name": {page.language: page.title}} if page else {}),
            },
        },
        "result": _result(event),
        "context": {"platform": settings.SITE_NAME, "contextActivities": {"parent": [parent]}},
        "timestamp": event.happened_at.astimezone(UTC).isoformat(),
    }


def _verb(event: LearningEvent) -> str:
    if event.kind == LearningEvent.Kind.ANSWERED:
        return "answered"
    return "passed" if event.is_right else "failed"


def _result(event: LearningEvent) -> Json:
    if event.right is None or event.asked is None:
        return {"success": event.is_right, "response": "[,]".join(event.answer)}
    score = {"scaled": round(event.right / event.asked, 4), "raw": event.right, "min": 0, "max": event.asked}
    return {"success": event.is_right, "completion": True, "score": score}
