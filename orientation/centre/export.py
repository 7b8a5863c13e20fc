"""Writing what a class learnt without internet into a file for the portal."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.db import transaction

from orientation.centre.file import VERSION, Json, by_place, fingerprint, line, signature, source_pages
from orientation.models import Certificate, ClassLearner, ClassSession, CourseEdition, EditionPage, LearningEvent


class NoCentre(Exception):
    """SAFAR_CENTRE or CENTRE_KEY is not set: nobody would know whose file it is."""


@transaction.atomic
def export_learning(now: datetime) -> bytes:
    """All that was learnt here; what the portal has already it leaves out itself. Raises `NoCentre`."""
    if not settings.CENTRE:
        raise NoCentre("Set SAFAR_CENTRE to the name of the centre: the portal shows it beside the file.")
    if not settings.CENTRE_KEY:
        raise NoCentre("Set CENTRE_KEY to the secret that the portal has too: it takes no file that anybody could have made.")
    rows = list(_rows())
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
    head = {"safar": "learning", "version": VERSION, "export": str(uuid4()), "centre": settings.CENTRE, "made_at": now.isoformat()}
    lines = b"".join(map(line, [head | {"counts": counts}, *rows]))
    return lines + line({"kind": "end", "signature": signature(lines)})


def _rows() -> Iterator[Json]:
    pages = {}
    for edition in CourseEdition.objects.select_related("course").order_by("pk"):
        pages[edition.pk] = source_pages(edition)
        told: Json = {"uid": str(edition.uid), "course": edition.course.slug, "number": edition.number}
        yield {"kind": "edition", **told, "print": fingerprint(pages[edition.pk])}
    for session in ClassSession.objects.select_related("organisation", "trainer", "edition", "region").order_by("pk"):
        yield _session(session)
    for seat in ClassLearner.objects.select_related("session", "user").order_by("session__pk", "number"):
        yield _seat(seat)
    for event in LearningEvent.objects.select_related("edition", "user").order_by("pk").iterator():
        if answered := _event(event, pages[event.edition_id]):
            yield answered
    for held in Certificate.objects.select_related("edition", "user").order_by("pk"):
        if held.revoked_at is None:
            yield {
                "kind": "certificate",
                "device": str(_device(held)),
                "edition": str(held.edition.uid),
                "code": held.code,
                "corridor": held.corridor,
                "name": held.holder_name,
                "shows_name": held.shows_name,
                "issued_at": held.issued_at.isoformat(),
            }


def _device(row: LearningEvent | Certificate | ClassLearner) -> UUID:
    """Whoever has an account here is nobody that the portal knows: they get a pseudonym, the same in each file."""
    return uuid5(row.user.uid, settings.CENTRE) if row.user else row.device  # type: ignore[return-value]


def _event(event: LearningEvent, pages: dict[str, EditionPage]) -> Json | None:
    """None where the edition no longer asks that."""
    told: Json = {
        "kind": "event",
        "uid": str(event.uid),
        "did": event.kind,
        "device": str(_device(event)),
        "edition": str(event.edition.uid),
        "attempt": event.attempt,
        "corridor": event.corridor,
        "happened_at": event.happened_at.isoformat(),
    }
    if event.kind == LearningEvent.Kind.MOVED:
        return told
    slug = event.lesson or EditionPage.CHECK
    asked = {question["uid"]: (place, question) for place, question in enumerate(pages[slug].questions)} if slug in pages else {}
    answers = event.answers_of_check if slug == EditionPage.CHECK else {str(event.question): event.answer}
    if not answers or not set(answers) <= set(asked):
        return None
    given = {asked[uid][0]: by_place(asked[uid][1], answer) for uid, answer in answers.items()}
    return told | {"lesson": slug, "answers": sorted(given.items())}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _session(session: ClassSession) -> Json:
    return {
        "kind": "session",
        "uid": str(session.uid),
        "organisation": str(session.organisation.uid),
        "trainer": str(session.trainer.uid),
        "edition": str(session.edition.uid),
        "language": session.language,
        "corridor": session.corridor,
        "region": session.region.code,
        "place": session.place,
        "starts_at": _moment(session.starts_at),
        "ends_at": _moment(session.ends_at),
        "seats": session.seats,
        "code": session.code,
        "created_at": _moment(session.created_at),
        "called_off_at": _moment(session.called_off_at),
        "closed_at": _moment(session.closed_at),
    }


def _seat(seat: ClassLearner) -> Json:
    return {
        "kind": "seat",
        "uid": str(seat.uid),
        "session": str(seat.session.uid),
        "number": seat.number,
        "name": seat.name,
        "device": str(_device(seat)),
        "signed_up_at": _moment(seat.signed_up_at),
        "attended_at": _moment(seat.attended_at),
        "attended_by": seat.attended_by,
        "left_at": _moment(seat.left_at),
    }
