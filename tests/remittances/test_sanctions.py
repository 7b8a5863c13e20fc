"""Whom a sanctions list means: its services vanish at once, and come back only by a person's word."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.template import engines

from remittances.decide_hit import decide_hit
from remittances.find_hits import look_up
from remittances.models import ProviderHit, Quote, TransferProvider
from tests.organisations.test_import_sanctions import NOW, load, un
from tests.waiting import PATIENCE, somebody_waits_for_a_row, until

pytestmark = pytest.mark.django_db
DAY = NOW.date()


@pytest.fixture
def price(quote, rates) -> Quote:
    """Seen on the day of the list."""
    return quote("Kind", "0.1225", observed_on=DAY)


def shown() -> list[str]:
    return [quote.service.provider.name for quote in Quote.objects.listed(DAY).select_related("service__provider")]


def test_an_import_stops_a_provider_under_any_of_its_names(price):
    TransferProvider.objects.update(other_names=["OOO Kind Sending", "Доброта"])
    load("un", un("Somebody Else", "«KIND» sending, ooo"))
    hit = ProviderHit.objects.get()
    assert (hit.provider.name, hit.verdict, hit.found_at) == ("Kind", "", NOW) and shown() == []
    load("un", un("Somebody Else", "«KIND» sending, ooo"))
    assert ProviderHit.objects.count() == 1
    load("un", un("Somebody Else", day="2031-03-15"), force=True)
    assert shown() == ["Kind"]  # delisted


def test_others_stay(price):
    load("un", un("Kindness", "Unkind", "Kind of Blue"))
    assert shown() == ["Kind"] and not ProviderHit.objects.exists()


def test_a_person_says_who_is_meant(price, cast):
    load("un", un("Kind"))
    hit = ProviderHit.objects.get()
    for verdict, reason in [("other", " "), ("", "It is us")]:
        with pytest.raises(ValueError, match="reason"):
            decide_hit(hit, verdict, reason, by=cast["timur"], now=NOW)
    for key in ("elena", "manizha", "farrukh"):
        with pytest.raises(PermissionDenied):
            decide_hit(hit, "other", "It is us", by=cast[key], now=NOW)
    decide_hit(hit, "same", "Same address", by=cast["timur"], now=NOW)
    assert shown() == []
    decide_hit(hit, "other", "Another country", by=cast["timur"], now=NOW)
    assert shown() == ["Kind"]
    load("un", un("Kind"))
    look_up(price.service.provider, NOW)
    assert shown() == ["Kind"]  # what a person has decided stands


def test_the_console(price, one_click, monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    load("un", un("Hidden Name"))
    assert shown() == ["Kind"]
    timur = one_click("timur")
    page = f"/admin/remittances/transferprovider/{price.service.provider_id}/change/"
    typed = {"name": "Kind", "slug": "kind", "kind": "operator", "other_names": "OOO Kind,hidden name"}
    said = timur.post(page, typed | {"hits-TOTAL_FORMS": "0", "hits-INITIAL_FORMS": "0"}, follow=True).content.decode()
    assert "A sanctions list has this name" in said and shown() == []
    hit = ProviderHit.objects.get()
    url = f"/admin/remittances/providerhit/{hit.pk}/change/"
    assert "Hidden Name" in timur.get(url).content.decode() and "Hidden Name" in timur.get(page).content.decode()
    assert timur.post(url, {"verdict": "other"}).status_code == 200 and shown() == []
    assert timur.post(url, {"verdict": "other", "reason": "Registered elsewhere"}).status_code == 302 and shown() == ["Kind"]
    hit.refresh_from_db()
    assert hit.decided_by.email == "timur@safar.example.org"
    assert one_click("elena").post(url, {"verdict": "same", "reason": "x"}).status_code == 403 and shown() == ["Kind"]


@pytest.mark.django_db(transaction=True)
def test_a_provider_written_down_during_an_import_is_found_by_one_of_them(transactional_db):
    begun, ends = Barrier(2), []

    def look() -> None:
        try:
            begun.wait(PATIENCE)
            ends.append(look_up(TransferProvider.objects.create(slug="kind", name="Kind"), NOW))
        finally:
            connection.close()

    seeker = Thread(target=look)
    seeker.start()

    def slow(_read: int) -> None:
        if not begun.broken and not TransferProvider.objects.exists():
            begun.wait(PATIENCE)
            until(somebody_waits_for_a_row)

    load("un", un("Kind"), progress=slow)
    seeker.join(PATIENCE)
    assert ends == [0] or ends == [1]
    assert ProviderHit.objects.get().provider.name == "Kind"
