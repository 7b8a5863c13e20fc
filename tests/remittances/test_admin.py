"""Operators write down prices; others do not, and a slip of the pen is told."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.template import engines

from portal.accounts.groups import GROUPS, permissions
from portal.money.models import DayRate
from remittances.models import ListingEvent, Quote, TransferProvider, TransferService

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
ADD = "/admin/remittances/quote/add/"
BANDS = {"bands-TOTAL_FORMS": "0", "bands-INITIAL_FORMS": "0"}
MODELS = ["quote", "transferservice", "transferprovider", "providerhit", "listingevent"]
State = Quote.State


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
    return BANDS | {
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


def test_an_operator_writes_down_a_price_with_its_table_of_fees(one_click, typed, service, cast):
    band = {"bands-TOTAL_FORMS": "1", "bands-0-above": "50000", "bands-0-fee_fixed": "99", "bands-0-fee_percent": "0"}
    response = one_click("timur").post(ADD, typed | band | {"is_demo": "on", "state": "held"})
    assert response.status_code == 302
    quote = Quote.objects.get()
    assert (quote.service, quote.rate, quote.fee_percent, quote.is_demo) == (service, Decimal("158.5"), 1, False)
    assert (quote.state, quote.observed_by, quote.bands.get().fee_fixed) == (State.ACCEPTED, cast["timur"], 99)


def test_an_operator_is_told_that_the_source_is_public(one_click):
    """Page and API print it; who wrote a price down stands in the console alone."""
    assert "Everybody reads this: write no person" in one_click("timur").get(ADD).content.decode()


SLIPS = [
    ({"rate": "0.0063"}, "turned upside down, or is a zero missing"),
    ({"rate": "1585"}, "1 RUB = 160 UZS"),
    ({"rate": "0"}, "A rate is more than zero"),
    ({"rate": "-158.5"}, "A rate is more than zero"),
    ({"fee_percent": "51"}, "A fee is not below zero, and at most 50 per cent."),
    ({"fee_fixed": "-1"}, "A fee is not below zero"),
    ({"observed_on": "tomorrow"}, "Enter a valid date"),
    ({"observed_on": "0001-01-01"}, "Look at the year"),
    ({"source": ""}, "required"),
]


def test_a_slip_of_the_pen_is_told(one_click, typed):
    timur = one_click("timur")
    for slip, says in SLIPS:
        assert says in errors(timur.post(ADD, typed | slip)), slip
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
    assert Quote.objects.get().state == State.ACCEPTED


def test_an_operators_strange_price_waits_too_and_is_not_changed_meanwhile(one_click, typed):
    timur = one_click("timur")
    response = timur.post(ADD, typed | {"fee_percent": "35"}, follow=True)
    quote = Quote.objects.get()
    assert quote.state == State.HELD and "more than 30%" in quote.held_because
    assert "Another person looks at this price first" in response.content.decode()
    page = f"/admin/remittances/quote/{quote.pk}/change/"
    assert timur.get(page).status_code == 200 and timur.post(page, typed).status_code == 403


def test_an_accepted_price_is_put_right(one_click, typed, service, quote, cast):
    wrong = quote("Kind", "158", pair="RU-UZ", pay_out="cash", fee_fixed="5")
    page = f"/admin/remittances/quote/{wrong.pk}/change/"
    assert one_click("timur").post(page, typed | {"fee_fixed": "50"}).status_code == 302
    wrong.refresh_from_db()
    assert (wrong.fee_fixed, wrong.state, wrong.observed_by) == (50, State.ACCEPTED, cast["timur"])


def test_a_service_shows_its_prices_and_why_it_is_listed(one_click, service, today, cast, quote):
    quote("Kind", "158", pair="RU-UZ", pay_out="cash", source="A window in Kazan")
    ListingEvent.objects.create(service=service, is_listed=False, reason="Not asked for", by=cast["timur"], at="2031-03-14T10:00Z")
    page = f"/admin/remittances/transferservice/{service.pk}/change/"
    timur = one_click("timur")
    html = timur.get(page).content.decode()
    assert "A window in Kazan" in html and "Not asked for" in html
    assert f"/admin/remittances/listingevent/add/?service={service.pk}" in html and 'name="is_listed"' not in html


def test_a_listed_service_keeps_its_licence(one_click, service):
    TransferService.objects.update(is_listed=True, licence="17", licence_source="https://example.org")
    page = f"/admin/remittances/transferservice/{service.pk}/change/"
    typed = {"provider": service.provider_id, "sends_from": "RU", "sends_to": "UZ", "pay_in": "card", "pay_out": "cash", "minutes": "9"}
    typed |= {"payout_currency": "UZS", "identity": "passport"}
    typed |= {f"{rows}-{which}_FORMS": "0" for rows in ("quotes", "listing_events") for which in ("TOTAL", "INITIAL")}
    timur = one_click("timur")
    assert "Take it off the list first" in errors(timur.post(page, typed))
    assert timur.post(page, typed | {"licence": "18", "licence_source": "https://example.org/18"}).status_code == 302
    service.refresh_from_db()
    assert (service.is_listed, service.licence, service.minutes) == (True, "18", 9)
    elsewhere = {"licence": "18", "licence_source": "https://example.org/18", "sends_to": "TJ", "payout_currency": "TJS"}
    assert timur.post(page, typed | elsewhere).status_code == 302
    service.refresh_from_db()
    assert (service.sends_to_id, service.payout_currency) == ("UZ", "UZS")  # its prices are of this way
    TransferService.objects.update(is_listed=False)
    assert timur.post(page, typed | elsewhere).status_code == 302
    service.refresh_from_db()
    assert (service.sends_to_id, service.payout_currency) == ("TJ", "TJS")


def test_a_service_sends_from_work_to_home(one_click, service):
    response = one_click("timur").get("/admin/remittances/transferservice/add/")
    fields = response.context["adminform"].form.fields
    assert {country.pk for country in fields["sends_from"].queryset} == {"RU", "KZ"}
    assert {country.pk for country in fields["sends_to"].queryset} == {"TJ", "KG", "UZ"}


def test_operators_see_the_lists(one_click, service):
    timur = one_click("timur")
    assert [timur.get(f"/admin/remittances/{model}/").status_code for model in MODELS] == [200] * len(MODELS)


@pytest.mark.parametrize("who", ["elena", "manizha", "farrukh", "ildar"])
def test_others_do_not(one_click, typed, who):
    client = one_click(who)
    assert {client.get(f"/admin/remittances/{model}/").status_code for model in MODELS} <= {302, 403}
    client.post(ADD, typed)
    assert not Quote.objects.exists()


def test_nobody_deletes_what_was_seen(db):
    """Taking a service off the list is enough; its prices stay as a record."""
    granted = {row.pk for group in GROUPS.values() for scope, actions in group.items() for row in permissions(scope, actions)}
    for model in MODELS:
        assert Permission.objects.get(codename=f"delete_{model}").pk not in granted


def test_collectors_who_are_staff_add_nothing_here(one_click, typed, cast):
    cast["elena"].user_permissions.add(Permission.objects.get(codename="add_quote"))
    assert one_click("elena").post(ADD, typed).status_code == 403 and not Quote.objects.exists()
