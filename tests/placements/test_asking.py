"""When Safar asks: at the hours that the worker chose, once each time, whatever the clock and its workers do."""

import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from matching import journey
from matching.fees import FeeAnswer
from matching.move import NotPossible
from placements.answer import answer_check_in
from placements.arrive import arrive
from placements.ask import ask_due
from placements.choose import Choices, choose
from placements.days import CLOCK, is_the_hour
from placements.models import CallTask, CheckIn, Placement
from placements.open_calls import open_calls
from portal.celery import app
from portal.outbox.models import Channel, Message, Purpose
from portal.places.models import Region
from tests.placements.away import GOOD, away, back, check_in_of

pytestmark = pytest.mark.django_db
NOON = 9  # of UTC, in Kazan


def at_noon(day) -> datetime:
    return datetime(day.year, day.month, day.day, NOON, tzinfo=UTC)


def told(user) -> list[Message]:
    return list(Message.objects.filter(to=user, purpose=Purpose.CHECK_IN, channel=Channel.APP))


@pytest.fixture
def asked_now(placement, cast):
    """Arrived, so that only check-ins are asked."""
    arrive(placement.match, cast["farrukh"], back(29))
    return placement


class TestHours:
    @pytest.mark.parametrize("hours", list(CLOCK))
    def test_by_the_clock_of_the_place_of_work(self, hours):
        kamchatka = Region.objects.get(code="RU-KAM")
        first, end = CLOCK[hours]
        for hour in range(24):
            there = datetime(2026, 12, 1, hour, 30, tzinfo=ZoneInfo(kamchatka.zone))
            assert is_the_hour(hours, there.astimezone(UTC), kamchatka) == (first <= hour < end)

    def test_waits_for_the_hour(self, asked_now, cast):
        choose(asked_now.match, cast["farrukh"], Choices("evening", Channel.SMS), timezone.now())
        day = check_in_of(asked_now).due_on
        assert ask_due(at_noon(day)) == 0
        assert ask_due(at_noon(day) + timedelta(hours=6)) == 1  # 18 in Kazan

    def test_not_a_day_early_there(self, asked_now):
        day = check_in_of(asked_now).due_on
        assert ask_due(at_noon(day - timedelta(days=1))) == 0 and ask_due(at_noon(day)) == 1


class TestOnce:
    def test_the_message_says_only_this(self, asked_now, cast):
        day = at_noon(check_in_of(asked_now).due_on)
        assert [ask_due(day + timedelta(hours=hours)) for hours in range(3)] == [1, 0, 0]
        [message] = told(cast["farrukh"])
        assert (message.subject, message.link) == (message.body, "placements/minute/") and "StroyKazan" not in message.body
        [sms] = Message.objects.filter(to=cast["farrukh"], channel=Channel.SMS, purpose=Purpose.CHECK_IN)
        assert sms.body.startswith(message.body) and sms.body.endswith("/tg/placements/minute/") and len(sms.body) <= 70

    def test_only_in_safar_where_they_want_it_so(self, asked_now, cast):
        choose(asked_now.match, cast["farrukh"], Choices("any", Channel.APP), timezone.now())
        ask_due(at_noon(check_in_of(asked_now).due_on))
        assert len(told(cast["farrukh"])) == 1 and not Message.objects.filter(channel=Channel.SMS, purpose=Purpose.CHECK_IN).exists()

    @pytest.mark.parametrize("days", [7, 100], ids=["a week", "until the next is due"])
    def test_a_clock_that_stood_still_asks_once(self, asked_now, cast, days):
        late = at_noon(check_in_of(asked_now).due_on + timedelta(days=days))
        assert [ask_due(late + timedelta(days=day)) for day in range(3)] == [1, 0, 0]
        newest = CheckIn.objects.asked().get()
        assert newest.month == (1 if days == 7 else 3)

    def test_not_whoever_has_answered_and_not_whoever_is_not_there(self, asked_now, check_in, cast):
        answer_check_in(check_in, cast["farrukh"], GOOD, timezone.now())
        other = away(cast, 31, key="aigul")
        journey.end(other.match, cast["manizha"], timezone.now(), "finished")
        assert ask_due(at_noon(timezone.now())) == 0

    def test_arrival_is_asked_after_two_days(self, cast):
        placement = away(cast, 0)
        first = at_noon(placement.left_on)
        assert [ask_due(first + timedelta(days=day)) for day in range(4)] == [0, 0, 1, 0]
        assert len(told(cast["farrukh"])) == 1

    def test_whoever_has_no_account_is_called(self, cast):
        placement = away(cast, 31, key="")
        assert ask_due(at_noon(timezone.now())) == 1 and not Message.objects.filter(purpose=Purpose.CHECK_IN).exists()
        assert open_calls(timezone.now()) == 1 and placement.calls.get().reason == "no_arrival"

    def test_the_schedule(self):
        often = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}
        assert (often["placements.ask_due"], often["placements.open_calls"]) == (600, 3600)


