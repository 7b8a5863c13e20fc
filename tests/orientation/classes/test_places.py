"""Writing a class, taking a place in it, being there; and what others may not do."""

import gzip
import re
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from orientation.classes import life, seats
from orientation.classes.here import token_of
from orientation.classes.sentences import FULL, NotPossible
from orientation.learners import Learner
from orientation.models import ClassLearner, ClassSession
from portal.organisations.models import Membership, Organisation
from portal.outbox.models import Message
from tests.orientation.classes.conftest import OURS, own, public

pytestmark = pytest.mark.django_db
LIST = "/en/learn/classes/"
NEW = "/en/learn/classes/own/new/"


def key() -> dict[str, str]:
    return {"submission_key": str(uuid4())}


def somebody() -> Learner:
    return Learner(None, uuid4())


def form_of(session: ClassSession, **changed: object) -> dict[str, object]:
    day = session.starts_at + timedelta(days=5)
    told = {"course": session.edition.uid, "language": "tg", "corridor": "TJ-RU", "region": "TJ-KT", "place": "School 4", "seats": 30}
    return told | {"day": day.date().isoformat(), "begins": "09:30", "ends": "12:00"} | key() | changed


def test_a_class_is_written_once_and_bad_words_are_told(trainer, session):
    for seats_told in ("0", "500", "many", ""):
        refused = trainer.post(NEW, form_of(session, seats=seats_told))
        assert refused.status_code == 400 and "from 1 to 200" in refused.content.decode() and "School 4" in refused.content.decode()
    refused = trainer.post(NEW, form_of(session, ends="09:30", corridor="TJ-KZ")).content.decode()
    assert "ends after it begins" in refused and "about these roads: Tajikistan → Russia" in refused
    assert "over already" in trainer.post(NEW, form_of(session, day="2020-01-01")).content.decode()
    told = form_of(session)
    gone = [trainer.post(NEW, told)["Location"] for _ in range(2)]
    written = ClassSession.objects.exclude(pk=session.pk).get()
    assert gone == [own(written)] * 2 and written.seats == 30 and written.starts_at.astimezone().utcoffset() is not None
    assert f"{written.starts_at:%H:%M}" == "04:30", "half past nine in Bokhtar"
    assert "School 4" in trainer.get("/en/learn/classes/own/").content.decode()


def test_only_people_of_the_organisation_see_and_act(one_click, session, cast, now):
    actions = ["add/", "came/", "take-off/", "close/", "call-off/", "take-over/", "tablet/", "certificates/"]
    pages = ["", "screen/", "answers/", "answers/1/", "report/", "sheets.pdf"]
    nigora, ildar = one_click("nigora"), one_click("ildar")  # another office that teaches; an employer
    assert [nigora.get(own(session, page)).status_code for page in pages] == [404] * len(pages)
    assert {nigora.post(own(session, act), key() | {"name": "Nobody"}).status_code for act in actions} == {404}
    assert ildar.get(own(session)).status_code == ildar.post(own(session, "close/"), key()).status_code == 404
    assert nigora.get(NEW).status_code == 200 and ildar.get(NEW).status_code == ildar.get("/en/learn/classes/own/").status_code == 403
    assert Client().get(own(session))["Location"].startswith("/en/sign-in/")
    for act in (life.close, life.call_off, life.take_over):
        with pytest.raises(PermissionDenied):
            act(session, cast["nigora"], now)
    with pytest.raises(PermissionDenied):
        life.start_class(session.organisation, {}, cast["nigora"], now)
    Membership.objects.create(user=cast["nigora"], organisation=session.organisation)
    assert nigora.post(own(session, "take-over/"), key()).status_code == 302
    session.refresh_from_db()
    assert session.trainer == cast["nigora"]
    Organisation.objects.filter(pk=session.organisation_id).update(vetted_at=None, vetted_by=None)
    assert nigora.get(own(session)).status_code == Client().get(public(session)).status_code == 404


