"""Seats, the waiting list in its order, and who may not sign up."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from matching.move import NotAllowed, NotPossible
from portal.outbox.models import Message
from tests.matching.factories import a_candidate
from tests.matching.test_seats import at_once
from tests.training.courses import AHEAD, a_centre, a_course, a_learner, post, signed_up
from training.life import call_off, close_offer, finish_offer, open_offer
from training.mark import mark
from training.models import SignUp, TrainingOffer
from training.own_courses import own_courses
from training.sign_up import leave, sign_up
from training.write_offer import change_offer

pytestmark = pytest.mark.django_db
State = SignUp.State


@pytest.fixture
def trainer(db):
    return a_centre()[1]


@pytest.fixture
def offer(trainer) -> TrainingOffer:
    return a_course(trainer)


def states(offer: TrainingOffer) -> list[str]:
    return list(offer.sign_ups.order_by("asked_at", "pk").values_list("state", flat=True))


def taken(offer: TrainingOffer) -> int:
    offer.refresh_from_db()
    return offer.seats_taken


def told(sign_up: SignUp) -> list[str]:
    return list(Message.objects.filter(to=sign_up.candidate.user, channel="app").values_list("subject", flat=True))


def test_seats_then_the_waiting_list_in_its_order(offer):
    first, _second, third, fourth = (signed_up(offer) for _ in range(4))
    assert states(offer) == ["seated", "seated", "waiting", "waiting"] and taken(offer) == 2
    leave(first, timezone.now())
    assert states(offer) == ["left", "seated", "seated", "waiting"] and taken(offer) == 2
    assert told(third) == ["You have a place"] and told(fourth) == told(first) == []
    again = signed_up(offer, candidate=first.candidate)  # to the end of the line
    leave(third, timezone.now())
    assert [SignUp.objects.get(pk=row.pk).state for row in (fourth, again)] == ["seated", "waiting"]


def test_twice_is_once(offer):
    one = signed_up(offer, shows_name=False)
    assert signed_up(offer, candidate=one.candidate) == one and taken(offer) == 1
    assert SignUp.objects.get().shows_name  # but what the centre may see is as said last
    for _ in range(2):
        assert leave(one, timezone.now()).state == State.LEFT
    assert taken(offer) == 0 and not SignUp.objects.get().shows_name


def test_more_seats_go_to_who_waits(offer, trainer):
    rows = [signed_up(offer) for _ in range(4)]
    held = dict(offer.skills.values_list("skill", "level"))
    change_offer(offer, {"seats": 3}, held, trainer, timezone.now())
    assert states(offer) == ["seated", "seated", "seated", "waiting"] and taken(offer) == 3
    assert told(rows[2]) == ["You have a place"]
    with pytest.raises(NotPossible, match="3 places are taken"):
        change_offer(offer, {"seats": 2}, held, trainer, timezone.now())


def test_who_waits_comes_in_though_the_course_is_closed(offer, trainer):
    first, _, third = (signed_up(offer) for _ in range(3))
    close_offer(offer, trainer, timezone.now())
    with pytest.raises(NotPossible, match="Nobody can sign up"):
        signed_up(offer)
    leave(first, timezone.now())
    assert SignUp.objects.get(pk=third.pk).state == State.SEATED
    open_offer(offer, trainer, timezone.now())
    assert signed_up(offer).state == State.WAITING


def test_after_it_has_begun_nobody_comes_in(offer):
    first, _, third = (signed_up(offer) for _ in range(3))
    begun = timezone.now() + AHEAD
    with pytest.raises(NotPossible, match="Nobody can sign up"):
        signed_up(offer, at=begun)
    leave(first, begun)
    assert SignUp.objects.get(pk=third.pk).state == State.WAITING and taken(offer) == 1


@pytest.mark.parametrize("what", ["draft", "called off", "unchecked"])
def test_not_open(offer, trainer, what):
    if what == "draft":
        TrainingOffer.objects.update(status="draft")
    elif what == "called off":
        call_off(offer, trainer, timezone.now())
    else:
        type(offer.centre).objects.filter(pk=offer.centre_id).update(vetted_at=None, vetted_by=None)
    with pytest.raises(NotPossible):
        signed_up(offer)
    assert not SignUp.objects.exists()


def test_who_may_not(offer, trainer):
    with pytest.raises(NotPossible, match="belong to this centre"):
        sign_up(offer, a_candidate(user=trainer), True, timezone.now())
    with pytest.raises(NotAllowed):
        sign_up(offer, a_candidate(), True, timezone.now())  # nobody's account: nobody has said yes


def test_called_off_is_told_to_all(offer, trainer):
    rows = [signed_up(offer) for _ in range(3)]
    left = signed_up(offer)
    leave(left, timezone.now())
    for _ in range(2):
        call_off(offer, trainer, timezone.now())
    assert [told(row) for row in (*rows, left)] == [["Your course is called off"]] * 3 + [[]]
    for act in (open_offer, close_offer, finish_offer):
        with pytest.raises(NotPossible):
            act(offer, trainer, timezone.now())


def test_the_table_holds_the_seats(offer):
    signed_up(offer)
    signed_up(offer)
    for wrong in ({"seats_taken": 3}, {"seats": 1}, {"seats": 0, "seats_taken": 0}, {"price": 5}, {"payer": "learner"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TrainingOffer.objects.filter(pk=offer.pk).update(**wrong)


def test_the_page_of_a_person(signed_in, cast, trainer):
    offer = a_course(trainer, seats=1)
    url, client = f"/en/training/{offer.uid}/", signed_in("farrukh")
    assert post(client, f"{url}sign-up/").url == "/en/jobs/profile/"  # first the profile
    mine = a_candidate(user=cast["farrukh"])
    key = {"submission_key": "0b0c1a7e-0000-4000-8000-000000000001", "shows_name": "on"}
    for _ in range(2):
        assert post(client, f"{url}sign-up/", key).url == url
    row = SignUp.objects.get(candidate=mine)
    assert row.state == State.SEATED and row.shows_name
    page = client.get(url).content.decode()
    assert "You have a place" in page and "Leave this course" in page
    days = client.get(f"{url}days.ics").content.decode()
    assert days.count("BEGIN:VEVENT") == 2 and "Safar: Your course begins" in days and "Walls" not in days
    assert "Walls that stand" in client.get("/en/training/mine/").content.decode()
    assert post(signed_in("aigul"), f"{url}leave/").status_code == 404  # nothing of hers to leave
    other = signed_up(offer)
    assert post(client, f"{url}leave/").url == url
    assert SignUp.objects.get(pk=other.pk).state == State.SEATED
    late = timezone.now() - timedelta(days=1)
    TrainingOffer.objects.filter(pk=offer.pk).update(starts_on=late.date())
    answer = post(client, f"{url}sign-up/")
    assert answer.status_code == 409 and "Nobody can sign up" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_last_seat(fresh_db, gate_is_open):
    """Real threads: one is seated, the others wait; then all leave at once, and no seat is lost or made."""
    trainer = a_centre()[1]
    offer, people = a_course(trainer, seats=1), [a_learner() for _ in range(4)]
    rows = at_once(*[partial(sign_up, offer, person, True, timezone.now()) for person in people])
    assert sorted(row.state for row in rows) == ["seated", "waiting", "waiting", "waiting"] and taken(offer) == 1
    seated = next(row for row in rows if row.state == State.SEATED)
    at_once(partial(leave, seated, timezone.now()), partial(leave, seated, timezone.now()))
    assert taken(offer) == 1 and states(offer).count("seated") == 1
    at_once(*[partial(leave, row, timezone.now()) for row in rows])
    assert taken(offer) == 0 and set(states(offer)) == {"left"}
    person = a_learner()
    both = at_once(*[partial(sign_up, offer, person, True, timezone.now())] * 2)
    assert both[0] == both[1] and taken(offer) == 1


def test_how_far_each_is(offer, trainer):
    """In a sentence for the person: whatever has become of the course, and of them."""
    rows, now = [signed_up(offer) for _ in range(3)], timezone.now()
    left = leave(signed_up(offer), now)

    def said(row: SignUp, at=now) -> tuple[str, bool]:
        ahead, behind = own_courses(row.candidate.user, at)
        [shown] = ahead + behind
        return shown.title, bool(ahead)

    assert [said(row) for row in (rows[0], rows[2], left)] == [
        ("You have a place", True),
        ("You are on the waiting list", True),
        ("You have left this course", False),
    ]
    end = now + AHEAD + timedelta(days=4)
    assert said(rows[2], end) == ("No place was left", False)
    mark(offer, {rows[0].uid: State.COMPLETED, rows[1].uid: State.CAME}, trainer, end)
    assert said(rows[1], end) == ("You took part", True)
    finish_offer(offer, trainer, end)
    assert [said(row, end) for row in rows[:2]] == [("You have completed the course", False), ("You took part", False)]
    other = a_course(trainer)
    row = signed_up(other)
    call_off(other, trainer, now)
    assert said(row) == ("Your course is called off", False)
