"""Events that a phone has kept without a network, sent later: up to fifty at once, each with an answer of its own.

Sending again is safe. What is right is decided here, by the edition that was learnt, and never by the phone.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from rest_framework import serializers

from orientation.answers import NoAnswer, numbers_of, read_answer
from orientation.learners import Learner
from orientation.models import CourseEdition, EditionPage, LearningEvent
from orientation.record import answered
from portal.places.corridors import Corridor
from portal.rest import one_text

MOST = 50
AHEAD = timedelta(hours=48)  # a time zone set wrongly, and a day
WRONG_CLOCK = timedelta(minutes=5)


class SentEvent(serializers.Serializer[Any]):
    """An answer to a question of a lesson: one `choice`, or what else is `given`. `edition`, `question`, `choice` are uids of the page."""

    uid = serializers.UUIDField()
    edition = serializers.UUIDField()
    lesson = serializers.SlugField(max_length=50)
    question = serializers.UUIDField()
    choice = serializers.UUIDField(default=None, allow_null=True)
    given = serializers.ListField(child=serializers.CharField(max_length=60), max_length=20, default=list)
    attempt = serializers.IntegerField(min_value=1, max_value=999)
    corridor = serializers.ChoiceField(Corridor.choices, allow_blank=True, default="")
    happened_at = serializers.DateTimeField(default_timezone=UTC)


class Batch(serializers.Serializer[Any]):
    """`sent_at` is what the phone's clock says now: with it a wrong clock is put right."""

    sent_at = serializers.DateTimeField(default_timezone=UTC, allow_null=True, default=None)
    events = serializers.ListField(child=serializers.JSONField(), min_length=1, max_length=MOST)


@dataclass(frozen=True, slots=True)
class Receipt:
    """`status`: accepted, duplicate or rejected. A rejected event need not be sent again: `reason` and `detail` say why."""

    uid: str
    status: str
    reason: str = ""
    detail: str = ""

    def as_json(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}


class Refused(ValueError):
    """This event only: the code of the reason, and a sentence for an engineer."""


@transaction.atomic
def receive(learner: Learner, sent: Sequence[Any], sent_at: datetime | None, now: datetime, corridor: str = "") -> list[Receipt]:
    """An answer for each of `sent`, in their order. Five queries at most, however many they are. `corridor`: chosen on the phone that
    sends, for what does not say its own, because a page that is the same for all knows none.
    """
    read = [_read(each) for each in sent]
    shapes = [each for each in read if isinstance(each, dict)]
    editions = {edition.uid: edition for edition in CourseEdition.objects.filter(uid__in={each["edition"] for each in shapes})}
    pages = _pages(shapes)
    numbers = numbers_of(question for page in pages.values() for question in page.questions)
    answers: list[Receipt | LearningEvent] = []
    for each in read:
        if isinstance(each, Receipt):
            answers.append(each)
            continue
        try:
            answers.append(_event(learner, each, editions, pages, numbers, sent_at, now, corridor))
        except Refused as why:
            answers.append(Receipt(str(each["uid"]), "rejected", *why.args))
    events = [each for each in answers if isinstance(each, LearningEvent)]
    LearningEvent.objects.bulk_create(events, ignore_conflicts=True)
    # Two requests with one uid race only to the index: what stands there with another moment of arrival came before.
    stood = dict(LearningEvent.objects.filter(uid__in=[each.uid for each in events]).values_list("uid", "received_at"))
    receipts, seen = [], set()
    for answer in answers:
        if isinstance(answer, LearningEvent):
            is_new = stood[answer.uid] == now and answer.uid not in seen
            seen.add(answer.uid)
            answer = Receipt(str(answer.uid), "accepted" if is_new else "duplicate")
        receipts.append(answer)
    return receipts


def _read(sent: Any) -> dict[str, Any] | Receipt:
    form = SentEvent(data=sent)
    if form.is_valid():
        return dict(form.validated_data)
    uid = sent.get("uid", "") if isinstance(sent, dict) else ""
    return Receipt(str(uid)[:36], "rejected", "unreadable", one_text(form.errors))


def _pages(shapes: Sequence[dict[str, Any]]) -> dict[tuple[Any, str], EditionPage]:
    """A lesson's page in whichever language: questions and choices have the same uids in all of them."""
    wanted = Q(pk__in=[])
    for edition, lesson in {(each["edition"], each["lesson"]) for each in shapes}:
        wanted |= Q(edition__uid=edition, slug=lesson)
    pages = EditionPage.objects.filter(wanted).exclude(slug=EditionPage.CHECK).select_related("edition")
    return {(page.edition.uid, page.slug): page for page in pages.order_by("edition_id", "slug", "language").distinct("edition_id", "slug")}


def _event(
    learner: Learner,
    told: dict[str, Any],
    editions: dict[Any, CourseEdition],
    pages: dict[tuple[Any, str], EditionPage],
    numbers: dict[str, Decimal],
    sent_at: datetime | None,
    now: datetime,
    chosen: str,
) -> LearningEvent:
    edition = editions.get(told["edition"])
    if edition is None:
        raise Refused("unknown_edition", "There is no such edition of a course.")
    page = pages.get((edition.uid, told["lesson"]))
    if page is None:
        raise Refused("unknown_lesson", "This edition has no such lesson.")
    question = next((each for each in page.questions if each["uid"] == str(told["question"])), None)
    if question is None:
        raise Refused("unknown_question", "This lesson asks no such question.")
    try:
        answer = read_answer(question, [str(told["choice"])] if told["choice"] else told["given"])
    except NoAnswer as why:
        raise Refused("no_answer", "This is no answer to a question of this kind.") from why
    happened_at = put_right(told["happened_at"], sent_at, edition.published_at, now)
    corridor = told["corridor"] or (chosen if chosen in page.content["outline"]["corridors"] else "")
    event = answered(learner, edition, question, answer, numbers, attempt=told["attempt"], corridor=corridor, at=happened_at)
    event.uid, event.received_at = told["uid"], now
    event.phone_at = told["happened_at"] if happened_at != told["happened_at"] else None
    return event


def put_right(told: datetime, sent_at: datetime | None, published_at: datetime, now: datetime) -> datetime:
    """When it happened, by our clock; raises `Refused`. A moment that cannot be is that of arrival."""
    error = now - sent_at if sent_at is not None else timedelta()
    try:
        happened_at = told + error if abs(error) > WRONG_CLOCK else told
    except OverflowError:
        return now
    if happened_at > now + AHEAD:
        raise Refused("in_future", "It happened more than 48 hours from now: put the clock of the phone right.")
    return happened_at if published_at <= happened_at <= now else now
