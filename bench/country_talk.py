"""What people in such a country (bench/country.py) have said to each other: notes, questions, times to talk, answers about money, second
looks; what Safar has told them; who has looked at whom; whom agencies have invited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from bench.fill import copy
from matching.demo.seed import chance_of
from matching.models import (
    AccessLog,
    Care,
    DeskView,
    FeeAnswer,
    Interview,
    Invitation,
    Match,
    MatchNote,
    MatchQuestion,
    SavedSearch,
    SecondLook,
    State,
)
from matching.models.matches import Tier
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.outbox.models import Channel, Message, Purpose

if TYPE_CHECKING:
    from bench.country_past import Past

MESSAGES, MESSAGES_AT_WORK = 6, 60  # of a candidate, of a member of an organisation


def talk(pasts: list[Past], now: datetime) -> None:
    agency = dict(Care.objects.open().values_list("candidate", "agency"))
    dice = chance_of("country-talk")

    def ago(days: int) -> datetime:
        return now - timedelta(minutes=dice.randint(5, days * 24 * 60))

    some(
        pasts, 4, lambda past: MatchNote(match_id=past.match, agency_id=agency[past.candidate], author_id=past.staff, text=NOTE, at=ago(30))
    )
    some((past for past in pasts if past.user), 6, lambda past: question(past, dice.random() < 0.6, ago(20), now))
    some((past for past in pasts if past.state in (State.ACCEPTED, State.SELECTED)), 2, lambda past: interview(past, now))
    some(
        (past for past in pasts if State.ACCEPTED in past.path and past.user),
        2,
        lambda past: fee_answer(past, dice.random() < 0.05, ago(20)),
    )
    some(pasts, 3, lambda past: AccessLog(candidate_id=past.candidate, user_id=past.staff, at=ago(60)))
    second_looks(pasts, agency, now)
    tell_news(ago)
    accounts = User.objects.filter(candidate__isnull=False).order_by("pk").values_list("pk", flat=True)
    some(accounts, 5, lambda pk: SavedSearch(user_id=pk, query="place=RU&gives=housing", saved_at=ago(30), told_until=now))
    invite(now)


NOTE = "Звонила: диплом покажет в пятницу, просит звонить после 18:00."


def some(of: Iterable[Any], every: int, make: Callable[[Any], Any]) -> None:
    copy(make(one) for one in islice(of, None, None, every))


def question(past: Past, is_answered: bool, at: datetime, now: datetime) -> MatchQuestion:
    answer = {"answer": "Четыре. Койки двухъярусные.", "answered_by_id": past.staff, "answered_at": now} if is_answered else {}
    return MatchQuestion(match_id=past.match, text="Сколько человек живёт в одной комнате?", asked_by_id=past.user, asked_at=at, **answer)


def interview(past: Past, now: datetime) -> Interview:
    return Interview(
        match_id=past.match, starts_at=now + timedelta(days=2), way=Interview.Way.PHONE, offered_by_id=past.staff, offered_at=now
    )


def fee_answer(past: Past, asked: bool, at: datetime) -> FeeAnswer:
    said: dict[str, Any] = {"by": FeeAnswer.By.BROKER, "told": [FeeAnswer.Told.AGENCY, FeeAnswer.Told.SAFAR]} if asked else {}
    return FeeAnswer(match_id=past.match, moment=FeeAnswer.Moment.ACCEPTANCE, asked=asked, answered_at=at, **said)


def second_looks(pasts: list[Past], agency: dict[int, int], now: datetime) -> None:
    """Of one in twenty of the best that were declined, by turns elsewhere."""
    best = set(Match.objects.filter(tier=Tier.A, state=State.DECLINED).values_list("pk", flat=True))
    readers = list(Organisation.objects.filter(kind=Organisation.Kind.AGENCY).order_by("pk").values_list("pk", flat=True))
    declined = [past for past in pasts if past.match in best][::20]
    rows = []
    for turn, past in enumerate(declined):
        reader = readers[turn % len(readers)]
        if reader != agency[past.candidate]:
            rows.append(SecondLook(match_id=past.match, agency_id=reader, asked_at=now - timedelta(days=turn % 9)))
    copy(rows)


def tell_news(ago: Callable[[int], datetime]) -> None:
    """Three of four are read."""

    def messages() -> Iterable[Message]:
        people = User.objects.filter(Q(candidate__isnull=False) | Q(memberships__isnull=False)).distinct().order_by("pk")
        for to, language, workplace in people.values_list("pk", "language", "memberships"):
            for number in range(MESSAGES_AT_WORK if workplace else MESSAGES):
                at = ago(60)
                yield Message(
                    to_id=to,
                    channel=Channel.APP,
                    subject="Вакансия для вас",
                    body="Агентство нашло для вас работу: каменщик, Казань. Прочитайте и ответьте.",
                    link="jobs/mine/",
                    language=language,
                    purpose=Purpose.PEOPLE if workplace else Purpose.MATCH,
                    key=f"country-{number}",
                    created_at=at,
                    due_at=at,
                    delivered_at=at,
                    read_at=None if number % 4 == 0 else at,
                )

    copy(messages())


def invite(now: datetime) -> None:
    """The three largest agencies have lists of people who have not answered yet."""
    rows = []
    for place, agency in enumerate(Organisation.objects.filter(kind=Organisation.Kind.AGENCY).order_by("pk")[:3]):
        by = agency.memberships.order_by("pk")[:1].values("user")
        staff = User.objects.get(pk__in=by)
        DeskView.objects.create(user=staff, name="Казань", query="country=RU&q=kazan")
        rows += [
            Invitation(
                agency=agency,
                phone=f"+99293{place}{number:06}",
                details={"given_name": "Фаррух", "citizenship": "TJ"},
                invited_by=staff,
                invited_at=now - timedelta(days=number % 28),
            )
            for number in range(400)
        ]
    copy(rows)
