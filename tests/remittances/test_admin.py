"""Operators write down prices; others do not, and a slip of the pen is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.template import engines

from portal.accounts.groups import GROUPS, permissions
from portal.money.models import DayRate
from remittances.models import Quote, TransferProvider, TransferService

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
ADD = "/admin/remittances/quote/add/"


@pytest.fixture(autouse=True)
def _forgiving_templates(monkeypatch) -> None:
    """The admin's own page of a form with errors prints a variable that it does not have."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture
def service() -> TransferService:
    provider = TransferProvider.objects.create(slug="kind", name="Kind")
    return TransferService.objects.create(
        provider=provider, sends_from_id="RU", sends_to_id="UZ", pay_in="card", pay_out="cash", payout_currency="UZS", minutes=5
    )


@pytest.fixture
def typed(service, today) -> dict[str, str]:
    return {
        "service": str(service.pk),
        "fee_fixed": "0",
        "fee_percent": "1",
        "fee_added": "on",
        "rate": "158.5",
        "observed_on": today.isoformat(),
        "source": "Kind's own page",
    }


def errors(response) -> str:
    form = response.context["adminform"].form
    return " ".join(str(message) for messages in form.errors.values() for message in messages)


def test_an_operator_writes_down_a_price(one_click, typed, service):
    response = one_click("timur").post(ADD, typed)
    assert response.status_code == 302
    quote = Quote.objects.get()
    assert (quote.service, quote.rate, quote.fee_percent, quote.is_demo) == (service, Decimal("158.5"), 1, False)


def test_an_operator_is_told_that_the_source_is_public(one_click):
    """Page and API print it; who wrote a price down stands in the admin's own history."""
    assert "Everybody reads this: write no person" in one_click("timur").get(ADD).content.decode()


def test_nobody_makes_a_price_of_the_demo_by_hand(one_click, typed):
    one_click("timur").post(ADD, typed | {"is_demo": "on"})
    assert Quote.objects.get().is_demo is False


@pytest.mark.parametrize(
    ("slip", "says"),
    [
        ({"rate": "0.0063"}, "turned upside down, or is a zero missing"),
        ({"rate": "1585"}, "1 RUB = 160 UZS"),
        ({"rate": "0"}, "A rate is more than zero"),
        ({"rate": "-158.5"}, "A rate is more than zero"),
        ({"fee_percent": "51"}, "A fee is not below zero, and at most 50 per cent."),
        ({"fee_fixed": "-1"}, "A fee is not below zero"),
        ({"observed_on": "tomorrow"}, "Enter a valid date"),
        ({"observed_on": "0001-01-01"}, "Look at the year"),
        ({"source": ""}, "required"),
    ],
)
def test_a_slip_of_the_pen_is_told(one_click, typed, slip, says):
    response = one_click("timur").post(ADD, typed | slip)
    assert response.status_code == 200
    assert says in errors(response)
    assert not Quote.objects.exists()


def test_a_price_of_tomorrow_and_a_second_one_of_a_day_are_refused(one_click, typed, today):
    timur = one_click("timur")
    assert "still to come" in errors(timur.post(ADD, typed | {"observed_on": (today + timedelta(days=1)).isoformat()}))
    timur.post(ADD, typed)
    assert "already exists" in errors(timur.post(ADD, typed | {"rate": "158"}))
    assert Quote.objects.count() == 1


def test_without_a_middle_rate_any_rate_is_taken(one_click, typed, service):
    TransferService.objects.update(payout_currency="USD", sends_from="KZ")
    DayRate.objects.filter(currency="KZT").delete()
    one_click("timur").post(ADD, typed)
    assert Quote.objects.count() == 1


