"""A person's courses are taken along, erased, and put together with another profile's."""

import json
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.accounts.erase import erase_everything
from tests.matching.factories import a_candidate
from tests.training.courses import a_centre, a_course, a_learner, signed_up
from tests.training.test_mark import complete, over, was_there
from training.mark import take_back
from training.models import SignUp, TrainingOffer, Verification
from training.person import export_training, merge_training
from training.sign_up import leave

pytestmark = pytest.mark.django_db
State = SignUp.State


@pytest.fixture
def trainer(db):
    return a_centre()[1]


def taken(offer: TrainingOffer) -> int:
    return TrainingOffer.objects.get(pk=offer.pk).seats_taken


def test_taken_along(signed_in, cast, trainer):
    row = complete(was_there(over(trainer), a_candidate(user=cast["farrukh"])), trainer)
    told = json.loads(signed_in("farrukh").get("/en/me/known/safar.json").content)["Training courses"]
    [course] = told
    assert course["Course"] == "Walls that stand" and course["State"] == "has completed the course"
    assert course["Verified skills"] == "Lay bricks: works alone" and course["The centre may see my name and phone number."] == "Yes"
    take_back(row, "Was ill.", trainer, timezone.now())
    assert "Was ill." in json.dumps(export_training(cast["farrukh"]))
    assert export_training(cast["aigul"]) == {}


def test_erased(signed_in, cast, trainer):
    done = complete(was_there(over(trainer), a_candidate(user=cast["farrukh"])), trainer)
    offer = a_course(trainer, seats=1)
    signed_up(offer, candidate=done.candidate)
    waiting = signed_up(offer)
    answer = signed_in("farrukh").post("/en/me/erase/", {"submission_key": str(uuid4()), "sure": "on"})
    assert answer["Location"] == "/en/erased/"
    assert SignUp.objects.get().pk == waiting.pk and not Verification.objects.exists()
    waiting.refresh_from_db()
    assert waiting.state == State.SEATED and taken(offer) == 1


def test_an_erased_trainer_has_marked_all_the_same(trainer):
    row = complete(was_there(over(trainer)), trainer)
    erase_everything(trainer, timezone.now())
    row.refresh_from_db()
    assert row.state == State.COMPLETED and row.marked_by == trainer and not row.marked_by.is_active


def test_put_together(trainer):
    """What one of the two profiles has goes to the one that stays; of two sign-ups for one course the further one does."""
    keep, lose = a_learner(), a_learner()
    both, only, done = a_course(trainer, seats=1), a_course(trainer), over(trainer)
    signed_up(both, candidate=lose)
    signed_up(both, candidate=keep)  # waits
    signed_up(only, candidate=lose)
    leave(signed_up(only, candidate=keep), timezone.now())
    complete(was_there(done, lose), trainer)
    was_there(done, keep)
    merge_training(keep, lose, timezone.now())
    rows = {row.offer_id: row.state for row in SignUp.objects.filter(candidate=keep)}
    assert rows == {both.pk: "seated", only.pk: "seated", done.pk: "completed"}
    assert not SignUp.objects.filter(candidate=lose).exists()
    assert (taken(both), taken(only), taken(done)) == (1, 1, 1)
    assert Verification.objects.get().sign_up.candidate == keep
