"""Searches that somebody keeps: saved once, deleted, seen by nobody else; and told of what is new, once."""

from datetime import datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from matching.models import SavedSearch
from matching.search.person import erase_searches, export_searches
from matching.search.tell_new import tell_of_new_vacancies
from portal.outbox.models import Channel, Message, Purpose
from tests.matching.labour import Market

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Asia/Dushanbe"))
DAY = timedelta(days=1)


def save(client, query):
    return client.post("/en/jobs/searches/save/", {"query": query}, follow=True)


def test_saved_once_whatever_the_order_of_its_parts(signed_in, cast):
    client = signed_in("farrukh")
    assert "Keep this search?" in client.get("/en/jobs/searches/?gives=housing&place=RU").content.decode()
    for query in ("gives=housing&place=RU", "place=RU&gives=housing&page=3", "place=RU&gives=housing"):
        save(client, query)
    assert list(SavedSearch.objects.values_list("user", "query")) == [(cast["farrukh"].pk, "place=RU&gives=housing")]
    html = client.get("/en/jobs/searches/?place=RU&gives=housing").content.decode()
    assert "Keep this search?" not in html and "Russia" in html and "housing" in html


def test_nothing_or_too_many_is_not_saved(signed_in):
    client = signed_in("farrukh")
    assert "Choose first what you look for" in save(client, "order=wage&place=nonsense").content.decode()
    for number in range(20):
        save(client, f"q=word{number}")
    assert "Delete one first" in save(client, "q=one-more").content.decode()
    assert SavedSearch.objects.count() == 20
    assert save(client, "q=word3").status_code == 200 and SavedSearch.objects.count() == 20


def test_deleted_by_its_owner_alone(signed_in, client):
    farrukh, aigul = signed_in("farrukh"), signed_in("aigul")
    save(farrukh, "place=RU")
    url = f"/en/jobs/searches/{SavedSearch.objects.get().uid}/delete/"
    assert (
        aigul.post(url).status_code == 404 and client.post(url).status_code == 302 and farrukh.get(url)["Location"] == "/en/jobs/searches/"
    )
    assert SavedSearch.objects.count() == 1 and "Russia" not in aigul.get("/en/jobs/searches/").content.decode().split("<h1>")[1]
    assert [farrukh.post(url).status_code for _ in range(2)] == [302, 302] and not SavedSearch.objects.exists()


def test_a_visitor_is_asked_to_sign_in(client):
    for response in (client.get("/en/jobs/searches/?place=RU"), client.post("/en/jobs/searches/save/", {"query": "place=RU"})):
        assert response.status_code == 302 and "/sign-in/" in response.headers["Location"]


def test_in_the_export_and_erased(signed_in, cast):
    assert export_searches(cast["farrukh"]) == {}
    save(signed_in("farrukh"), "place=RU&gives=housing")
    assert "Russia, housing" in str(export_searches(cast["farrukh"]))
    erase_searches(cast["farrukh"], NOON)
    assert not SavedSearch.objects.exists()


def kept(user, query="place=RU", at=NOON - DAY):
    return SavedSearch.objects.create(user=user, query=query, saved_at=at, told_until=at)


def told(user):
    return list(
        Message.objects.filter(to=user, purpose=Purpose.NEW_JOBS, channel=Channel.APP).order_by("pk").values_list("body", flat=True)
    )


@pytest.fixture
def market(cast_rows):
    return Market(NOON)


def test_told_once_of_what_is_new_and_fits(market, cast, client):
    kept(cast["farrukh"])
    kept(cast["aigul"], "place=KZ")
    market.vacancy(published_at=NOON - 2 * DAY)  # before it was saved
    assert tell_of_new_vacancies(NOON) == 0
    market.vacancy(published_at=NOON - timedelta(hours=2))
    market.vacancy(published_at=NOON - timedelta(hours=1))
    market.vacancy(published_at=NOON - timedelta(hours=1), status="paused")
    assert tell_of_new_vacancies(NOON) == 1 and tell_of_new_vacancies(NOON + timedelta(hours=1)) == 0
    assert len(told(cast["farrukh"])) == 1 and " 2 " in told(cast["farrukh"])[0] and told(cast["aigul"]) == []
    message = Message.objects.get(to=cast["farrukh"], channel=Channel.APP)
    assert client.get(f"/en/{message.link}").context["total"] == 3
    sms = Message.objects.get(to=cast["farrukh"], channel=Channel.SMS)
    assert len(sms.body) <= 70 and "90" not in sms.body


def test_at_most_one_message_a_day_and_nothing_is_lost(market, cast):
    kept(cast["farrukh"])
    market.vacancy(published_at=NOON - timedelta(hours=2))
    assert tell_of_new_vacancies(NOON) == 1
    market.vacancy(published_at=NOON + timedelta(minutes=1))
    assert tell_of_new_vacancies(NOON + timedelta(hours=2)) == 0
    assert tell_of_new_vacancies(NOON + DAY) == 1 and len(told(cast["farrukh"])) == 2
    assert tell_of_new_vacancies(NOON + 2 * DAY) == 0


def test_somebody_who_is_gone_is_told_nothing(market, cast):
    kept(cast["farrukh"])
    market.vacancy(published_at=NOON - timedelta(hours=1))
    type(cast["farrukh"]).objects.filter(pk=cast["farrukh"].pk).update(is_active=False)
    assert tell_of_new_vacancies(NOON) == 0 and not told(cast["farrukh"])


def test_two_workers_tell_once(fresh_db, market, cast):
    for number in range(6):
        kept(cast["farrukh"], f"place=RU&ru={number}")
    market.vacancy(published_at=NOON - timedelta(hours=1))

    def work():
        tell_of_new_vacancies(NOON)
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(told(cast["farrukh"])) == 6
