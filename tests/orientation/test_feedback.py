"""“This is wrong” and “I did not understand”: one tap from anybody, counted once, and nobody knows whose it was."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from orientation.feedback import MAY_ADD, TOLD_KEPT, close_feedback, forget_words, section
from orientation.models import Fact, Feedback, Lesson
from portal.accounts.models import User
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
LESSON = {"kind": "unclear", "course": "russia-documents", "lesson": "papers", "uid": ""}
FACT = {"kind": "wrong", "fact": "RU-REG-TJ", "uid": ""}
URL = "/ru/learn/feedback/"


@pytest.fixture
def client() -> Client:
    return Client(HTTP_SEC_FETCH_SITE="same-origin")


@pytest.fixture
def editor() -> User:
    return User.objects.create_user(email="editor@example.org")


def tap(client: Client, form: dict[str, str]) -> UUID:
    return UUID(client.post(URL, form).url.rstrip("/").rpartition("/")[2])


def test_a_tap_and_a_few_words_more(client):
    page = client.get("/ru/learn/russia-documents/papers/").content.decode()
    assert all(f'name="{name}"' in page for name in ("course", "lesson", "uid", "kind")) and "data-outbox" in page
    client.cookies["safar_corridor"] = "TJ-RU"
    uid = tap(client, LESSON)
    row = Feedback.objects.get(uid=uid)
    assert (row.lesson.slug, row.fact, row.kind, row.language, row.corridor, row.told) == ("papers", None, "unclear", "ru", "TJ-RU", "")
    thanks = f"{URL}{uid}/"
    html = client.get(thanks).content.decode()
    assert 'maxlength="500"' in html and "/ru/learn/russia-documents/papers/" in html
    long = client.post(thanks, {"told": "ж" * 501})
    assert long.status_code == 400 and "ж" * 501 in long.content.decode() and "500" in str(long.context["form"].errors)
    assert client.post(thanks, {"told": "a\0b"}).status_code == 400 and client.post(thanks, {"told": " "}).status_code == 400
    for _ in range(2):
        assert client.post(thanks, {"told": "ж" * 500}).url == thanks
    row.refresh_from_db()
    assert row.told == "ж" * 500 and "ж" * 10 not in client.get(thanks).content.decode()


def test_twice_counts_once(client):
    uid = str(uuid4())
    assert {tap(client, FACT | {"uid": uid}) for _ in range(2)} == {UUID(uid)}
    assert len({tap(Client(HTTP_SEC_FETCH_SITE="same-origin"), FACT) for _ in range(2)}) == 1, "a double tap without a script"
    tap(client, FACT | {"kind": "unclear"})
    tap(client, LESSON)
    tap(Client(HTTP_SEC_FETCH_SITE="same-origin", HTTP_USER_AGENT="another phone"), FACT)
    assert Feedback.objects.count() == 5


def test_nothing_is_kept_about_who(client):
    client.force_login(User.objects.create_user(phone="+992900000066"))
    response = client.post(URL, FACT)
    kept = {field.name for field in Feedback._meta.get_fields()}
    assert kept == {"id", "uid", "kind", "lesson", "fact", "language", "corridor", "told", "received_at", "closed_by", "closed_at"}
    assert Feedback.objects.get().closed_by is None and not response.cookies


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"kind": "praise"}, 400),
        ({"kind": ""}, 400),
        ({"uid": "x"}, 400),
        ({"fact": "RU\0"}, 400),
        ({"fact": "x" * 41}, 404),
        ({"fact": "", "course": "russia-documents", "lesson": "nowhere"}, 404),
        ({"fact": ""}, 404),
    ],
)
def test_what_no_page_of_ours_sends(client, change, status):
    assert client.post(URL, FACT | change).status_code == status and not Feedback.objects.exists()


def test_other_sites_cannot_send_and_a_reader_of_the_address_is_led_back(client):
    assert Client(HTTP_SEC_FETCH_SITE="cross-site").post(URL, FACT).status_code == 403
    assert Client().post(URL, FACT).status_code == 403 and not Feedback.objects.exists()
    assert client.get(URL).url == "/ru/learn/"


def test_a_flood_is_stopped(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"feedback": "3/m/ip"}
    codes = [client.post(URL, FACT | {"uid": str(uuid4())}).status_code for _ in range(5)]
    assert codes == [302] * 3 + [429] * 2 and Feedback.objects.count() == 3


def test_without_valkey_a_tap_is_taken_all_the_same(client, settings, monkeypatch):
    monkeypatch.setitem(caches.settings, "default", {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"})
    monkeypatch.delattr(caches._connections, "default", raising=False)
    taps = [client.post(URL, FACT).status_code for _ in range(2)]
    monkeypatch.delattr(caches._connections, "default", raising=False)
    assert taps == [302] * 2 and Feedback.objects.count() == 2


def test_words_come_soon_after_the_tap_to_ones_own(client, editor):
    uid = tap(client, FACT)
    thanks = f"{URL}{uid}/"
    assert client.get(f"{URL}{uuid4()}/").status_code == 404
    Feedback.objects.update(received_at=timezone.now() - MAY_ADD)
    assert client.post(thanks, {"told": "late"}).status_code == 404
    Feedback.objects.update(received_at=timezone.now())
    close_feedback([Feedback.objects.get().pk], by=editor, now=timezone.now())
    assert client.post(thanks, {"told": "closed"}).status_code == 404 and Feedback.objects.get().told == ""


def test_words_are_forgotten_by_the_clock(now):
    fact = Fact.objects.get(code="RU-REG-TJ")
    for days in (-1, 1):
        at = now - TOLD_KEPT + timedelta(days=days)
        Feedback.objects.create(uid=uuid4(), kind="wrong", fact=fact, language="tg", told="words", received_at=at)
    forget_words(now)
    assert [row.told for row in Feedback.objects.all()] == ["words", ""]


def test_the_board_counts_and_editors_close(one_click, editor, now):  # noqa: F811
    lesson, fact = Lesson.objects.get(course__slug="russia-documents", slug="papers"), Fact.objects.get(code="RU-REG-TJ")
    for about, kind, told in (({"lesson": lesson}, "unclear", ""), ({"fact": fact}, "wrong", "why"), ({"fact": fact}, "unclear", "")):
        Feedback.objects.create(uid=uuid4(), kind=kind, language="tg", told=told, received_at=now, **about)
    rows = section(editor, now.date()).rows
    assert [(row.text, row.count) for row in rows] == [("RU-REG-TJ", 2), (lesson.title, 1)]
    assert rows[0].note == "wrong: 1 · not understood: 1 · with words: 1"
    act = {"action": "close", "_selected_action": [row.pk for row in Feedback.objects.all()]}
    one_click("timur").post("/admin/orientation/feedback/", act)
    assert not Feedback.objects.exclude(closed_at=None).exists()
    elena = one_click("elena")
    listed = elena.get(rows[0].url)
    assert listed.context["cl"].result_count == 2 and str(Feedback.objects.first().uid) not in listed.content.decode()
    assert "3 closed by you" in elena.post("/admin/orientation/feedback/", act, follow=True).content.decode()
    assert close_feedback(act["_selected_action"], by=editor, now=now) == 0 and not section(editor, now.date()).rows
