"""What is looked for in vain reaches the editors only as the words of five visitors, and never as anything of one."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override

from orientation.board.sections import SECTIONS
from orientation.models import SearchMiss
from orientation.search.close_miss import close_misses
from orientation.search.count_miss import ALL, count_miss, valkey
from orientation.search.keep_misses import keep_misses
from orientation.search.section import search_misses
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def look(typed: str, visitors: range, language: str = "en") -> None:
    for visitor in visitors:
        request = RequestFactory(HTTP_USER_AGENT=f"phone {visitor}").get("/")
        request.user = AnonymousUser()
        with override(language):
            count_miss(request, typed)
            count_miss(request, typed)


def test_words_come_to_the_board_with_the_fifth_visitor():
    look("Winter  Boots", range(4))
    assert keep_misses(TODAY) == 0 and not SearchMiss.objects.exists()
    look("winter boots", range(4, 5))
    assert keep_misses(TODAY) == 1
    miss = SearchMiss.objects.get()
    assert (miss.words, miss.language, miss.visitors, miss.last_on) == ("winter boots", "en", 5, TODAY)
    assert keep_misses(TODAY) == 0 and not valkey().keys("safar:miss*")


def test_nothing_that_tells_of_one_visitor_is_kept():
    look("call +992 900 00 00 01", range(6))
    look("room 12", range(6))
    look("anna@example.org", range(6))
    look("example.org", range(6))
    look("", range(6))
    assert not valkey().exists(ALL)
    look("my brother", range(3))
    stored = valkey().dump("safar:miss:en my brother")
    assert stored and b"phone" not in stored and valkey().ttl("safar:miss:en my brother") > 0


def test_only_what_is_not_found_is_a_miss(client):
    client.get("/ru/learn/search/", {"q": "патент"})
    assert not valkey().exists(ALL)
    client.get("/ru/learn/search/", {"q": "Щщжщ"})
    assert valkey().smembers(ALL) == {"ru щщжщ"}


def test_an_editor_takes_it_off_the_board_and_five_more_bring_it_back(admin_user):
    look("boots", range(5), "ru")
    keep_misses(TODAY)
    section = search_misses(admin_user, TODAY)
    assert [(row.text, row.note, row.count) for row in section.rows] == [("boots", "Русский", 5)] and search_misses in SECTIONS
    assert close_misses(SearchMiss.objects.all(), admin_user, timezone.now()) == 1
    assert close_misses(SearchMiss.objects.all(), admin_user, timezone.now()) == 0
    assert search_misses(admin_user, TODAY).rows == []
    look("boots", range(10, 15), "ru")
    keep_misses(TODAY)
    assert [row.count for row in search_misses(admin_user, TODAY).rows] == [10]


@pytest.fixture
def admin_user(db) -> User:
    return User.objects.create_user(email="editor@example.org", is_staff=True)
