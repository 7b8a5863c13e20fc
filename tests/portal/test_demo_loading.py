"""The line on every page while the demo's data is loading."""

import pytest
import redis
from django.core.cache import cache
from django.test import Client

from portal import demo
from portal.demo import Progress
from tests.waiting import free_port

pytestmark = pytest.mark.django_db
STEPS = {"Demo vacancies": 20, "Demo people": 80}


def line(page: str = "/en/") -> str | None:
    response = Client().get(page)
    html = response.content.decode()
    if '<progress id="loading"' not in html:
        return None
    assert response.headers["Cache-Control"] == "private, no-store", "the next page says something else"
    return html.split('<label for="loading">')[1].split("</label>")[0]


def test_pages_say_how_far_it_is_until_it_is_done(settings, capsys):
    settings.DEMO = True
    assert line() is None
    progress = Progress(STEPS)
    progress.report("Demo vacancies", 200, 200)
    assert line() == "Demo data is loading: 20 %. Pages fill up meanwhile."
    progress.report("Demo people", 1240, 2000)
    assert line() == "Demo data is loading: 20 %. Pages fill up meanwhile.", "no more often than people read"
    progress.shown_at = 0
    progress.report("Demo people", 1240, 2000)
    assert line() == line("/en/jobs/") == line("/en/help/") == "Demo data is loading: 69 %. Pages fill up meanwhile."
    progress.report("Demo people", 2000, 2000)
    progress.end()
    assert line() is None
    lines = capsys.readouterr().out.splitlines()
    assert [text.partition(" s  ")[2] for text in lines] == ["Demo vacancies 200 / 200", "Demo people 2 000 / 2 000"]


def test_it_costs_no_query(settings, client, django_assert_num_queries):
    settings.DEMO = True
    client.get("/en/verify/")
    Progress(STEPS).report("Demo people", 2000, 2000)
    with django_assert_num_queries(0):
        assert b'id="loading"' in client.get("/en/offline/").content


def test_elsewhere_there_is_none():
    Progress(STEPS).report("Demo people", 1, 1)
    assert line() is None
    assert Client().get("/en/").headers["Cache-Control"].startswith("public")


def test_a_load_that_was_killed_is_forgotten(settings):
    settings.DEMO = True
    Progress(STEPS).report("Demo people", 1, 1)
    assert 0 < redis.Redis.from_url(settings.CACHE_URL).ttl(cache.make_key(demo.KEY)) <= demo.FORGOTTEN_AFTER


def test_without_valkey_pages_and_load_go_on(settings):
    settings.DEMO = True
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{free_port()}/1"}}
    with pytest.raises(redis.RedisError):
        cache.get(demo.KEY)
    progress = Progress(STEPS)
    progress.report("Demo people", 1, 1)
    assert line() is None
    progress.end()