def test_the_list_and_a_page_are_cheap_and_the_same_for_all(new_session, client, django_assert_num_queries):
    session, over = new_session(begins=30), new_session(begins=-9)
    with django_assert_num_queries(2):
        listed = client.get(f"{LIST}?region=TJ-KT&language=en&corridor=TJ-RU").content.decode()
    with django_assert_num_queries(2):
        page = client.get(public(session))
    assert session.code in listed and over.code not in listed and len(gzip.compress(page.content, 6)) < 12 * 1024
    assert session.code in client.get(f"{LIST}?language=xx&region=1").content.decode(), "nonsense is no wish"
    assert "public" in page["Cache-Control"] and not page.cookies and "csrf" not in page.content.decode()
    assert client.get(f"{LIST}?code=%20{session.code.lower()}%20")["Location"] == public(session)
    wrong = client.get(f"{LIST}?code=NOSUCH")
    assert wrong.status_code == 404 and "No class has this code" in wrong.content.decode() and "NOSUCH" in wrong.content.decode()
    assert client.get(public(session).replace(session.code, session.code.lower()))["Location"] == public(session)


def test_a_place_by_phone_and_the_last_one(new_session, phone, cast):
    session = new_session(begins=30, seats=1)
    assert phone.post(public(session, "sign-up/"), {"name": "<b>"}).status_code == 409
    assert not session.learners.exists() and Client(HTTP_SEC_FETCH_SITE="cross-site").post(public(session, "sign-up/")).status_code == 403
    for name in ("", "", "Zarina Yorova"):
        assert phone.post(public(session, "sign-up/"), {"name": name})["Location"] == public(session)
    seat = session.learners.get()
    assert (seat.number, seat.name, seat.user) == (1, "Zarina Yorova", None)
    assert "Number 1" in phone.get(public(session)).content.decode() and "You have a place · Number 1" in phone.get(LIST).content.decode()
    late = Client(**OURS).post(public(session, "sign-up/"), {"name": "Umed"})
    assert late.status_code == 409 and "All places are taken" in late.content.decode()
    assert "Zarina" not in late.content.decode()
    phone.post(public(session, "leave/"))
    phone.post(public(session, "leave/"))
    seat.refresh_from_db()
    assert seat.left_at is not None and seat.name == ""
    signed_in = Client(**OURS)
    signed_in.force_login(cast["farrukh"])
    signed_in.post(public(session, "sign-up/"))
    assert session.learners.get(user=cast["farrukh"]).number == 2, "a number is on somebody's sheet: nobody else gets it"


def test_two_at_once_for_the_last_place(fresh_db, cast, new_session, now):
    session = new_session(begins=30, seats=1)
    together, refused = Barrier(2), []

    def run() -> None:
        together.wait()
        try:
            seats.sign_up(session, somebody(), "", now)
        except NotPossible as why:
            refused.append(why.why)
        connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.learners.count() == 1 and refused == [FULL]


def test_being_there_by_phone_twice_late_and_without_a_place(session, phone, now):
    address = public(session, f"here/{token_of(session)}/")
    assert phone.get(public(session, "here/0123456789abcdef/")).status_code == 404
    assert "I am here" in phone.get(address).content.decode() and not session.learners.exists()
    for _ in range(2):
        assert phone.post(address, {"name": "Umed"})["Location"] == public(session)
    seat = session.learners.get()
    first = seat.attended_at
    assert (seat.number, seat.name, seat.attended_by) == (1, "Umed", "qr") and first is not None
    seats.attend_by_phone(session, seats.learner_in(seat), "", now + timedelta(minutes=30))
    seats.leave(session, seats.learner_in(seat), now)
    seat.refresh_from_db()
    assert seat.attended_at == first and seat.left_at is None
    with pytest.raises(NotPossible, match="only on the day"):
        seats.attend_by_phone(session, somebody(), "", now + timedelta(days=2))
    ClassSession.objects.filter(pk=session.pk).update(seats=1)
    assert Client(**OURS).post(address).status_code == 409


