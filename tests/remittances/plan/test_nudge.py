"""Once a month, to who has an open goal and has put nothing aside this month; and the goal on one's own home."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from portal.outbox.models import Message, Purpose
from remittances.models import Goal, Plan
from remittances.plan.demo import load_demo_plans
from remittances.plan.keep_plan import Terms, keep_plan
from remittances.plan.nudge import nudge_savers
from remittances.plan.put_aside import put_aside
from remittances.plan.waiting import for_saver
from tests.matching.test_seats import at_once

LATE = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def saver(plan, roof, farrukh):
    Goal.objects.update(created_at=LATE - 30 * DAY)
    return farrukh


def told() -> int:
    return Message.objects.filter(purpose=Purpose.MONEY, channel="app").count()


@pytest.mark.django_db
def test_once_a_calendar_month_and_not_before_its_last_days(saver):
    assert nudge_savers(LATE - DAY) == 0
    assert nudge_savers(LATE) == 1 and nudge_savers(LATE) == nudge_savers(LATE + 5 * DAY) == 0
    assert nudge_savers(LATE + 15 * DAY) == 0 and nudge_savers(LATE + 30 * DAY) == 1 and told() == 2
    message = Message.objects.filter(purpose=Purpose.MONEY, channel="app").first()
    assert message.link == "money/plan/" and "roof" not in message.subject + message.body


@pytest.mark.django_db
def test_who_hears_nothing(saver, roof, plan, cast):
    keep_plan(cast["dilnoza"], Terms("UZS"), LATE)  # without a goal
    put_aside(roof, Decimal(10), saver, (LATE - 5 * DAY).date())
    assert nudge_savers(LATE) == 0
    put_aside(roof, Decimal(-10), saver, (LATE + 30 * DAY).date())  # taken out is not put aside
    assert nudge_savers(LATE + 30 * DAY) == 1
    put_aside(roof, Decimal(1000), saver, (LATE + 30 * DAY).date())
    assert nudge_savers(LATE + 61 * DAY) == 0  # reached
    roof.savings.all().delete()
    Plan.objects.update(is_nudged=False)
    assert nudge_savers(LATE + 61 * DAY) == 0
    Plan.objects.update(is_nudged=True)
    Goal.objects.update(created_at=LATE + 60 * DAY)
    assert nudge_savers(LATE + 61 * DAY) == 0  # just written down


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once(saver):
    assert sum(at_once(lambda: nudge_savers(LATE), lambda: nudge_savers(LATE))) == told() == 1


@pytest.mark.django_db
def test_the_demo_and_the_goal_at_home(as_, cast):
    assert load_demo_plans(LATE) == 1 and load_demo_plans(LATE) == 0
    [goal] = for_saver(cast["farrukh"], LATE.date())
    assert "40%" in goal.text and goal.url == "/en/money/plan/" and for_saver(cast["aigul"], LATE.date()) == []
    home = as_("farrukh").get("/en/").content.decode()
    assert goal.text.split(":")[0] in home
    assert Plan.objects.visible_to(cast["aigul"]).count() == 1
