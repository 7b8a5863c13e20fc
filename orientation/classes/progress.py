"""How the learners of a class do in its course: computed from their events, stored nowhere."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from orientation.models import Certificate, ClassLearner, ClassSession, LearningEvent

Owner = tuple[str, object]


def owner_of(row: ClassLearner | LearningEvent | Certificate) -> Owner:
    """Whose it is: an event and a certificate have one owner; a place's is its person, else its device."""
    return ("user", row.user_id) if row.user_id else ("device", row.device)


def owned_by(seats: Sequence[ClassLearner]) -> Q:
    users = [seat.user_id for seat in seats if seat.user_id]
    return Q(user__in=users) | Q(user=None, device__in=[seat.device for seat in seats if not seat.user_id])


def events_of(session: ClassSession, seats: Sequence[ClassLearner]) -> dict[int, list[LearningEvent]]:
    """By the place's key, oldest first, of all editions of the course. One query."""
    events: defaultdict[Owner, list[LearningEvent]] = defaultdict(list)
    found = LearningEvent.objects.filter(owned_by(seats), edition__course=session.edition.course_id).select_related("edition__course")
    for event in found:
        events[owner_of(event)].append(event)
    return {seat.pk: events[owner_of(seat)] for seat in seats}


def certificates_of(session: ClassSession, seats: Sequence[ClassLearner]) -> dict[int, Certificate]:
    """By the place's key: the newest of the course that nobody has revoked. One query."""
    found: dict[Owner, Certificate] = {}
    held = Certificate.objects.standing().filter(owned_by(seats), edition__course=session.edition.course_id)
    for certificate in held.select_related("edition__course").order_by("issued_at", "pk"):
        found[owner_of(certificate)] = certificate
    return {seat.pk: found[owner_of(seat)] for seat in seats if owner_of(seat) in found}


def checks_in(events: Sequence[LearningEvent]) -> list[LearningEvent]:
    return [event for event in events if event.kind == LearningEvent.Kind.CHECKED]


def has_passed(events: Sequence[LearningEvent]) -> bool:
    return any(event.is_right for event in checks_in(events))
