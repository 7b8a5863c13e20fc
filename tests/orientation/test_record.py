from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from orientation.adopt import adopt_device, export_learning, forget_learning
from orientation.answers import NoAnswer
from orientation.certify import write_name
from orientation.learners import Learner
from orientation.models import Certificate, LearningEvent
from orientation.paths import for_corridor
from orientation.progress import progress_of
from orientation.publish import publish
from orientation.record import Unanswered, record_answer, record_check
from portal import hooks
from portal.accounts.models import User
from tests.orientation.conftest import right_answer, wrong_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(page_of):
    return page_of("papers")


@pytest.fixture
def answers(page_of):
    """All answers of the Tajik corridor's final check, right."""
    return {question["uid"]: right_answer(question) for question in for_corridor(page_of("check").content["questions"], "TJ-RU")}


def progress(learner, page, corridor="TJ-RU"):
    return progress_of(learner.events(), page.content["outline"], corridor)


def test_a_lesson_is_done_when_each_of_its_questions_was_once_right(learner, papers, now):
    for number, question in enumerate(papers.content["questions"], 1):
        record_answer(learner, papers, question, wrong_answer(question), attempt=1, corridor="TJ-RU", now=now)
        record_answer(learner, papers, question, right_answer(question), attempt=2, corridor="TJ-RU", now=now)
        assert ("papers" in progress(learner, papers).lessons_done) == (number == 3)
    after = progress(learner, papers)
    assert (after.done, after.lessons_total, after.next_lesson) == (1, 4, "border")
    assert after.questions[papers.content["questions"][0]["uid"]].attempts == 2


def test_the_same_answer_twice_counts_once(learner, papers, now):
    question = papers.content["questions"][0]
    for _ in range(2):
        record_answer(learner, papers, question, right_answer(question), attempt=1, corridor="", now=now)
    assert LearningEvent.objects.count() == 1


def test_a_question_once_right_stays_right(learner, papers, now):
    question = papers.content["questions"][0]
    record_answer(learner, papers, question, right_answer(question), attempt=1, corridor="", now=now)
    record_answer(learner, papers, question, wrong_answer(question), attempt=2, corridor="", now=now)
    assert progress(learner, papers).questions[question["uid"]].is_right


def test_a_choice_of_another_question_is_no_answer(learner, papers, now):
    first, second, *_ = papers.content["questions"]
    with pytest.raises(NoAnswer):
        record_answer(learner, papers, first, right_answer(second), attempt=1, corridor="", now=now)
    assert not LearningEvent.objects.exists()


def test_progress_survives_a_new_edition(course, learner, papers, page_of, now):
    question = papers.content["questions"][0]
    record_answer(learner, papers, question, right_answer(question), attempt=1, corridor="", now=now)
    publish(course, by=None, now=now)
    assert progress(learner, page_of("papers")).questions[question["uid"]].is_right


def test_a_passed_check_gives_one_certificate_of_the_edition(learner, page_of, answers, now):
    check = page_of("check")
    for _ in range(2):
        event = record_check(learner, check, answers, attempt=1, corridor="TJ-RU", now=now)
    assert (event.right, event.asked, event.is_right) == (8, 8, True)
    certificate = Certificate.objects.get()
    assert (certificate.edition, certificate.device, certificate.user) == (check.edition, learner.device, None)
    assert progress(learner, check).is_passed


@pytest.mark.parametrize(("wrong", "passes"), [(1, True), (2, False)])
def test_eighty_per_cent_pass(learner, page_of, answers, now, wrong, passes):
    check = page_of("check")
    for question in for_corridor(check.content["questions"], "TJ-RU")[:wrong]:
        answers[question["uid"]] = wrong_answer(question)
    event = record_check(learner, check, answers, attempt=1, corridor="TJ-RU", now=now)
    assert (event.right, event.is_right) == (8 - wrong, passes)
    assert Certificate.objects.exists() == passes


