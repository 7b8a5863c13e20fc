"""Being told once that a way home has become cheap: who may keep an alert, when it speaks, and when it is quiet."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from portal.accounts.models import User
from portal.outbox.models import Message
from remittances.alerts.set_alert import set_alert
from remittances.alerts.tell_cheap import cheapest, tell_of_cheap_ways
from remittances.models import PriceAlert, TransferService
from tests.remittances.page import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
PAGE = "/en/money/alerts/"


@pytest.fixture
def person(db) -> User:
    return User.objects.create_user(phone="+992900000071", language="en")


@pytest.fixture
def own(client, person):
    client.force_login(person)
    return client


def form(**changes: str) -> dict[str, str]:
    return {"submission_key": str(uuid4()), "sends_from": "RU", "sends_to": "TJ", "below": "1,5 %"} | changes


class TestTelling:
    def at(self, person, below: str) -> PriceAlert:
        return set_alert(person, "RU", "TJ", Decimal(below), timezone.now())

    def told(self, hours: int = 0) -> int:
        return tell_of_cheap_ways(timezone.now() + timedelta(hours=hours))

    def test_once_and_again_only_after_it_has_been_above(self, quote, person):
        kind = quote("Kind", "0.1240")  # 0.8 per cent
        self.at(person, "0.8")
        assert self.told() == 0, "not under it"
        alert = self.at(person, "0.81")
        assert (self.told(), self.told(), self.told(1)) == (1, 0, 0)
        message = Message.objects.get(channel="app")
        assert message.link == "money/?from=RU&to=TJ" and message.body.startswith("Russia → Tajikistan: the cheapest service now")
        kind.rate = Decimal("0.1239")
        kind.save(update_fields=["rate"])
        assert self.told() == 0
        alert.refresh_from_db()
        assert alert.is_below is False and alert.told_at is not None
        kind.rate = Decimal("0.1241")
        kind.save(update_fields=["rate"])
        assert (self.told(2), self.told(2)) == (1, 0)

    def test_only_a_listed_fresh_usual_price_of_this_way_counts(self, quote, person, today):
        self.at(person, "1")
        quote("Promotion", "0.1250", is_promotion=True)
        quote("Old", "0.1250", seen=8)
        quote("Hidden", "0.1250", listed=False)
        quote("Elsewhere", "0.0200", pair="KZ-TJ")
        quote("Small", "0.1250", pay_in="cash")
        TransferService.objects.filter(provider__name="Small").update(most=15_000)  # 200 dollars are 16 000 roubles
        assert (cheapest("RU", "TJ", today), self.told()) == (None, 0)
        quote("Dear", "0.1200")
        assert (cheapest("RU", "TJ", today), self.told()) == (4, 0)
        TransferService.objects.filter(provider__name="Hidden").update(is_listed=True)
        assert (cheapest("RU", "TJ", today), self.told()) == (0, 1)

    def test_without_a_known_cost_nothing_changes(self, quote, person):
        alert = self.at(person, "1")
        quote("Kind", "0.1250")
        assert self.told() == 1
        TransferService.objects.update(is_listed=False)
        assert self.told() == 0
        alert.refresh_from_db()
        assert alert.is_below is True

    def test_the_same_per_cent_again_tells_nobody_twice_and_somebody_who_is_gone_hears_nothing(self, quote, person):
        quote("Kind", "0.1240")
        self.at(person, "1")
        assert self.told() == 1
        self.at(person, "1")
        assert self.told() == 0
        self.at(person, "2")
        User.objects.update(is_active=False)
        assert self.told() == 0


@pytest.mark.django_db(transaction=True)
def test_an_alert_that_another_worker_holds_is_passed_over(fresh_db, rates, quote):
    person = User.objects.create_user(phone="+992900000072", language="en")
    quote("Kind", "0.1240")
    alert = set_alert(person, "RU", "TJ", Decimal(1), timezone.now())
    other = connections["default"].copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM remittances_pricealert WHERE id = %s FOR UPDATE", [alert.pk])
        assert tell_of_cheap_ways(timezone.now()) == 0
        other.rollback()
        assert tell_of_cheap_ways(timezone.now()) == 1
    finally:
        other.close()


class TestPage:
    def test_make_change_and_delete(self, own, person, quote):
        quote("Kind", "0.1240")
        html = own.get(f"{PAGE}?from=RU&to=TJ").content.decode()
        assert "Russia → Tajikistan: the cheapest service costs 0.8% today." in text_of(html)
        sent = form()
        for _twice in range(2):
            assert own.post(PAGE, sent).headers["Location"] == PAGE
        alert = PriceAlert.objects.get()
        assert (alert.user, alert.below) == (person, Decimal("1.5"))
        html = own.get(f"{PAGE}?from=RU&to=TJ").content.decode()
        assert "Russia → Tajikistan: under 1.5%" in text_of(html) and 'value="1.50"' in html
        own.post(PAGE, form(below="2"))
        assert PriceAlert.objects.get().below == 2
        for _twice in range(2):
            assert own.post(f"{PAGE}{alert.pk}/delete/").headers["Location"] == PAGE
        assert not PriceAlert.objects.exists()

    def test_a_visitor_is_asked_to_sign_in_and_somebody_elses_is_not_there(self, client, own, person):
        stranger = User.objects.create_user(phone="+992900000073")
        alert = set_alert(stranger, "RU", "TJ", Decimal(3), timezone.now())
        assert "under 3%" not in text_of(own.get(PAGE).content.decode())
        assert own.post(f"{PAGE}{alert.pk}/delete/").status_code == 404
        client.logout()
        for answer in (client.get(PAGE), client.post(PAGE, form()), client.post(f"{PAGE}{alert.pk}/delete/")):
            assert answer.status_code == 302 and "/sign-in/" in answer.headers["Location"]
        assert PriceAlert.objects.get() == alert

    @pytest.mark.parametrize("typed", ["0", "-5", "1e15", "20,01", "15 000,50", "0,005", "abc", "", "\x00", "NaN", "9" * 200])
    def test_a_per_cent_that_is_none(self, own, typed):
        response = own.post(PAGE, form(below=typed))
        assert response.status_code == 400 and not PriceAlert.objects.exists()
        assert "Write a number above 0 and at most 20" in text_of(response.content.decode())

    @pytest.mark.parametrize("typed", ["١٫٥", "1.5", "1,50%"])
    def test_a_per_cent_as_people_write_it(self, own, typed):
        own.post(PAGE, form(below=typed))
        assert PriceAlert.objects.get().below == Decimal("1.5")

    def test_a_way_that_is_none(self, own):
        response = own.post(PAGE, form(sends_to="RU"))
        assert response.status_code == 400 and "Choose where you send from and where your family is." in response.content.decode()
