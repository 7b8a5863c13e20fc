"""What Safar knows about me, and how I make it forget."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from orientation.models import LearningEvent
from orientation.paths import for_corridor
from portal import hooks
from portal.accounts.device import COOKIE
from portal.accounts.models import Consent, Submission, User
from portal.accounts.views.person import readable
from portal.organisations.models import Membership
from portal.outbox.models import Message
from tests.orientation.conftest import check_form
from tests.people import ask, newest_code, sign_in_by_code, type_code

pytestmark = pytest.mark.django_db
PAGES = ("/en/me/", "/en/me/known/", "/en/me/known/safar.json", "/en/me/second-factor/")


@pytest.mark.parametrize("path", PAGES)
def test_only_for_oneself(client, path):
    answer = client.get(path)
    assert answer["Location"].startswith("/en/sign-in/?next=")


@pytest.mark.parametrize("path", PAGES)
def test_never_kept_by_anybody_else(signed_in, path):
    assert "no-store" in signed_in("farrukh").get(path).headers["Cache-Control"]


def test_what_safar_knows(signed_in, cast):
    client = signed_in("farrukh")
    page = client.get("/en/me/known/").content.decode()
    for known in (cast["farrukh"].phone, "Тоҷикӣ", "an account at Safar", "sign-in code"):
        assert known in page
    assert newest_code(cast["farrukh"].phone) not in page
    assert "aigul" not in page.lower() and cast["aigul"].phone not in page

    download = client.get("/en/me/known/safar.json")
    assert "attachment" in download["Content-Disposition"]
    assert json.loads(download.content)["Account"]["Phone"] == cast["farrukh"].phone


def test_hostile_texts_are_only_shown(signed_in, monkeypatch):
    monkeypatch.setattr(
        hooks, "export_person", [lambda user: {"<b>": [{"a": "<script>{{ 7 }}"}], "one": {"x": None}, "many": ["y"], "n": 3}]
    )
    page = signed_in("farrukh").get("/en/me/known/").content.decode()
    assert "<script>{{" not in page and "&lt;script&gt;{{ 7 }}" in page


def test_readable():
    assert readable({"a": 1}) == [[("a", 1)]]
    assert readable([{"a": 1}, "b"]) == [[("a", 1)], [("", "b")]]
    assert readable(3) == [[("", 3)]]
    assert readable([]) == []


def test_language_of_messages(signed_in, cast):
    client = signed_in("farrukh")
    assert client.post("/en/me/", {"language": "ky"})["Location"] == "/ky/me/"
    assert User.objects.get(pk=cast["farrukh"].pk).language == "ky"
    assert client.post("/en/me/", {"language": "xx"}).context["form"].errors


def erase(client: Client, key: object, **data: str):
    return client.post("/en/me/erase/", {"submission_key": str(key), "sure": "on"} | data)


def test_erase_me(signed_in, cast):
    other_phone, client = signed_in("farrukh"), Client()
    ask(client, cast["farrukh"].phone)
    type_code(client, newest_code(cast["farrukh"].phone))
    assert client.get("/en/me/erase/").status_code == 200
    key = uuid4()
    answer = erase(client, key)
    assert answer["Location"] == "/en/erased/"
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert client.get("/en/erased/").status_code == 200

    shell = User.objects.get(pk=cast["farrukh"].pk)
    assert (shell.phone, shell.email, shell.is_active, shell.last_login) == (None, None, False, None)
    assert shell.erased_at is not None
    assert not Consent.objects.filter(user=shell).exists() and not Message.objects.filter(to=shell).exists()
    assert Message.objects.filter(address=cast["farrukh"].phone).count() == 0
    assert Submission.objects.get(key=key).actor is None
    for phone in (client, other_phone):
        assert phone.get("/en/me/").status_code == 302
    assert erase(client, key)["Location"] == "/en/erased/"
    assert erase(client, uuid4())["Location"] == "/en/sign-in/"


def test_the_number_is_free_again(signed_in, cast):
    erase(signed_in("farrukh"), uuid4())
    sign_in_by_code(Client(), cast["farrukh"].phone)
    assert User.objects.get(phone=cast["farrukh"].phone).pk != cast["farrukh"].pk


def test_erasing_staff_takes_their_rights(signed_in, cast):
    erase(signed_in("timur"), uuid4())
    timur = User.objects.get(pk=cast["timur"].pk)
    assert not timur.is_staff and not timur.groups.exists()
    erase(signed_in("ildar"), uuid4())
    assert not Membership.objects.filter(user=cast["ildar"]).exists()


def test_only_with_the_box_ticked(signed_in, cast):
    client = signed_in("farrukh")
    page = client.post("/en/me/erase/", {"submission_key": str(uuid4())})
    assert "Tick the box" in page.content.decode()
    assert erase(client, "").status_code == 400
    assert User.objects.filter(phone=cast["farrukh"].phone).exists()


def test_all_or_nothing(signed_in, cast, monkeypatch):
    def fail(user, now):
        raise RuntimeError

    client = signed_in("farrukh")
    client.raise_request_exception = False
    monkeypatch.setattr(hooks, "erase_person", [*hooks.erase_person, fail])
    assert erase(client, uuid4()).status_code == 500
    assert Consent.objects.filter(user=cast["farrukh"]).exists()
    assert client.get("/en/me/").status_code == 200


def test_others_are_untouched(signed_in, cast):
    signed_in("aigul")
    erase(signed_in("farrukh"), uuid4())
    assert User.objects.filter(phone=cast["aigul"].phone, is_active=True).exists()
    assert Consent.objects.filter(user=cast["aigul"]).exists() and Message.objects.filter(to=cast["aigul"]).exists()


def test_the_export_tells_the_score_of_a_final_check(page_of, signed_in):
    client = signed_in("farrukh")
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    client.post("/en/learn/russia-documents/corridor/", {"corridor": "TJ-RU"})
    asked = for_corridor(page_of("check").questions, "TJ-RU")
    answers = check_form(asked)
    client.post("/en/learn/russia-documents/check/", answers | {"attempt": 1})
    event = LearningEvent.objects.get()
    assert f"{event.right} / {event.asked}" in client.get("/en/me/known/safar.json").content.decode()
