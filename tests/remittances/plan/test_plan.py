"""One's own plan: begun, filled, changed, deleted; and what is typed wrong."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from remittances.models import Goal, Plan, PlanStep, Saving
from remittances.plan.hold import NotPossible
from remittances.plan.keep_plan import Terms, delete_plan, keep_plan
from remittances.plan.put_aside import put_aside
from remittances.plan.write_goal import MOST, Wish, change_goal, delete_goal, write_goal
from remittances.plan.write_step import delete_step, tick_step, write_step
from tests.remittances.page import text_of
from tests.remittances.plan.conftest import a_goal, send

pytestmark = pytest.mark.django_db
HOME = "/en/money/plan/"
GOAL = {"kind": "home", "title": "A new roof", "target": "240 000"}


def read(client: Client, path: str = HOME) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return text_of(response.content.decode())


def text(response) -> str:
    return text_of(response.content.decode())


def test_a_visitor_reads_what_it_is_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get(HOME)
    assert page["Cache-Control"].startswith("public") and f"/en/sign-in/?next={HOME}" in page.content.decode()
    assert "/en/training/" in page.content.decode() and "/en/money/tools/" in page.content.decode()
    for path in ("edit/", "goals/new/", "share/", "join/"):
        assert client.get(HOME + path)["Location"].startswith("/en/sign-in/")


def test_from_nothing_to_a_goal_that_is_reached(as_, farrukh):
    me, by = as_("farrukh"), timezone.localdate() + timedelta(days=400)
    assert "Begin my plan" in read(me) and me.get(f"{HOME}goals/new/")["Location"] == f"{HOME}edit/"
    assert send(me, "edit/", currency="TJS", pay="5.000", is_nudged="on")["Location"] == HOME
    assert Plan.objects.get().pay == 5000 and Plan.objects.get().is_nudged and not Plan.objects.get().shows_pay
    assert "A course that pays back" in read(me)
    where = send(me, "goals/new/", **GOAL | {"target": "1 300 сомонӣ", "by": by.isoformat()})["Location"]
    goal = Goal.objects.get()
    assert where == f"{HOME}goals/{goal.uid}/" and goal.target == 1300 and not goal.is_shared
    assert "100 TJS a month for 13 months" in read(me, where)
    send(me, f"goals/{goal.uid}/save/", amount="٥٠٠", save="1")
    send(me, f"goals/{goal.uid}/save/", amount="110", take="1")
    page = read(me)
    assert "30% 390 TJS of 1,300 TJS" in page and "70 TJS a month" in page and "1% of your pay of 5,000 TJS" in page
    send(me, f"goals/{goal.uid}/save/", amount="910", save="1")
    assert "This goal is reached. Well done!" in read(me, where) and "Reached" in read(me)


def test_at_most_seven_queries(as_, plan, joined, django_assert_max_num_queries):
    """Session, person, plans, goals, steps, the share, whoever many goals there are."""
    for number in range(6):
        write_step(a_goal(plan, f"Goal {number}", is_shared=True), "Ask", None, plan.user)
    me = as_("farrukh")
    with django_assert_max_num_queries(7):
        assert "Goal 5" in read(me)


def test_a_skill_says_when_it_has_paid_for_itself(as_, plan):
    me = as_("farrukh")
    assert 'value="skill" selected' in me.get(f"{HOME}goals/new/?kind=skill").content.decode()
    skill = {"kind": "skill", "title": "Welding", "target": "30000", "monthly_gain": "12000"}
    where = send(me, "goals/new/", **skill)["Location"]
    page = me.get(where).content.decode()
    assert "after 3 months of better pay" in page and "/en/training/" in page and "/en/jobs/profile/skills/" in page
    send(me, f"{where.removeprefix(HOME)}edit/", **skill | {"kind": "home"})
    assert Goal.objects.get().monthly_gain is None and "More pay a month" not in read(me, where)


WRONG = [
    ({"target": "0"}, "more than zero"),
    ({"target": "-5"}, "more than zero"),
    ({"target": "1e15"}, "Write the sum in digits"),
    ({"target": "1000000000000000"}, "Look at the zeros"),
    ({"target": "15 000 dollars"}, "Write the sum in digits"),
    ({"target": "1\0"}, "Write the sum in digits"),
    ({"target": ""}, "Write the sum, for example"),
    ({"title": " "}, "This field is required."),
    ({"title": "Ж" * 81}, "at most 80 characters"),
    ({"kind": "nothing"}, "problems"),
    ({"by": "31.02.2027"}, "Write the day like this"),
    ({"by": "2020-01-01"}, "still to come"),
    ({"by": "9999-12-31"}, "still to come"),
    ({"kind": "skill", "monthly_gain": "much"}, "Write the sum in digits"),
]


def test_what_was_typed_is_kept_beside_what_to_do(as_, plan):
    me = as_("farrukh")
    for typed, sentence in WRONG:
        response = send(me, "goals/new/", **GOAL | typed)
        page = response.content.decode()
        assert response.status_code == 200 and sentence in page and not Goal.objects.exists(), typed
        assert all(value.strip("\0 ") in page for value in (GOAL | typed).values()), typed


def test_strange_addresses_and_forms(as_, plan, roof):
    me = as_("farrukh")
    assert me.get(f"{HOME}goals/new/?kind=%00&kind=x").status_code == 200
    assert me.get(f"{HOME}goals/{uuid4()}/").status_code == me.get(f"{HOME}{uuid4()}/").status_code == 404
    for amount, sentence in (("", "Write the sum, for example"), ("0", "more than zero"), ("1 somoni", "in digits")):
        assert sentence in text(send(me, f"goals/{roof.uid}/save/", amount=amount, save="1"))
    assert "This field is required." in text(send(me, f"goals/{roof.uid}/steps/", text=""))
    assert not Saving.objects.exists() and not PlanStep.objects.exists()


def test_a_form_sent_twice_counts_once(as_, plan, roof):
    me, form = as_("farrukh"), {"submission_key": str(uuid4()), "amount": "100", "save": "1"}
    for _time in range(2):
        assert me.post(f"{HOME}goals/{roof.uid}/save/", form).status_code == 302
    assert Saving.objects.get().amount == 100
    gone = {"submission_key": str(uuid4())}
    for _time in range(2):
        assert me.post(f"{HOME}goals/{roof.uid}/delete/", gone)["Location"] == HOME
    assert not Goal.objects.exists()


def test_no_more_is_taken_out_than_is_there(as_, roof, farrukh):
    put_aside(roof, Decimal(100), farrukh, timezone.localdate())
    response = send(as_("farrukh"), f"goals/{roof.uid}/save/", amount="100,01", take="1")
    assert response.status_code == 409 and "100 ₽" in text(response) and 'value="100,01"' in response.content.decode()
    put_aside(roof, Decimal(-100), farrukh, timezone.localdate())
    assert Goal.objects.with_saved().get().saved == 0


def test_steps(as_, roof):
    me, where = as_("farrukh"), f"{HOME}goals/{roof.uid}/"
    send(me, f"goals/{roof.uid}/steps/", text="Ask for prices", due_on="2030-01-01")
    step = PlanStep.objects.get()
    assert "Next: Ask for prices" in read(me)
    send(me, f"steps/{step.uid}/", done="1")
    step.refresh_from_db()
    assert step.done_at and "Next:" not in read(me) and "done" in read(me, where)
    send(me, f"steps/{step.uid}/", undone="1")
    step.refresh_from_db()
    assert step.done_at is None
    send(me, f"steps/{step.uid}/", delete="1")
    assert not PlanStep.objects.exists()


def test_other_money_only_while_no_sum_is_written(as_, plan, farrukh):
    keep_plan(farrukh, Terms("TJS"), timezone.now())
    a_goal(plan, "A new roof")
    response = send(as_("farrukh"), "edit/", currency="UZS", pay="7")
    assert response.status_code == 409 and "Your goals are written in this money: TJS" in text(response)
    assert Plan.objects.get().currency == "TJS" and Plan.objects.get().pay is None


def test_a_day_that_has_passed_stays_until_it_is_changed(as_, plan, roof):
    Goal.objects.update(by=timezone.localdate() - timedelta(days=3))
    me, by = as_("farrukh"), str(Goal.objects.get().by)
    assert "is still to come" in read(me) and "a month for" not in read(me)
    assert send(me, f"goals/{roof.uid}/edit/", **GOAL | {"by": by}).status_code == 302


def test_more_than_the_pay_is_said(as_, plan):
    a_goal(plan, "Too soon", 100_000, by=timezone.localdate())
    assert "It is more than your pay" in read(as_("farrukh"))


def test_deleted(as_, roof, farrukh):
    put_aside(roof, Decimal(5), farrukh, timezone.localdate())
    assert send(as_("farrukh"), "delete/")["Location"] == HOME
    assert not Plan.objects.exists() and not Saving.objects.exists()


def test_so_many_goals_and_no_more(plan, farrukh):
    for number in range(MOST):
        a_goal(plan, str(number))
    with pytest.raises(NotPossible):
        a_goal(plan, "one more")


def test_nobody_else_changes_anything(as_, cast, roof, reserve, farrukh, joined):
    """Aigul, who sees the roof, gets 403 there; of the rest nobody learns that it exists."""
    step, reserve_step = write_step(roof, "Ask", None, farrukh), write_step(reserve, "Wait", None, farrukh)
    forms = {"save/": {"amount": "1", "save": "1"}, "steps/": {"text": "x"}, "edit/": GOAL, "delete/": {}}
    for path, data in forms.items():
        assert send(as_("aigul"), f"goals/{roof.uid}/{path}", **data).status_code == 403, path
        assert send(as_("aigul"), f"goals/{reserve.uid}/{path}", **data).status_code == 404, path
        assert send(as_("dilnoza"), f"goals/{roof.uid}/{path}", **data).status_code == 404, path
    assert as_("aigul").get(f"{HOME}goals/{roof.uid}/edit/").status_code == 403
    assert send(as_("aigul"), f"steps/{step.uid}/", done="1").status_code == 403
    assert send(as_("aigul"), f"steps/{reserve_step.uid}/", done="1").status_code == 404
    assert send(as_("dilnoza"), f"steps/{step.uid}/", delete="1").status_code == 404
    assert send(as_("aigul"), "delete/").status_code == as_("aigul").get(f"{HOME}share/").status_code == 404
    wish, now, today = Wish("home", "Hers", Decimal(1)), timezone.now(), timezone.localdate()
    for act in (
        lambda by: delete_plan(joined, by),
        lambda by: write_goal(joined, wish, by, now),
        lambda by: change_goal(roof, wish, by),
        lambda by: delete_goal(roof, by),
        lambda by: put_aside(roof, Decimal(1), by, today),
        lambda by: write_step(roof, "x", None, by),
        lambda by: tick_step(step, True, by, now),
        lambda by: delete_step(step, by),
    ):
        for key in ("aigul", "dilnoza"):
            with pytest.raises(PermissionDenied):
                act(cast[key])
    assert Goal.objects.count() == PlanStep.objects.count() == 2 and not Saving.objects.exists()
