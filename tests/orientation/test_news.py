"""News of a road: from a named source, to the readers it concerns, until its day."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from orientation.models import Fact, Feedback, News, Rereading
from orientation.news import NotReady, headlines, news_for, publish_news, section, stories, withdraw_news
from orientation.news_demo import load_demo_news
from portal.accounts.models import User
from tests.orientation.test_admin import form_of
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def editor() -> User:
    return User.objects.create_user(email="editor@example.org")


@pytest.fixture
def news(today) -> News:
    return News.objects.create(
        title_ru="Новость",
        text_ru="**Важно**: {{fact:RU-REG-TJ}}",
        publisher="МВД",
        url="https://example.org/n",
        until=today,
        corridors=["TJ-RU"],
    )


def out(news: News, editor: User) -> News:
    publish_news(news.pk, by=editor, now=timezone.now())
    news.refresh_from_db()
    return news


def test_it_is_read_on_its_road_until_its_day_with_facts_as_they_are(news, editor, today):
    assert not stories("TJ-RU", today)
    out(news, editor)
    assert not stories("TJ-RU", today + DAY) and not stories("KG-RU", today)
    Fact.objects.filter(code="RU-REG-TJ").update(number=14)
    with override("tg"):
        (story,) = stories("TJ-RU", today)
        assert "<strong>14 рӯз</strong>" in story.html and (story.lang, story.publisher) == ("ru", "МВД")
        assert [line.lang for line in headlines("", today)] == ["ru"] and not headlines("KG-RU", today)
    News.objects.update(corridors=[], url="https://www.ozodi.org/x")
    assert stories("KG-KZ", today)[0].url == "", "a link that could harm its reader"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title_ru": ""}, "Russian or in English"),
        ({"publisher": " "}, "who says so"),
        ({"url": ""}, "where it was read"),
        ({"until": date(2020, 1, 1)}, "last day is past"),
        ({"text_ru": "{{fact:NO-SUCH}}"}, "NO-SUCH"),
        ({"title_en": "Pay 60 000 now"}, "Take out '60 000'"),
    ],
)
def test_what_is_not_whole_does_not_go_out(news, editor, change, said):
    News.objects.filter(pk=news.pk).update(**change)
    with pytest.raises(NotReady, match=said):
        publish_news(news.pk, by=editor, now=timezone.now())
    news.refresh_from_db()
    assert news.published_at is None


def test_publishing_twice_is_once_and_withdrawing_takes_it_back(news, editor, today, django_capture_on_commit_callbacks):
    first = out(news, editor)
    assert headlines("", today)
    assert publish_news(news.pk, by=User.objects.create_user(email="late@example.org"), now=timezone.now()) is False
    news.refresh_from_db()
    assert (news.published_at, news.published_by) == (first.published_at, editor)
    with django_capture_on_commit_callbacks(execute=True):
        assert (withdraw_news([news.pk]), withdraw_news([news.pk])) == (1, 0)
    assert not headlines("", today) and [row.text for row in section(editor, today).rows] == ["Новость"]


def test_pages_show_headlines_from_the_cache_and_the_page_of_news_asks_twice(client, news, editor):
    assert "Nothing new now" in client.get("/en/learn/news/").content.decode()
    out(news, editor)
    cache.clear()
    client.get("/ru/learn/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        pages = [client.get(url).content.decode() for url in ("/ru/learn/", "/ru/learn/russia-documents/")]
    assert all("Новость" in page for page in pages) and not [query for query in asked if "orientation_news" in query["sql"]]
    with CaptureQueriesContext(connection) as asked:
        html = client.get("/ru/learn/news/?corridor=nonsense").content.decode()
    assert len(asked) == 2 and f'id="{news.uid}"' in html and "https://example.org/n" in html
    client.cookies["safar_corridor"] = "KG-RU"
    assert "Новость" not in client.get("/ru/learn/").content.decode() + client.get("/ru/learn/news/").content.decode()


def test_one_writes_in_the_console_and_another_publishes(one_click, cast, news):  # noqa: F811
    console, act = "/admin/orientation/news/", {"action": "publish", "_selected_action": [news.pk]}
    page = f"{console}{news.pk}/change/"
    elena, timur = one_click("elena"), one_click("timur")
    form = {bound.html_name: bound.value() or "" for bound in elena.get(page).context["adminform"].form} | {"corridors": "TJ-RU"}
    assert timur.post(page, form | {"title_ru": "Другая"}).status_code == 403
    assert elena.post(page, form | {"title_en": "Other", "text_en": "Other"}).status_code == 302
    assert "Somebody else reads it and publishes it" in elena.post(console, act, follow=True).content.decode()
    assert "readers see it now" in timur.post(console, act, follow=True).content.decode()
    news.refresh_from_db()
    assert (news.written_by, news.published_by, news.title_en) == (cast["elena"], cast["timur"], "Other")
    assert "1 withdrawn" in timur.post(console, act | {"action": "withdraw"}, follow=True).content.decode()


def test_what_is_changed_while_it_is_out_waits_for_a_second_person_again(one_click, news, editor, today):  # noqa: F811
    elena, page = one_click("elena"), f"/admin/orientation/news/{news.pk}/change/"
    News.objects.filter(pk=news.pk).update(title_en="News", text_en="News")
    out(news, editor)
    _page, form = form_of(elena, news)
    elena.post(page, form)
    assert news_for("", today).get() == news
    assert "do not see it any more" in elena.post(page, form | {"title_ru": "Другая"}, follow=True).content.decode()
    assert not news_for("", today).exists()


def test_the_database_lets_nobody_publish_their_own_news(news, editor, now):
    with pytest.raises(IntegrityError, match="nobody_publishes_their_own_news"):
        News.objects.update(written_by=editor, published_by=editor, published_at=now)


def test_the_demo_has_news_voices_and_a_lesson_to_read_again(cast, settings, now):  # noqa: F811
    with pytest.raises(ImproperlyConfigured):
        load_demo_news(now)
    settings.DEMO = True
    counts = []
    for _ in range(2):
        load_demo_news(now)
        counts.append((News.objects.count(), Feedback.objects.count(), Rereading.objects.count()))
    assert counts[0] == counts[1] and all(counts[0])
    for language in ("tg", "ky", "uz", "ru", "en"):
        with override(language):
            found = stories("", now.date())
            assert len(found) == 3 and not any(story.lang or not story.url or "{{" in story.html for story in found)