def test_a_check_with_gaps_says_which_and_records_nothing(learner, page_of, answers, now):
    check = page_of("check")
    asked = for_corridor(check.content["questions"], "TJ-RU")
    del answers[asked[1]["uid"]]
    answers[asked[4]["uid"]] = right_answer(asked[5])
    with pytest.raises(Unanswered) as gaps:
        record_check(learner, check, answers, attempt=1, corridor="TJ-RU", now=now)
    assert list(gaps.value.places) == [2, 5] and all(gaps.value.places.values())
    assert not LearningEvent.objects.exists()


def test_a_failure_in_a_hook_leaves_no_certificate_and_no_event(learner, page_of, answers, now):
    def broken(user, certificate, now):
        raise RuntimeError("later step")

    hooks.course_completed.append(broken)
    try:
        with pytest.raises(RuntimeError):
            record_check(learner, page_of("check"), answers, attempt=1, corridor="TJ-RU", now=now)
    finally:
        hooks.course_completed.remove(broken)
    assert not LearningEvent.objects.exists() and not Certificate.objects.exists()


def test_a_name_is_written_once(learner, page_of, answers, now):
    record_check(learner, page_of("check"), answers, attempt=1, corridor="TJ-RU", now=now)
    certificate = Certificate.objects.get()
    assert write_name(Certificate.objects.all(), certificate.uid, "Farrukh")
    assert not write_name(Certificate.objects.all(), certificate.uid, "Somebody Else")
    certificate.refresh_from_db()
    assert certificate.holder_name == "Farrukh"


def test_signing_up_takes_over_what_the_device_learnt(learner, page_of, answers, now):
    user = User.objects.create_user(phone="+992900000077")
    record_check(learner, page_of("check"), answers, attempt=1, corridor="TJ-RU", now=now)
    adopt_device(user, learner.device, now)
    assert learner.events() == []
    mine = Learner(user, None)
    assert len(mine.events()) == 1 and mine.certificates()[0].user == user


def test_a_second_device_with_the_same_certificate_keeps_the_first(page_of, answers, now):
    user = User.objects.create_user(phone="+992900000077")
    for device in (uuid4(), uuid4()):
        record_check(Learner(None, device), page_of("check"), answers, attempt=1, corridor="TJ-RU", now=now)
        adopt_device(user, device, now)
    assert Certificate.objects.filter(user=user).count() == 1
    assert LearningEvent.objects.filter(user=user).count() == 2


def test_nobody_sees_what_another_device_learnt(learner, page_of, answers, now):
    record_check(learner, page_of("check"), answers, attempt=1, corridor="TJ-RU", now=now)
    for stranger in (Learner(None, uuid4()), Learner(None, None), Learner(User.objects.create_user(phone="+992900000078"), None)):
        assert stranger.events() == [] and stranger.certificates() == []


def test_erasing_leaves_no_way_from_the_events_to_the_person(learner, page_of, answers, now):
    user = User.objects.create_user(phone="+992900000077")
    record_check(learner, page_of("check"), answers, attempt=1, corridor="TJ-RU", now=now)
    adopt_device(user, learner.device, now)
    assert [len(rows) for rows in export_learning(user).values()] == [1, 1, 0]
    forget_learning(user, now)
    event = LearningEvent.objects.get()
    assert event.user is None and event.device not in (None, learner.device)
    assert not Certificate.objects.exists()


def test_the_database_wants_one_owner_and_an_answer(papers, now):
    values = {"edition": papers.edition, "attempt": 1, "is_right": True, "happened_at": now, "received_at": now, "kind": "answered"}
    answered = {"question": uuid4(), "choice": uuid4()}
    with pytest.raises(IntegrityError, match="event_has_one_owner"), transaction.atomic():
        LearningEvent.objects.create(uid=uuid4(), **values, **answered)
    with pytest.raises(IntegrityError, match="event_has_its_answer"), transaction.atomic():
        LearningEvent.objects.create(uid=uuid4(), device=uuid4(), **values)
