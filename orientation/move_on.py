"""A learner in the middle of a course keeps the edition that they have begun, until they go on to the newest one."""

from datetime import datetime

from orientation.learners import Learner
from orientation.models import CourseEdition, LearningEvent


def move_on(learner: Learner, course: str, now: datetime) -> bool:
    """Their edition of `course` is the current one now. Whoever has learnt nothing has none to leave. False: there is no such course."""
    edition = CourseEdition.objects.filter(course__slug=course, is_current=True).first()
    if edition is None:
        return False
    if learner.is_known and LearningEvent.objects.filter(learner.owns(), edition__course__slug=course).exclude(edition=edition).exists():
        event = LearningEvent(
            uid=learner.event_uid(edition.uid, LearningEvent.Kind.MOVED),
            kind=LearningEvent.Kind.MOVED,
            edition=edition,
            attempt=1,
            is_right=False,
            happened_at=now,
            received_at=now,
            **learner.owner(),
        )
        LearningEvent.objects.bulk_create([event], ignore_conflicts=True)
    return True