class TestCalls:
    def test_no_word_of_arrival_in_seven_days(self, cast):
        placement = away(cast, 0)
        first = at_noon(placement.left_on)
        assert [open_calls(first + timedelta(days=day)) for day in (6, 7, 8)] == [0, 1, 0]
        arrive(placement.match, cast["farrukh"], first + timedelta(days=9))
        call = CallTask.objects.get()
        assert (call.reason, call.outcome, call.done_by) == ("no_arrival", "answered", None)
        assert open_calls(first + timedelta(days=10)) == 0

    def test_two_check_ins_without_a_word(self, asked_now):
        for month in (1, 3):
            CheckIn.objects.filter(pk=check_in_of(asked_now, month).pk).update(asked_at=back(8 if month == 3 else 60))
            assert open_calls(timezone.now()) == (month == 3)
        assert CallTask.objects.get().check_in.month == 3 and open_calls(timezone.now()) == 0

    def test_a_week_to_answer(self, asked_now):
        for month, days in ((1, 60), (3, 6)):
            CheckIn.objects.filter(pk=check_in_of(asked_now, month).pk).update(asked_at=back(days))
        assert open_calls(timezone.now()) == 0 and open_calls(timezone.now() + timedelta(days=1)) == 1

    def test_one_answer_between_is_enough(self, asked_now, check_in, cast):
        answer_check_in(check_in, cast["farrukh"], GOOD, timezone.now())
        for month, days in ((1, 100), (3, 60)):
            CheckIn.objects.filter(pk=check_in_of(asked_now, month).pk).update(asked_at=back(days))
        assert open_calls(timezone.now()) == 0

    def test_a_third_silence_is_the_same_call_while_it_is_open(self, asked_now):
        for month, days in ((1, 160), (3, 60)):
            CheckIn.objects.filter(pk=check_in_of(asked_now, month).pk).update(asked_at=back(days))
        open_calls(back(40))
        CheckIn.objects.filter(pk=check_in_of(asked_now, 6).pk).update(asked_at=back(8))
        open_calls(timezone.now())
        assert CallTask.objects.get().check_in.month == 6

    def test_nobody_is_called_about_a_job_that_is_over(self, cast):
        placement = away(cast, 9)
        journey.end(placement.match, cast["manizha"], timezone.now(), "finished")
        assert open_calls(timezone.now()) == 0


def at_once(*runs) -> list[object]:
    """Each in a thread with a connection of its own; what it returned or refused."""
    together, outcomes = threading.Barrier(len(runs)), []

    def run(step) -> None:
        together.wait()
        try:
            outcomes.append(step())
        except NotPossible:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(step,)) for step in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_and_open_at_once_and_two_answers_are_one(cast):
    placement = away(cast, 31)
    late = at_noon(timezone.now() + timedelta(days=1))
    assert sorted(at_once(lambda: ask_due(late), lambda: ask_due(late))) == [0, 1]
    assert sorted(at_once(lambda: open_calls(late), lambda: open_calls(late))) == [False, True]
    assert CallTask.objects.count() == len(told(cast["farrukh"])) == 1
    row = check_in_of(placement)
    outcomes = at_once(*[lambda: answer_check_in(row, cast["farrukh"], GOOD, late).pk for _ in range(2)])
    assert set(outcomes) == {row.pk, "late"} and FeeAnswer.objects.count() == 1
    assert Placement.objects.get().arrived_at is not None
