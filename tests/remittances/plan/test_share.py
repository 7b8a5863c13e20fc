"""One of the family looks: by a code, at what is shared, until either ends it."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.accounts.erase import erase_everything
from portal.accounts.export import export_everything
from portal.outbox.models import Message
from remittances.models import Goal, Plan, PlanShare
from remittances.plan.hold import NotPossible
from remittances.plan.keep_plan import Terms, keep_plan
from remittances.plan.put_aside import put_aside
from remittances.plan.share_plan import end_share, join_plan, share_plan
from remittances.plan.write_step import write_step
from tests.matching.test_seats import at_once
from tests.remittances.page import text_of
from tests.remittances.plan.conftest import a_goal, send

HOME = "/en/money/plan/"


def read(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return text_of(response.content.decode())


@pytest.mark.django_db
class TestSharing:
    def test_from_the_code_to_the_end(self, as_, cast, plan, roof, reserve, farrukh):
        me, she = as_("farrukh"), as_("aigul")
        write_step(roof, "Ask for prices", None, farrukh)
        put_aside(roof, Decimal(400), farrukh, timezone.localdate())
        form = {"submission_key": str(uuid4())}
        answer = me.post(f"{HOME}share/", form)
        [code] = re.findall(r'<p class="big">(.*?)</p>', answer.content.decode())
        assert len(code.replace(" ", "")) == 8 and code.replace(" ", "") not in str(PlanShare.objects.values().get())
        assert me.post(f"{HOME}share/", form)["Location"] == f"{HOME}share/"  # the same form again makes no other code
        assert code not in read(me, f"{HOME}share/") and PlanShare.objects.count() == 1
        where = send(she, "join/", code=f" {code.lower()} ")["Location"]
        assert where == f"{HOME}{plan.uid}/" and "The plan of my family" in read(she, HOME)
        page = read(she, where)
        assert "A new roof" in page and "40%" in page and "Ask for prices" in page
        assert "For bad days" not in page and "91,000" not in page and "Pay a month" not in page
        goal = read(she, f"{HOME}goals/{roof.uid}/")
        assert "Ask for prices" in goal and "Put aside" not in goal and "Next step" not in goal and "Delete" not in goal
        assert she.get(f"{HOME}goals/{reserve.uid}/").status_code == as_("dilnoza").get(where).status_code == 404
        assert read(me, where).count("A new roof") == 1 and "For bad days" not in read(me, where)  # as she sees it
        assert send(she, f"{plan.uid}/end/")["Location"] == HOME
        assert she.get(where).status_code == she.get(f"{HOME}goals/{roof.uid}/").status_code == 404
        assert not PlanShare.objects.exists() and not Message.objects.exclude(purpose="sign_in").exists()
        assert send(she, f"{plan.uid}/end/").status_code == 404

    def test_pay_only_when_ticked_nor_any_part_of_it(self, as_, plan, joined, farrukh):
        Goal.objects.create(
            plan=plan, kind="home", title="Roof", target=9100, by=timezone.localdate(), is_shared=True, created_at=timezone.now()
        )
        Goal.objects.create(plan=plan, kind="home", title="Own", target=777, by=timezone.localdate(), created_at=timezone.now())
        she, where = as_("aigul"), f"{HOME}{plan.uid}/"
        page = read(she, where)
        assert "9,100 ₽" in page and "9,877" not in page and "91,000" not in page and "10%" not in page
        keep_plan(farrukh, Terms("RUB", Decimal(91_000), shows_pay=True), timezone.now())
        assert "91,000 ₽" in read(she, where)
        keep_plan(farrukh, Terms("RUB", Decimal(91_000)), timezone.now())
        assert "91,000 ₽" not in read(she, where)

    def test_nor_what_a_course_adds_to_it(self, as_, plan, joined, farrukh):
        course = a_goal(plan, "Welding", kind="skill", monthly_gain=Decimal(333), is_shared=True)
        where, she = f"{HOME}goals/{course.uid}/", as_("aigul")
        page = read(she, where)
        assert "Welding" in page and "333" not in page and "better pay" not in page and "333 ₽" in read(as_("farrukh"), where)
        keep_plan(farrukh, Terms("RUB", Decimal(91_000), shows_pay=True), timezone.now())
        assert "333 ₽" in read(she, where)

    def test_a_goal_that_is_no_longer_shared_is_gone_at_once(self, as_, roof, joined):
        Goal.objects.update(is_shared=False)
        assert as_("aigul").get(f"{HOME}goals/{roof.uid}/").status_code == 404
        assert "No goal is shared yet" in read(as_("aigul"), f"{HOME}{joined.uid}/")

    def test_the_owner_ends_it_and_nobody_else(self, as_, cast, joined, aigul, farrukh):
        assert send(as_("dilnoza"), f"{joined.uid}/end/").status_code == 404
        with pytest.raises(PermissionDenied):
            end_share(joined, cast["dilnoza"])
        with pytest.raises(NotPossible):
            share_plan(joined, farrukh, timezone.now())
        assert "One plan is for one other person" in send(as_("farrukh"), "share/").content.decode()
        assert send(as_("farrukh"), f"{joined.uid}/end/")["Location"] == f"{HOME}share/"
        end_share(joined, farrukh)  # twice is once
        assert as_("aigul").get(f"{HOME}{joined.uid}/").status_code == 404 and not Message.objects.exclude(purpose="sign_in").exists()
        with pytest.raises(PermissionDenied):
            end_share(joined, aigul)

    def test_which_codes_open_nothing(self, cast, plan, farrukh, aigul):
        now = timezone.now()
        first, second = share_plan(plan, farrukh, now), share_plan(plan, farrukh, now)
        for code, by, at in (
            (first, aigul, now),
            (second, farrukh, now),
            (second, aigul, now + timedelta(days=7)),
            ("ABCD2345", aigul, now),
        ):
            with pytest.raises(NotPossible):
                join_plan(code, by, at)
        with pytest.raises(PermissionDenied):
            share_plan(plan, aigul, now)
        join_plan(second, aigul, now)
        with pytest.raises(NotPossible):
            join_plan(second, cast["dilnoza"], now)
        hers = keep_plan(cast["dilnoza"], Terms("UZS"), now)
        with pytest.raises(NotPossible):
            join_plan(share_plan(hers, cast["dilnoza"], now), aigul, now)
        assert list(Plan.objects.visible_to(aigul)) == [plan]

    def test_what_is_typed_wrong_and_too_often(self, as_, cast, plan):
        she = as_("aigul")
        for typed, sentence in (
            ("", "This field is required."),
            ("K7M\0", "Null characters"),
            ("Ж" * 30, "at most 20"),
        ):
            response = send(she, "join/", code=typed)
            assert response.status_code == 200 and sentence in response.content.decode(), typed
        answers = [send(she, "join/", code="ABCD2345") for _guess in range(11)]
        assert [answer.status_code for answer in answers] == [409] * 10 + [429]
        assert all('value="ABCD2345"' in answer.content.decode() for answer in answers)

    def test_export_and_erasing_either(self, as_, cast, plan, roof, joined, aigul, farrukh):
        put_aside(roof, Decimal(400), farrukh, timezone.localdate())
        told, hers = export_everything(farrukh), export_everything(aigul)
        assert told["My money plan"][0]["Pay a month"] == 91_000 and told["Your goals"][0]["Goal"] == "A new roof (home or repair)"
        assert (
            "400.00" in told["Your goals"][0]["Put aside so far"][0]
            and told["My money plan"][0]["One person sees the goals that you share."]
        )
        assert hers["Your goals"] == [] and hers["The plan of my family"][0]["Day"] and "roof" not in str(hers)
        erase_everything(aigul, timezone.now())
        assert Plan.objects.exists() and not PlanShare.objects.exists()
        dilnoza = cast["dilnoza"]
        join_plan(share_plan(plan, farrukh, timezone.now()), dilnoza, timezone.now())
        erase_everything(farrukh, timezone.now())
        assert not Plan.objects.exists() and as_("dilnoza").get(f"{HOME}{plan.uid}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_one_code_at_once_by_two_and_two_codes_by_one(cast, plan, farrukh, aigul):
    now, dilnoza = timezone.now(), cast["dilnoza"]

    def joining(code, by):
        def join():
            try:
                return join_plan(code, by, now)
            except NotPossible as refusal:
                return str(refusal)

        return join

    code = share_plan(plan, farrukh, now)
    outcomes = at_once(joining(code, aigul), joining(code, dilnoza))
    assert sum(outcome == plan for outcome in outcomes) == 1 and PlanShare.objects.going_on().count() == 1
    end_share(plan, farrukh)
    other = keep_plan(dilnoza, Terms("UZS"), now)
    outcomes = at_once(joining(share_plan(plan, farrukh, now), aigul), joining(share_plan(other, dilnoza, now), aigul))
    assert sum(isinstance(outcome, Plan) for outcome in outcomes) == 1
    assert PlanShare.objects.going_on().filter(member=aigul).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_goal_deleted_on_two_phones_at_once(as_, roof):
    phones = [as_("farrukh"), as_("farrukh")]
    answers = at_once(*(lambda phone=phone: send(phone, f"goals/{roof.uid}/delete/").status_code for phone in phones))
    assert sorted(answers) == [302, 404] and not Goal.objects.exists()