def test_prices_beside_their_service_are_checked_too(one_click, service, today):
    page = f"/admin/remittances/transferservice/{service.pk}/change/"
    form = {
        "provider": service.provider_id,
        "sends_from": "RU",
        "sends_to": "UZ",
        "pay_in": "card",
        "pay_out": "cash",
        "payout_currency": "UZS",
        "minutes": "5",
        "is_listed": "on",
        "quotes-TOTAL_FORMS": "1",
        "quotes-INITIAL_FORMS": "0",
        "quotes-MIN_NUM_FORMS": "0",
        "quotes-MAX_NUM_FORMS": "1000",
        "quotes-0-service": service.pk,
        "quotes-0-observed_on": today.isoformat(),
        "quotes-0-rate": "0.00625",
        "quotes-0-fee_fixed": "0",
        "quotes-0-fee_percent": "0",
        "quotes-0-source": "A window in Kazan",
    }
    timur = one_click("timur")
    assert "turned upside down" in timur.post(page, form).content.decode()
    assert not Quote.objects.exists()
    assert timur.post(page, form | {"quotes-0-rate": "158.5"}).status_code == 302
    assert Quote.objects.get().service == service
    assert timur.get(page).status_code == 200


def test_a_strange_price_of_before_keeps_nobody_from_taking_a_service_off(one_click, service, today):
    quotes = [
        Quote.objects.create(service=service, rate=Decimal(10), observed_on=today - timedelta(days=days), source="A window")
        for days in range(3)
    ]
    form = {
        "provider": service.provider_id,
        "sends_from": "RU",
        "sends_to": "UZ",
        "pay_in": "card",
        "pay_out": "cash",
        "payout_currency": "UZS",
        "minutes": "5",
        "quotes-TOTAL_FORMS": "3",
        "quotes-INITIAL_FORMS": "3",
        "quotes-MIN_NUM_FORMS": "0",
        "quotes-MAX_NUM_FORMS": "1000",
    }
    for place, quote in enumerate(quotes):
        form |= {
            f"quotes-{place}-id": quote.pk,
            f"quotes-{place}-service": service.pk,
            f"quotes-{place}-observed_on": quote.observed_on.isoformat(),
            f"quotes-{place}-rate": "10.00000000",
            f"quotes-{place}-fee_fixed": "0.00",
            f"quotes-{place}-fee_percent": "0.00",
            f"quotes-{place}-fee_added": "on",
            f"quotes-{place}-source": "A window",
        }
    page = f"/admin/remittances/transferservice/{service.pk}/change/"
    timur = one_click("timur")
    assert "turned upside down" in timur.post(page, form | {"quotes-0-rate": "11"}).content.decode()
    assert timur.post(page, form).status_code == 302
    service.refresh_from_db()
    assert service.is_listed is False


def test_a_service_sends_from_work_to_home(one_click, service):
    response = one_click("timur").get("/admin/remittances/transferservice/add/")
    fields = response.context["adminform"].form.fields
    assert {country.pk for country in fields["sends_from"].queryset} == {"RU", "KZ"}
    assert {country.pk for country in fields["sends_to"].queryset} == {"TJ", "KG", "UZ"}


@pytest.mark.parametrize("model", ["quote", "transferservice", "transferprovider"])
class TestWho:
    def test_operators_see_the_list(self, one_click, service, model):
        assert one_click("timur").get(f"/admin/remittances/{model}/").status_code == 200

    @pytest.mark.parametrize("who", ["elena", "manizha", "farrukh", "ildar"])
    def test_others_do_not(self, one_click, typed, who, model):
        client = one_click(who)
        assert client.get(f"/admin/remittances/{model}/").status_code in (302, 403)
        client.post(ADD, typed)
        assert not Quote.objects.exists()

    def test_nobody_deletes_what_was_seen(self, model):
        """Taking a service off the list is enough; its prices stay as a record."""
        holders = [name for name, rights in GROUPS.items() for scope in rights if scope.split(".")[0] == "remittances"]
        assert holders == ["operators"]
        granted = {permission.pk for scope, actions in GROUPS["operators"].items() for permission in permissions(scope, actions)}
        assert Permission.objects.get(codename=f"delete_{model}").pk not in granted
