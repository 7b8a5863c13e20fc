"""One's own messages: listed, read by a POST, chosen ways kept; the bell counts what is new and is not there for visitors."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.accounts.views.person import export_everything
from portal.outbox.bell import count_unread
from portal.outbox.models import Channel, ChosenWay, Message, Purpose
from portal.outbox.tell import tell
from tests.outbox.conftest import NOW
from tests.outbox.test_tell import HelpIsNear

pytestmark = pytest.mark.django_db
PAGE = "/en/me/messages/"


@pytest.fixture
def worker() -> User:
    return User.objects.create_user(phone="+992900000009", language="tg")


@pytest.fixture
def client(worker) -> Client:
    client = Client()
    client.force_login(worker)
    return client


def told(user: User, count: int = 1) -> list[Message]:
    return [tell(user, HelpIsNear(), NOW + timedelta(minutes=number)) for number in range(count)]


def bell(client: Client, page: str = "/en/help/") -> str:
    html = client.get(page).content.decode()
    found = re.search(r'<a class="bell".*?</a>', html, re.S)
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found.group(), flags=re.S).split()) if found else ""


def test_newest_first_in_the_language_in_which_they_were_written(client, worker):
    told(worker, 25)
    page = client.get(PAGE).context["page"]
    assert [len(page.object_list), page.paginator.num_pages] == [20, 2]
    assert page[0].created_at > page[19].created_at
    html = client.get(f"{PAGE}?page=2").content.decode()
    assert html.count('<div class="stack" lang="tg"><h2>Кумак</h2><p>Кор</p>') == 5


def test_the_page_asks_as_much_of_many_as_of_few(client, worker, django_assert_max_num_queries):
    told(worker, 21)
    with django_assert_max_num_queries(5):
        client.get(PAGE)


def test_nothing_yet(client):
    html = client.get(PAGE).content.decode()
    assert "No messages yet" in html and "I have read them all" not in html


def test_opening_is_a_post_that_notes_it_and_leads_there(client, worker):
    message, other = told(worker, 2)
    assert client.get(f"{PAGE}{message.uid}/")["Location"] == PAGE
    for _again in range(2):
        assert client.post(f"{PAGE}{message.uid}/")["Location"] == "/en/help/"
    message.refresh_from_db()
    other.refresh_from_db()
    assert message.read_at and other.read_at is None
    assert 'class="btn ghost" href="/en/help/"' in client.get(PAGE).content.decode()


def test_what_leads_nowhere_comes_back_to_the_list(client, worker):
    message = told(worker)[0]
    Message.objects.filter(pk=message.pk).update(link="")
    assert client.post(f"{PAGE}{message.uid}/")["Location"] == PAGE


def test_the_first_reading_counts(client, worker):
    message = told(worker)[0]
    Message.objects.filter(pk=message.pk).update(read_at=NOW)
    client.post(f"{PAGE}{message.uid}/")
    message.refresh_from_db()
    assert message.read_at == NOW


def test_all_that_the_page_showed_is_read_and_what_came_since_is_not(client, worker):
    old, shown, newer = told(worker, 3)
    assert client.post(f"{PAGE}{shown.uid}/earlier/")["Location"] == PAGE
    assert [bool(Message.objects.get(pk=message.pk).read_at) for message in (old, shown, newer)] == [True, True, False]


def test_somebody_elses_message_does_not_exist(client):
    message = told(User.objects.create_user(phone="+992900000008"))[0]
    assert client.post(f"{PAGE}{message.uid}/").status_code == 404
    assert client.post(f"{PAGE}{message.uid}/earlier/").status_code == 404
    message.refresh_from_db()
    assert message.read_at is None and "Кумак" not in client.get(PAGE).content.decode()


def test_an_sms_is_no_message_of_the_page(client, worker):
    told(worker)
    sms = Message.objects.get(channel=Channel.SMS)
    assert client.post(f"{PAGE}{sms.uid}/").status_code == 404


@pytest.mark.parametrize("path", ["", "ways/", "01a20228-7d64-7a9a-9e28-a6e81e160784/"])
def test_visitors_sign_in_first(path):
    client = Client()
    response = client.get(PAGE) if not path else client.post(f"{PAGE}{path}")
    assert "/sign-in/" in response["Location"]


def test_the_bell_says_how_many_are_new(client, worker):
    assert bell(client) == "Messages to you"
    told(worker)
    assert bell(client) == "1 1 new message"
    told(worker, 8)
    assert bell(client, "/ru/").startswith("9 ")
    told(worker, 3)
    assert bell(client) == "9+ More than 9 new messages" and count_unread(User.objects.get(pk=worker.pk)) == 10
    told(User.objects.create_user(phone="+992900000010"))
    Message.objects.update(read_at=NOW)
    assert bell(client) == "Messages to you"


def test_a_visitor_has_no_bell_and_the_page_of_everybody():
    response = Client().get("/en/help/")
    assert "bell" not in response.content.decode() and "public" in response["Cache-Control"]


WAYS = {
    **dict.fromkeys(("match", "check_in", "new_jobs", "money"), "app"),
    **dict.fromkeys(("question", "contract", "course", "care"), "sms"),
}


def test_ways_are_chosen_and_chosen_anew(client, worker):
    assert client.post(f"{PAGE}ways/", WAYS)["Location"] == PAGE
    assert "Saved" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}ways/", WAYS | {"match": "sms"})
    chosen = dict(ChosenWay.objects.filter(user=worker).values_list("purpose", "channel"))
    assert chosen == WAYS | {"match": "sms"}
    assert '<option value="app" selected>' in client.get(PAGE).content.decode()


def test_a_way_that_somebody_has_not_got_is_refused_with_what_was_chosen_kept(client):
    response = client.post(f"{PAGE}ways/", WAYS | {"match": "mail"})
    assert response.status_code == 200 and not ChosenWay.objects.exists()
    assert response.context["form"].errors.keys() == {"match"} and response.context["form"]["check_in"].value() == "app"


def test_what_cannot_be_turned_off_is_not_offered(client):
    client.post(f"{PAGE}ways/", WAYS | {"job_stopped": "app", "sign_in": "app"})
    assert not ChosenWay.objects.filter(purpose__in=["job_stopped", "sign_in"]).exists()


def test_members_choose_other_kinds():
    member = User.objects.create_user(email="m@example.org")
    client = Client()
    client.force_login(member)
    form = client.get(PAGE).context["form"]
    assert list(form.fields) == ["vacancy", "people", "question", "organisation"]
    assert [value for value, _label in form.fields["vacancy"].choices] == ["mail", "app"]


def test_taken_along_and_erased(client, worker):
    from portal.accounts.erase import erase_everything

    told(worker)
    ChosenWay.objects.create(user=worker, purpose=Purpose.MATCH, channel=Channel.APP)
    known = export_everything(worker)
    assert {row["Text"] for row in known["Messages to you"]} == {"Кор", "Кумак"}
    assert known["How news reaches you"] == {"jobs found for you": "here in Safar"}
    erase_everything(worker, NOW)
    assert not Message.objects.exists() and not ChosenWay.objects.exists()
