"""What a centre says of its people: who came, who has completed; a verified skill is scored, and may be taken back."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from matching import score
from matching.models import CandidateSkill, Match, ScoringMark
from matching.move import NotAllowed, NotPossible
from matching.profile import set_skills
from portal.outbox.models import Message
from tests.matching.factories import a_user
from tests.matching.runs import run_all
from tests.matching.test_seats import at_once
from tests.training.courses import AHEAD, a_centre, a_course, signed_up, skill
from training.life import finish_offer
from training.mark import mark, take_back
from training.models import SignUp, TrainingOffer, Verification

pytestmark = pytest.mark.django_db
State = SignUp.State
WRITTEN = timedelta(days=20)


@pytest.fixture
def trainer(db):
    return a_centre()[1]


def over(trainer, skills=None, **other) -> TrainingOffer:
    """A course that was written twenty days ago, and has ended."""
    return a_course(trainer, timezone.now() - WRITTEN, skills, **other)


def was_there(offer: TrainingOffer, candidate=None) -> SignUp:
    return signed_up(offer, timezone.now() - WRITTEN, candidate)


def complete(row: SignUp, trainer) -> SignUp:
    mark(row.offer, {row.uid: State.COMPLETED}, trainer, timezone.now())
    return SignUp.objects.get(pk=row.pk)


def held(row: SignUp, slug: str = "bricklaying") -> tuple[int, bool] | None:
    return CandidateSkill.objects.filter(candidate=row.candidate, skill=skill(slug)).values_list("level", "is_verified").first()


def say(row: SignUp, level: int | None) -> None:
    set_skills(row.candidate, {skill().pk: level}, timezone.now())


@pytest.mark.parametrize(
    ("said", "verified", "after"),
    [
        (None, (2, True), None),  # created, and gone again
        (1, (2, True), (1, False)),  # raised, and back
        (2, (2, True), (2, False)),
        (4, (4, False), (4, False)),  # never lowered: more than was taught stays a word
    ],
)
def test_a_completed_course_verifies_its_skill_until_it_is_taken_back(trainer, said, verified, after):
    row = was_there(over(trainer))
    say(row, said)
    ScoringMark.objects.all().delete()
    row.candidate.refresh_from_db()
    complete(row, trainer)
    assert held(row) == verified
    before = row.candidate.revision
    row.candidate.refresh_from_db()
    assert (row.candidate.revision > before) == ScoringMark.objects.filter(candidate=row.candidate).exists() == (verified[1])
    told = take_back(row, "Was not at the test.", trainer, timezone.now())
    assert held(row) == after and told.state == State.CAME and told.taken_back_because == "Was not at the test."
    take_back(row, "Once more.", trainer, timezone.now())
    assert SignUp.objects.get().taken_back_because == "Was not at the test."
    subjects = Message.objects.filter(to=row.candidate.user, channel="app").order_by("pk").values_list("subject", flat=True)
    assert list(subjects) == ["You have completed the course", "A completed course does not count any more"]
    assert complete(row, trainer).taken_back_because == "" and held(row) == verified


def test_two_courses_in_any_order(trainer):
    """What is left is what still stands: the other course's level, then the person's own word."""
    row = was_there(over(trainer))
    say(row, 1)
    higher = was_there(over(trainer, {skill().pk: 3}), row.candidate)
    complete(row, trainer)
    complete(higher, trainer)
    assert held(row) == (3, True)
    take_back(row, "A mistake.", trainer, timezone.now())
    assert held(row) == (3, True)
    complete(row, trainer)
    take_back(higher, "A mistake.", trainer, timezone.now())
    assert held(row) == (2, True)
    take_back(row, "A mistake.", trainer, timezone.now())
    assert held(row) == (1, False)


def test_what_the_person_has_changed_since_is_theirs(trainer):
    row = complete(was_there(over(trainer)), trainer)
    say(row, 3)
    assert held(row) == (3, False)
    take_back(row, "A mistake.", trainer, timezone.now())
    assert held(row) == (3, False)


def test_points_rise_with_the_skill(market, trainer):
    """A real run before, a small one after."""
    vacancy, person = market.vacancy(), market.candidate(skills=2, user=a_user())
    row = was_there(over(trainer, {market.skills[2].pk: 2}), person)
    run_all(market.now)
    before = Match.objects.get(vacancy=vacancy, candidate=person).points
    complete(row, trainer)
    score.score_marked(timezone.now)
    after = Match.objects.get(vacancy=vacancy, candidate=person).points
    assert after > before
    take_back(row, "A mistake.", trainer, timezone.now())
    score.score_marked(timezone.now)
    assert Match.objects.get(vacancy=vacancy, candidate=person).points == before


def test_days(trainer):
    offer = a_course(trainer)
    row, now = signed_up(offer), timezone.now()
    with pytest.raises(NotPossible, match="not begun"):
        mark(offer, {row.uid: State.CAME}, trainer, now)
    with pytest.raises(NotPossible, match="from the last day"):
        mark(offer, {row.uid: State.COMPLETED}, trainer, now + AHEAD)
    assert mark(offer, {row.uid: State.ABSENT}, trainer, now + AHEAD) == 1
    assert mark(offer, {row.uid: State.CAME}, trainer, now + AHEAD) == 1  # a mistake, mended
    with pytest.raises(NotPossible, match="from the last day"):
        finish_offer(offer, trainer, now + AHEAD)
    late = signed_up(offer)
    end = now + AHEAD + timedelta(days=4)
    with pytest.raises(NotPossible, match="whether they came"):
        finish_offer(offer, trainer, end)
    assert mark(offer, {row.uid: State.COMPLETED, late.uid: State.ABSENT}, trainer, end) == 2
    assert mark(offer, {row.uid: State.ABSENT}, trainer, end) == 0  # an older page does not undo it
    assert finish_offer(offer, trainer, end).status == "done"
    with pytest.raises(NotPossible, match="over or called off"):
        mark(offer, {late.uid: State.CAME}, trainer, end)
    assert take_back(row, "A mistake.", trainer, end).state == State.CAME  # that is possible later, too


def test_who_may(trainer):
    row = was_there(over(trainer))
    other = complete(was_there(row.offer), trainer)
    for stranger in (a_centre()[1], a_user(), row.candidate.user):
        with pytest.raises(NotAllowed):
            complete(row, stranger)
        with pytest.raises(NotAllowed):
            take_back(row, "No.", stranger, timezone.now())
    type(row.offer.centre).objects.filter(pk=row.offer.centre_id).update(vetted_at=None, vetted_by=None)
    with pytest.raises(NotPossible, match="has not checked your centre"):
        complete(row, trainer)
    assert held(row) == (2, False) and not Verification.objects.filter(sign_up=row).exists()  # as said
    with pytest.raises(NotPossible, match="has not checked your centre"):
        take_back(other, "Pay, or it is gone.", trainer, timezone.now())
    assert held(other) == (2, True)


def test_of_who_waits_or_left_nothing_is_said(trainer):
    offer = over(trainer, seats=1)
    was_there(offer)
    waiting = was_there(offer)
    assert mark(offer, {waiting.uid: State.COMPLETED}, trainer, timezone.now()) == 0
    assert SignUp.objects.get(pk=waiting.pk).state == State.WAITING


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once(fresh_db, gate_is_open):
    trainer = a_centre()[1]
    row = was_there(over(trainer))
    counts = at_once(*[partial(mark, row.offer, {row.uid: State.COMPLETED}, trainer, timezone.now())] * 2)
    assert sorted(counts) == [0, 1] and Verification.objects.count() == 1
    assert Message.objects.filter(to=row.candidate.user, channel="app").count() == 1
