"""One tablet for many: whose learning it is, and that nothing stays. And what a class forgets of people."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from orientation.classes import seats, tablet
from orientation.classes.demo import load_demo_classes
from orientation.classes.forget import forget_names
from orientation.learners import Learner
from orientation.models import Certificate, ClassLearner, ClassSession, CourseEdition, LearningEvent
from orientation.tasks import forget_names_of_classes
from portal.accounts.device import COOKIE as DEVICE
from portal.accounts.erase import erase_everything
from portal.accounts.export import export_everything
from portal.accounts.sign_in import sign_in
from tests.orientation.classes.conftest import OURS, own
from tests.orientation.conftest import in_form, right_answer

pytestmark = pytest.mark.django_db
LIST = "/en/learn/classes/tablet/"
QUESTION = "/en/learn/russia-documents/papers/1/"


@pytest.fixture
def listed(session, cast, now):
    first = seats.add_learner(session, "Zarina Yorova", cast["rustam"], now)
    return [first, seats.sign_up(session, Learner(cast["farrukh"], None), "", now), seats.add_learner(session, "Umed", cast["rustam"], now)]


@pytest.fixture
def shared(one_click, session, listed) -> Client:
    """The trainer has shared the device on which they were signed in."""
    client = one_click("rustam")
    client.defaults |= OURS
    assert client.post(own(session, "tablet/"))["Location"] == LIST
    return client


def shown(client: Client) -> set[str]:
    """The cookies that say who somebody is: the form token is a number by chance."""
    return {name for name, cookie in client.cookies.items() if cookie.value and name != settings.CSRF_COOKIE_NAME}


def test_learners_take_turns_and_nothing_stays(shared, listed, page_of):
    assert settings.SESSION_COOKIE_NAME not in shown(shared) and not Session.objects.exists()
    people = shared.get(LIST)
    assert (
        "Zarina Yorova" in people.content.decode()
        and people["Cache-Control"] == "private, no-store"
        and "safar.js" not in people.content.decode()
    )
    for path in ("/en/learn/", QUESTION, "/en/", "/en/me/", "/en/sign-in/", own(listed[0].session), "/en/demo/"):
        assert shared.get(path)["Location"] == LIST, path
    assert shared.post(QUESTION, {"choice": "x"})["Location"] == LIST and shared.post(f"{LIST}99/").status_code == 404
    assert shared.post(f"{LIST}1/")["Location"] == "/en/learn/russia-documents/"
    assert shared.cookies["safar_corridor"].value == "TJ-RU"
    question = page_of("papers").questions[0]
    sent = shared.post(QUESTION, in_form(question, right_answer(question)) | {"attempt": 1})
    assert sent["Location"] == QUESTION and DEVICE not in sent.cookies
    event = LearningEvent.objects.get()
    assert (event.device, event.is_right) == (listed[0].device, True)
    page = shared.get("/en/learn/russia-documents/papers/")
    assert "Done, next person" in page.content.decode() and page["Cache-Control"] == "private, no-store"
    for path in ("/en/me/", "/en/sign-in/", "/en/learn/classes/own/", f"/en/learn/classes/{listed[0].session.code}/"):
        answer = shared.get(path)
        assert answer.status_code == 200 if path.endswith(f"{listed[0].session.code}/") else answer["Location"] == LIST, path
    assert shared.post(f"/en/learn/classes/{listed[0].session.code}/leave/")["Location"] == LIST
    done = shared.post(f"{LIST}done/")
    assert shown(shared) == {tablet.CLASS} and done["Clear-Site-Data"] == '"storage"'
    assert shared.get(QUESTION)["Location"] == LIST
    assert shared.post(f"{LIST}2/").status_code == 404, "nobody learns in the name of an account"
    shared.post(f"{LIST}3/")
    other = [{"uid": str(event.uid), "edition": str(event.edition.uid), "lesson": "papers", "question": question["uid"], "attempt": 1}]
    body = json.dumps(
        {"events": [other[0] | {"choice": right_answer(question)[0], "uid": str(listed[1].uid), "happened_at": timezone.now().isoformat()}]}
    )
    assert shared.post("/api/v1/events/", body, content_type="application/json").json()["receipts"][0]["status"] == "accepted"
    assert LearningEvent.objects.filter(device=listed[2].device).count() == 1 and DEVICE not in shown(shared)
    shared.post(f"{LIST}end/")
    assert shown(shared) == set() and shared.get("/en/learn/").status_code == 200


def test_it_ends_by_itself_and_cannot_be_forged(shared, listed, session, monkeypatch):
    shared.post(f"{LIST}1/")
    assert shared.get(QUESTION).status_code == 200
    real = timezone.now().timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: real + 15 * 60)
    assert shared.get(QUESTION).status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: real + 30 * 60)
    assert shared.get(QUESTION).status_code == 200, "twenty minutes from the last page"
    monkeypatch.setattr("django.core.signing.time.time", lambda: real + 51 * 60)
    late = shared.get(QUESTION)
    assert late["Location"] == LIST and late["Clear-Site-Data"] == '"storage"' and shown(shared) == {tablet.CLASS}
    monkeypatch.undo()
    shared.cookies[tablet.SEAT] = shared.cookies[tablet.CLASS].value.replace(session.code, f"{session.code}:1")
    assert shared.get(QUESTION)["Location"] == LIST
    shared.post(f"{LIST}1/")
    ClassSession.objects.filter(pk=session.pk).update(closed_at=timezone.now())
    assert shared.get("/en/learn/").status_code == 200 and shown(shared) == set()
    stranger = Client(**OURS)
    assert stranger.get(LIST)["Location"] == stranger.post(f"{LIST}1/")["Location"] == "/en/learn/classes/"


def test_a_phones_owner_shows_the_others_nothing_but_this_course(shared, session, now):
    ClassSession.objects.update(seats=4)
    seat = seats.sign_up(session, Learner(None, uuid4()), "Umeda", now)
    told = {"kind": "checked", "is_right": True, "right": 1, "asked": 1, "attempt": 1, "happened_at": now, "received_at": now}
    edition = CourseEdition.objects.filter(is_current=True).exclude(pk=session.edition_id).order_by("pk")[0]
    other = edition.course.slug
    LearningEvent.objects.create(uid=uuid4(), device=seat.device, edition=edition, **told)
    kept = Certificate.objects.create(code="22", device=seat.device, edition=edition, issued_at=now)
    here = LearningEvent.objects.create(uid=uuid4(), device=seat.device, edition=session.edition, **told)
    shared.post(f"{LIST}{seat.number}/")
    for path in (f"/en/learn/{other}/", f"/en/learn/{other}/check/"):
        assert shared.get(path)["Location"] == "/en/learn/russia-documents/"
    assert shared.get(f"/en/learn/certificates/{kept.uid}/").status_code == 404
    assert [each["id"] for each in shared.get("/en/learn/record.json").json()] == [str(here.uid)]
    assert "See the certificate" in shared.get("/en/learn/").content.decode() and shared.get("/en/learn/facts/").status_code == 200
    assert shared.get(f"/audio/{uuid4()}.mp3").status_code == 404, "lessons can be heard"


def test_a_tablet_is_shared_on_the_day_only(trainer, new_session):
    later = new_session(begins=60)
    assert trainer.post(own(later, "tablet/")).status_code == 409 and trainer.get(own(later)).status_code == 200


def test_a_place_goes_with_whoever_signs_in(session, phone, cast, rf, client, now):
    phone.post(f"/en/learn/classes/{session.code}/sign-up/", {"name": "Farrukh"})
    device = session.learners.get().device
    request = rf.get("/")
    request.session, request.COOKIES[DEVICE] = client.session, phone.cookies[DEVICE].value
    sign_in(request, cast["farrukh"], now)
    seat = session.learners.get()
    assert seat.user == cast["farrukh"] and seat.device != device, "the next person on this phone is somebody else"
    seats.attend_by_phone(session, Learner(None, device), "", now)
    sign_in(request, cast["farrukh"], now)
    seat = session.learners.get()
    assert seat.user == cast["farrukh"] and seat.attended_by == "qr", "two places of one person are one"
    told = json.dumps(export_everything(cast["farrukh"]), default=str)
    assert "Room 2" in told and "Bokhtar Training Centre" in told
    erase_everything(cast["farrukh"], now)
    seat.refresh_from_db()
    assert seat.user is None and seat.name == ""


def test_names_without_an_account_leave_after_ninety_days(session, listed, now, cast):
    seats.sign_up(session, Learner(cast["farrukh"], None), "Farrukh", now)
    day = timedelta(days=1)
    assert forget_names(session.ends_at + 89 * day) == 0 and forget_names(session.ends_at + 91 * day) == 2
    ClassLearner.objects.filter(pk=listed[0].pk).update(name="Zarina")
    ClassSession.objects.filter(pk=session.pk).update(closed_at=now + 30 * day)
    assert forget_names(session.ends_at + 91 * day) == 0
    ClassSession.objects.filter(pk=session.pk).update(closed_at=now - 91 * day)
    forget_names_of_classes()
    assert sorted(session.learners.values_list("name", flat=True)) == ["", "", "Farrukh"]


def test_the_demos_classes_and_the_trainers_home(one_click, now):
    for _ in range(2):
        load_demo_classes(now)
    past, today, coming = ClassSession.objects.order_by("starts_at")
    assert past.closed_at and not today.closed_at and coming.starts_at > now
    assert Certificate.objects.filter(device__in=past.learners.values("device")).count() == 5
    home = one_click("rustam").get("/en/").content.decode()
    assert "Your next class" in home and f"/en/learn/classes/own/{today.uid}/" in home
