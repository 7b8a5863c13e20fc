"""What operators see and do: how banks' feeds stand, which rates are the banks' own, and what waits when a bank falls silent."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import timezone

from portal.money.models import DayRate, RateFeed
from portal.money.tasks import fetch_rates
from portal.money.waiting import for_operator

pytestmark = pytest.mark.django_db
FEEDS, RATES = "/admin/money/ratefeed/", "/admin/money/dayrate/"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture(autouse=True)
def _forgiving_templates(monkeypatch) -> None:
    """The admin's own page of a form with errors prints a variable that it does not have."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


def silent_for(bank: str, days: int | None) -> None:
    newest = None if days is None else timezone.localdate() - timedelta(days=days)
    RateFeed.objects.filter(pk=bank).update(asked_at=timezone.now(), newest_day=newest)


class TestWhatWaits:
    def test_nothing_while_all_speak_or_nobody_has_asked(self, server, today):
        silent_for("cbr", 3)
        assert for_operator(today) == []

    def test_the_bank_that_is_silent_longest(self, server, today):
        silent_for("cbr", 4)
        silent_for("nbt", 9)
        [item] = for_operator(today)
        assert (item.text, item.count) == ("National Bank of Tajikistan has given no rates for 9 days.", 2)
        silent_for("nbk", None)
        assert for_operator(today)[0].count == 3

    def test_a_bank_that_never_spoke(self, server, today):
        silent_for("cbu", None)
        assert for_operator(today)[0].text == "Central Bank of Uzbekistan has not given any rates yet."

    def test_not_of_a_bank_that_is_no_longer_asked(self, server, settings, today):
        silent_for("cbu", 30)
        settings.RATE_FEEDS["cbu"] = []
        assert for_operator(today) == []

    def test_on_the_operators_home_as_many_as_the_list_has(self, server, one_click, today):
        silent_for("cbr", 4)
        timur = one_click("timur")
        [item] = [
            item for section in timur.get("/en/").context["own"].sections for item in section.items if item.title == "Day rates are missing"
        ]
        page = timur.get(item.url)
        assert item.count == page.context["cl"].result_count == 1 and "Bank of Russia" in page.content.decode()


class TestFeeds:
    def test_an_operator_asks_at_once(self, server, one_click, today):
        server.today = today
        RateFeed.objects.update(ask_after=timezone.now() + timedelta(hours=8), failures=9)
        timur = one_click("timur")
        asked = timur.post(FEEDS, {"action": "ask", "_selected_action": ["cbr", "nbt"]}, follow=True)
        assert "A worker is asking them" in asked.content.decode()
        fetch_rates()  # as the worker does that hears of it
        assert {*RateFeed.objects.exclude(newest_day=None).values_list("bank", flat=True)} == {"cbr", "nbt"}
        page = timur.get(f"{FEEDS}cbr/change/").content.decode()
        assert "/cbr?date_req=" in page and timur.post(f"{FEEDS}cbr/change/", {"bank": "nbk"}).status_code == 403
        assert timur.get(f"{FEEDS}add/").status_code == 403 and timur.post(f"{FEEDS}cbr/delete/", {"post": "yes"}).status_code == 403

    def test_where_no_address_is_set_nobody_is_asked(self, one_click):
        RateFeed.objects.update(ask_after=timezone.now())
        page = one_click("timur").post(FEEDS, {"action": "ask", "_selected_action": ["cbr"]}, follow=True).content.decode()
        assert "No address is set, so nobody is asked: Bank of Russia." in page and "A worker is" not in page
        assert RateFeed.objects.filter(ask_after=None).count() == 0

    def test_an_editor_does_not(self, one_click):
        elena = one_click("elena")
        assert elena.get(FEEDS).status_code == elena.get(RATES).status_code == 403
        assert elena.post(FEEDS, {"action": "ask", "_selected_action": ["cbr"]}).status_code == 403


class TestRates:
    @pytest.fixture
    def typed(self, today) -> dict[str, str]:
        return {"day": f"{today}", "base": "RUB", "currency": "TJS", "rate": "0.1068", "nominal": "1", "source": "A newspaper"}

    def test_what_a_bank_does_not_give_can_be_typed_and_put_right(self, one_click, typed):
        timur = one_click("timur")
        assert timur.post(f"{RATES}add/", typed).status_code == 302
        rate = DayRate.objects.get(source="A newspaper")
        assert timur.post(f"{RATES}{rate.pk}/change/", typed | {"rate": "0.1070", "is_demo": "on"}).status_code == 302
        rate.refresh_from_db()
        assert (rate.rate, rate.is_demo, rate.fetched_at) == (Decimal("0.107"), False, None)

    def test_what_a_bank_has_said_is_nobodys_to_change(self, one_click, typed, today):
        rate = DayRate.objects.create(day=today, base="RUB", currency="TJS", rate="0.01068", source="A bank", fetched_at=timezone.now())
        timur = one_click("timur")
        assert ">0.01068<" in timur.get(RATES).content.decode().replace("\n", "").replace(" ", "")
        page = f"{RATES}{rate.pk}/change/"
        assert timur.get(page).status_code == 200 and timur.post(page, typed).status_code == 403
        assert "already exists" in timur.post(f"{RATES}add/", typed).content.decode()
        assert timur.post(f"{RATES}{rate.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_a_slip_of_the_pen_is_told(self, one_click, typed, today):
        timur = one_click("timur")
        for slip, says in [
            ({"rate": "0"}, "A rate is more than zero and under a million."),
            ({"rate": "1000000"}, "A rate is more than zero and under a million."),
            ({"rate": "1e15"}, "Ensure that there are no more than"),
            ({"base": "TJS"}, "A rate is between two different currencies."),
            ({"day": f"{today + timedelta(days=1)}"}, "This day is still to come."),
            ({"nominal": "-5"}, "greater than or equal to 0"),
            ({"source": ""}, "required"),
        ]:
            assert says in timur.post(f"{RATES}add/", typed | slip).content.decode(), slip
        assert not DayRate.objects.filter(base="RUB").exists()