def test_the_trainers_list(trainer, session, now, cast):
    assert trainer.post(own(session, "add/"), {"name": "4"} | key()).status_code == 409
    told = {"name": "Daler Niyozov"} | key()
    assert {trainer.post(own(session, "add/"), told).status_code for _ in range(2)} == {302}
    seat = session.learners.get()
    assert seat.attended_by == "list" and seat.user is None
    other = seats.sign_up(session, somebody(), "Umed", now)
    by_phone = seats.sign_up(session, somebody(), "", now)
    page = trainer.get(own(session)).content.decode()
    assert "Daler Niyozov" in page and "came: 1 / 3" in page
    seats.attend_by_phone(session, seats.learner_in(by_phone), "", now)  # meanwhile
    trainer.post(own(session, "came/"), {"came": [other.number], "was": [seat.number, "x", "99999"]} | key())
    assert list(session.learners.order_by("number").values_list("attended_by", flat=True)) == ["", "list", "qr"]
    assert trainer.post(own(session, "add/"), {"name": "One more"} | key()).status_code == 409, "no place is left"
    trainer.post(own(session, "take-off/"), {"number": [seat.number, other.number]} | key())
    assert set(session.learners.filter(left_at=None).values_list("number", flat=True)) == {2, 3}, "who has come stays"
    with pytest.raises(PermissionDenied):
        seats.add_learner(session, "Nobody", cast["nigora"], now)


def test_what_a_phone_has_kept_without_a_network_is_taken_later(session, phone, one_click, now):
    """The body of then, with the token of then, beside the cookies of now."""
    here = public(session, f"here/{token_of(session)}/")
    assert f'action="{here}" data-outbox' in phone.get(here).content.decode()
    umed, trainer = seats.sign_up(session, somebody(), "Umed", now), one_click("rustam")
    trainer.handler.enforce_csrf_checks = True
    page = trainer.get(own(session)).content.decode()
    form = re.search(rf'action="{own(session, "came/")}" data-outbox>.*?</form>', page, re.S)[0]
    kept = dict(re.findall(r'name="(csrfmiddlewaretoken|submission_key)" value="([^"]+)"', form)) | {"came": umed.number, "uid": uuid4()}
    trainer.get("/en/learn/classes/own/new/")
    assert trainer.post(own(session, "came/"), kept | {"csrfmiddlewaretoken": "x" * 64}, **OURS).status_code == 403
    assert {trainer.post(own(session, "came/"), kept, **OURS).status_code for _ in range(2)} == {302}
    umed.refresh_from_db()
    assert umed.attended_by == "list"
    trainer.logout()
    assert "/sign-in/" in Client(**OURS).post(own(session, "came/"), kept)["Location"], "the phone says that it was not taken"


def test_called_off_and_closed(new_session, trainer, cast, now):
    coming, begun = new_session(begins=30), new_session()
    for learner in (Learner(cast["farrukh"], None), somebody()):
        seats.sign_up(coming, learner, "", now)
    for _ in range(2):
        assert trainer.post(own(coming, "call-off/"), key()).status_code == 302
    told = Message.objects.get(to=cast["farrukh"], channel="app")
    assert told.link == f"learn/classes/{coming.code}/" and "called off" in Client().get(public(coming)).content.decode()
    assert coming.code not in Client().get(LIST).content.decode()
    assert trainer.post(own(begun, "call-off/"), key()).status_code == 409
    assert trainer.post(own(new_session(begins=20), "close/"), key()).status_code == 409
    assert trainer.post(own(begun, "close/"), key()).status_code == 302
    for act in ({"what": "add/", "name": "Umed"}, {"what": "came/", "came": "1"}):
        assert trainer.post(own(begun, act.pop("what")), act | key()).status_code == 409
    with pytest.raises(NotPossible, match="closed"):
        seats.sign_up(begun, somebody(), "", now)
    assert not ClassLearner.objects.filter(session=begun).exists()
