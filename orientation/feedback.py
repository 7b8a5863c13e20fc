"""What readers tell us about a lesson or a fact. Who they are is not asked, and not kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q
from django.urls import reverse

from orientation.board.section import Row, Section
from orientation.models import Fact, Feedback, Lesson
from portal.accounts.models import User

MAY_ADD = timedelta(days=1)  # words, after the tap
TOLD_KEPT = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Tap:
    """`uid` is its sender's, so that what is sent twice counts once."""

    uid: UUID
    kind: str
    about: Lesson | Fact
    language: str
    corridor: str


def receive_tap(tap: Tap, now: datetime) -> None:
    about = {"fact": tap.about} if isinstance(tap.about, Fact) else {"lesson": tap.about}
    row = Feedback(uid=tap.uid, kind=tap.kind, language=tap.language, corridor=tap.corridor, received_at=now, **about)
    Feedback.objects.bulk_create([row], ignore_conflicts=True)


def open_to_words(now: datetime) -> Q:
    return Q(received_at__gt=now - MAY_ADD, closed_at=None)


def add_words(uid: UUID, words: str, now: datetime) -> bool:
    """The same words twice are the same as once; other words replace them. False: it is too late."""
    return Feedback.objects.filter(open_to_words(now), uid=uid).update(told=words) == 1


def close_feedback(rows: list[int], *, by: User, now: datetime) -> int:
    """Returns how many were open."""
    return Feedback.objects.filter(pk__in=rows, closed_at=None).update(closed_by=by, closed_at=now)


def forget_words(now: datetime) -> None:
    """Somebody may have written a name, although we ask not to. On the clock of `orientation/tasks.py`."""
    Feedback.objects.filter(received_at__lt=now - TOLD_KEPT).exclude(told="").update(told="")


def section(user: User, today: date) -> Section:
    """One row a lesson or fact, the most spoken of first."""
    rows = (
        Feedback.objects.filter(closed_at=None)
        .order_by()
        .values("lesson", "fact", "lesson__title", code=F("fact__code"))
        .annotate(
            wrong=Count("pk", filter=Q(kind=Feedback.Kind.WRONG)),
            unclear=Count("pk", filter=Q(kind=Feedback.Kind.UNCLEAR)),
            words=Count("pk", filter=~Q(told="")),
            all=Count("pk"),
        )
        .order_by("-all", "fact", "lesson")
    )
    console = reverse("admin:orientation_feedback_changelist")
    return Section(
        "forum",
        "What readers say",
        "They say that it is wrong, or that they did not understand. Put it right, or write it more simply; then close it.",
        [
            Row(
                row["code"] or row["lesson__title"],
                f"wrong: {row['wrong']} · not understood: {row['unclear']} · with words: {row['words']}",
                f"{console}?{'fact' if row['fact'] else 'lesson'}__id__exact={row['fact'] or row['lesson']}&closed_at__isnull=True",
                row["all"],
            )
            for row in rows
        ],
    )
