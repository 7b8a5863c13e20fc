"""A service stands on the list by an operator's word, with a licence and against all lists; off it, it is nowhere."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.template import engines
from django.utils import timezone

from portal.organisations.models import SanctionEntry
from remittances.listing import NotListable, list_service, unlist_service
from remittances.models import ListingEvent, ProviderHit, TransferService

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
LICENCE = {"licence": "No. 17, Bank of Russia", "licence_source": "https://example.org/register"}


@pytest.fixture
def service(quote) -> TransferService:
    """Not on the list, with a price of today and a licence."""
    found: TransferService = quote("Kind", "0.1225", listed=False).service
    TransferService.objects.update(**LICENCE)
    found.refresh_from_db()
    return found


@pytest.fixture
def lists(today) -> None:
    """All three, of yesterday; none of them has anybody of ours."""
    for code in SanctionEntry.List:
        SanctionEntry.objects.create(
            list=code,
            reference=f"{code}-1",
            kind="entity",
            name="X",
            names=["X Y"],
            folded=["x y"],
            generated_on=today - timedelta(days=1),
        )


def refusal(service: TransferService, by, reason="Looked up", days=0, **changes) -> str:
    """Of a listing under a licence looked up so many days from today."""
    TransferService.objects.update(**LICENCE | {"licence_valid_to": None} | changes)
    with pytest.raises(NotListable) as refused:
        list_service(service, reason, timezone.localdate() + timedelta(days=days), by=by, now=timezone.now())
    assert not TransferService.objects.get(pk=service.pk).is_listed and not ListingEvent.objects.exists()
    return str(refused.value)


def test_what_is_in_the_way(service, lists, cast, today):
    timur = cast["timur"]
    assert refusal(service, timur, reason=" \n") == "Write the reason."
    assert "register says so" in refusal(service, timur, licence="") and "register says so" in refusal(service, timur, licence_source="")
    assert "ended on" in refusal(service, timur, licence_valid_to=today - timedelta(days=1))
    assert "a day to come" in refusal(service, timur, days=1)
    entry = SanctionEntry.objects.get(list="eu")
    SanctionEntry.objects.filter(pk=entry.pk).update(name="KIND", names=["KIND"], folded=["kind"])
    assert "European Union, KIND" in refusal(service, timur)
    assert ProviderHit.objects.get().verdict == ""  # found on the way, and kept
    entry.delete()
    said = refusal(service, timur)
    assert "Import the sanctions lists first: European Union." in said and f"United Nations of {today - timedelta(days=1)}" in said
    SanctionEntry.objects.all().delete()
    assert "Imported are: none." in refusal(service, timur)


def test_only_operators(service, lists, cast, today):
    for key in ("elena", "manizha", "farrukh"):
        with pytest.raises(PermissionDenied):
            list_service(service, "x", today, by=cast[key], now=timezone.now())
        with pytest.raises(PermissionDenied):
            unlist_service(service, "x", by=cast[key], now=timezone.now())


def test_on_the_list_and_off_it_again(service, lists, cast, today, client):
    page, quotes = "/en/money/?from=RU&to=TJ", "/api/v1/quotes/?from=RU&to=TJ"
    assert "Kind" not in client.get(page).content.decode()
    now = timezone.now()
    event = list_service(service, " Licence and lists looked up ", today, by=cast["timur"], now=now)
    yesterday = (today - timedelta(days=1)).isoformat()
    assert event.reason == "Licence and lists looked up" and event.lists_of == {"un": yesterday, "seco": yesterday, "eu": yesterday}
    assert list_service(service, "Licence and lists looked up", today, by=cast["timur"], now=now) == event
    assert "Kind" in client.get(page).content.decode() and "Kind" in client.get(quotes).content.decode()
    list_service(service, "Looked up again", today, by=cast["gulnora"], now=now)
    with pytest.raises(NotListable):
        unlist_service(service, " ", by=cast["timur"], now=now)
    off = unlist_service(service, "Takes no passports any more", by=cast["timur"], now=now)
    assert unlist_service(service, "Takes no passports any more", by=cast["gulnora"], now=now) == off
    for address in (page, "/en/money/history/?from=RU&to=TJ", quotes):
        response = client.get(address)
        assert response.status_code == 200 and "Kind" not in response.content.decode(), address
    assert list(ListingEvent.objects.values_list("is_listed", "by__email")) == [
        (False, "timur@safar.example.org"),
        (True, "gulnora@safar.example.org"),
        (True, "timur@safar.example.org"),
    ]


def test_the_day_after_its_licence_it_is_on_no_page(service, today):
    TransferService.objects.update(is_listed=True, licence_valid_to=today)
    assert TransferService.objects.listed(today).exists() and not TransferService.objects.listed(today + timedelta(days=1)).exists()


def test_the_console(service, lists, one_click, monkeypatch, today):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    timur, add = one_click("timur"), "/admin/remittances/listingevent/add/"
    typed = {"service": service.pk, "is_listed": "on", "reason": "Looked up"}
    assert f"Switzerland) of {today - timedelta(days=1)}" in timur.get(add).content.decode()
    assert "Write the day on which" in timur.post(add, typed).content.decode()
    SanctionEntry.objects.filter(list="un").delete()
    checked = typed | {"licence_checked_on": today.isoformat()}
    assert "Import the sanctions lists first: United Nations." in timur.post(add, checked).content.decode()
    assert timur.post(add, {"service": service.pk, "reason": "Nobody answers there"}).status_code == 302
    SanctionEntry.objects.create(list="un", reference="1", kind="entity", name="X", names=["X"], folded=["x"], generated_on=today)
    assert timur.post(add, checked).status_code == 302
    service.refresh_from_db()
    assert service.is_listed and ListingEvent.objects.count() == 2
    event = ListingEvent.objects.first()
    one = f"/admin/remittances/listingevent/{event.pk}/change/"
    assert "Nobody answers there" in timur.get("/admin/remittances/listingevent/").content.decode()
    assert timur.get(one).status_code == 200 and timur.post(one, typed).status_code == 403
    assert timur.post(f"/admin/remittances/listingevent/{event.pk}/delete/", {"post": "yes"}).status_code == 403
    assert one_click("elena").post(add, checked).status_code == 403
