"""Events that come later: once each, by our clock, and right only by the edition that was learnt."""

import json
import random
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from orientation.learners import Learner
from orientation.models import LearningEvent, Lesson
from orientation.paths import for_corridor
from orientation.progress import progress_of
from orientation.receive import MOST, receive
from orientation.send_events import LARGEST
from tests.orientation.conftest import right_choice, wrong_choice
from tests.people import cast

__all__ = ["cast"]

pytestmark = pytest.mark.django_db
LATER = timedelta(days=3)
OWN_PAGE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def papers(page_of):
    return page_of("papers")


@pytest.fixture
def now(papers) -> datetime:
    return papers.edition.published_at + timedelta(days=10)


def told(page, question, when: datetime, *, right=True, **other) -> dict:
    """As a phone keeps it."""
    choice = right_choice(question) if right else wrong_choice(question)
    event = {
        "uid": str(uuid4()),
        "edition": str(page.edition.uid),
        "lesson": page.slug,
        "question": question["uid"],
        "choice": choice,
        "attempt": 1,
        "corridor": "TJ-RU",
        "happened_at": when.isoformat(),
    }
    return event | other


def answers(page, when: datetime) -> list[dict]:
    """Every question first wrong, then right."""
    questions = for_corridor(page.content["questions"], "TJ-RU")
    wrong = [told(page, question, when, right=False) for question in questions]
    return wrong + [told(page, question, when + timedelta(minutes=1), attempt=2) for question in questions]


def statuses(receipts) -> list[str]:
    return [receipt.status for receipt in receipts]


class TestUseCase:
    def test_a_lesson_learnt_on_the_road_is_done(self, learner, papers, now):
        sent = answers(papers, now - LATER)
        assert set(statuses(receive(learner, sent, None, now))) == {"accepted"}
        progress = progress_of(learner.events(), papers.content["outline"], "TJ-RU")
        assert progress.lessons_done == {"papers"}
        assert {event.happened_at for event in learner.events()} == {now - LATER, now - LATER + timedelta(minutes=1)}
        assert {event.received_at for event in learner.events()} == {now}

    def test_a_lesson_that_an_editor_has_deleted_since_is_still_learnt(self, learner, papers, now):
        """On the road nobody hears of it: the edition keeps the page."""
        Lesson.objects.get(course=papers.edition.course, slug=papers.slug).delete()
        assert set(statuses(receive(learner, answers(papers, now - LATER), None, now))) == {"accepted"}
        assert progress_of(learner.events(), papers.content["outline"], "TJ-RU").lessons_done == {"papers"}

    def test_the_order_and_the_count_of_sendings_change_nothing(self, papers, now):
        sent = answers(papers, now - LATER)
        stands = []
        for seed in range(5):
            learner, shuffled = Learner(None, uuid4()), [each | {"uid": str(uuid4())} for each in sent]
            twice = shuffled * 2
            random.Random(seed).shuffle(twice)
            for start in range(0, len(twice), 4):
                receive(learner, twice[start : start + 4], None, now + timedelta(seconds=start))
            stands.append(progress_of(learner.events(), papers.content["outline"], "TJ-RU"))
            assert len(learner.events()) == len(sent)
        assert all((stand.lessons_done, stand.questions) == (stands[0].lessons_done, stands[0].questions) for stand in stands)

    def test_sent_again_it_is_a_duplicate_even_in_one_request(self, learner, papers, now):
        first = told(papers, papers.content["questions"][0], now)
        assert statuses(receive(learner, [first, first], None, now)) == ["accepted", "duplicate"]
        assert statuses(receive(Learner(None, uuid4()), [first], None, now + LATER)) == ["duplicate"]
        assert LearningEvent.objects.get().device == learner.device

    def test_each_has_an_answer_of_its_own(self, learner, papers, page_of, now):
        question, check = papers.content["questions"][0], page_of("check")
        good = told(papers, question, now)
        strange = {
            "unknown_edition": {"edition": str(uuid4())},
            "unknown_lesson": {"lesson": "nothing"},
            "unknown_question": {"question": str(uuid4())},
            "no_answer": {"choice": str(uuid4())},
            "in_future": {"happened_at": (now + timedelta(hours=49)).isoformat()},
            "unreadable": {"attempt": 0},
        }
        sent = [good, *(good | {"uid": str(uuid4())} | fault for fault in strange.values())]
        receipts = receive(learner, sent, None, now)
        assert [receipt.reason for receipt in receipts] == ["", *strange]
        assert all(receipt.detail for receipt in receipts[1:]) and [receipt.uid for receipt in receipts] == [each["uid"] for each in sent]
        final = told(check, check.content["questions"][0], now, lesson="check")
        assert receive(learner, [final], None, now)[0].reason == "unknown_lesson"  # a certificate is not given for what a phone says
        assert LearningEvent.objects.count() == 1

    @pytest.mark.parametrize("junk", [None, 5, "event", [], {}, {"uid": "x" * 9999}, {"uid": {"a": 1}}])
    def test_what_is_no_event_is_refused_alone(self, learner, papers, now, junk):
        receipts = receive(learner, [junk, told(papers, papers.content["questions"][0], now)], None, now)
        assert statuses(receipts) == ["rejected", "accepted"] and receipts[0].reason == "unreadable" and len(receipts[0].uid) <= 36

    def test_a_phone_with_a_wrong_clock_is_put_right(self, learner, papers, now):
        first, second, third = papers.content["questions"][:3]
        told_at, sent_at = datetime(1970, 1, 1, 8, tzinfo=UTC), datetime(1970, 1, 1, 10, tzinfo=UTC)
        receive(learner, [told(papers, first, told_at)], sent_at, now)
        receive(learner, [told(papers, second, told_at)], None, now)
        receive(learner, [told(papers, third, now + timedelta(hours=1))], None, now)
        events = {str(event.question): event for event in LearningEvent.objects.all()}
        assert events[first["uid"]].happened_at == now - timedelta(hours=2) and events[first["uid"]].phone_at == told_at
        assert events[second["uid"]].happened_at == now and events[second["uid"]].phone_at == told_at
        assert events[third["uid"]].happened_at == now and events[third["uid"]].phone_at == now + timedelta(hours=1)

    @pytest.mark.parametrize(("year", "sent_in"), [(9999, 1), (1, 9999)])
    def test_a_clock_put_right_beyond_all_years(self, learner, papers, now, year, sent_in):
        event = told(papers, papers.content["questions"][0], datetime(year, 1, 1, tzinfo=UTC))
        assert statuses(receive(learner, [event], datetime(sent_in, 1, 1, tzinfo=UTC), now)) == ["accepted"]
        assert LearningEvent.objects.get().happened_at == now

    def test_fifty_cost_as_many_queries_as_one(self, learner, papers, now, django_assert_num_queries):
        question = papers.content["questions"][0]
        for count in (1, MOST):
            sent = [told(papers, question, now, attempt=number) for number in range(1, count + 1)]
            with django_assert_num_queries(6):  # two of them the savepoint
                receive(learner, sent, None, now)


@pytest.mark.django_db(transaction=True)
def test_two_requests_with_one_event_keep_one(papers, learner, now):
    event, barrier, found = told(papers, papers.content["questions"][0], now), Barrier(2), []

    def send(when):
        try:
            barrier.wait()
            found.extend(statuses(receive(learner, [event], None, when)))
        finally:
            connection.close()

    threads = [Thread(target=send, args=[now + timedelta(seconds=number)]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["accepted", "duplicate"] and LearningEvent.objects.count() == 1


class TestAddress:
    def post(self, client, body, **headers):
        text = body if isinstance(body, str) else json.dumps(body)
        return client.post("/api/v1/events/", text, content_type="application/json", **(OWN_PAGE | headers))

    def test_a_phone_without_an_account_gets_a_device(self, client, papers):
        event = told(papers, papers.content["questions"][0], timezone.now())
        response = self.post(client, {"events": [event]})
        assert response.json() == {"receipts": [{"uid": event["uid"], "status": "accepted"}]}
        assert response.cookies["safar_device"]["httponly"] and response.headers["Cache-Control"] == "private, no-store"
        assert self.post(client, {"events": [event]}).json()["receipts"][0]["status"] == "duplicate"
        other = told(papers, papers.content["questions"][1], timezone.now())
        self.post(client, {"events": [other], "sent_at": timezone.now().isoformat()})
        assert len(set(LearningEvent.objects.values_list("device", flat=True))) == 1

    @pytest.mark.parametrize(("chosen", "kept"), [("TJ-RU", "TJ-RU"), ("TJ-KZ", ""), ("XX", "")])
    def test_what_says_no_corridor_is_of_the_one_chosen_on_the_phone(self, client, papers, chosen, kept):
        client.cookies["safar_corridor"] = chosen
        question = papers.content["questions"][0]
        self.post(client, {"events": [told(papers, question, timezone.now(), corridor=""), told(papers, question, timezone.now())]})
        assert list(LearningEvent.objects.order_by("pk").values_list("corridor", flat=True)) == [kept, "TJ-RU"]

    def test_the_events_of_somebody_signed_in_are_theirs(self, client, cast, papers):
        client.force_login(cast["farrukh"])
        self.post(client, {"events": [told(papers, papers.content["questions"][0], timezone.now())]})
        event = LearningEvent.objects.get()
        assert event.user == cast["farrukh"] and event.device is None

    def test_a_cookie_that_somebody_changed_is_another_device(self, client, papers):
        owner = uuid4()
        client.cookies["safar_device"] = f"{owner}:made-up"
        self.post(client, {"events": [told(papers, papers.content["questions"][0], timezone.now())]})
        assert isinstance(LearningEvent.objects.get().device, UUID) and LearningEvent.objects.get().device != owner

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "{",
            "[" * 50_000,
            "[]",
            "{}",
            '{"events": []}',
            '{"events": {}}',
            '{"events": [{}], "sent_at": "soon"}',
            json.dumps({"events": [{}] * 51}),
        ],
    )
    def test_a_request_that_makes_no_sense_is_refused_whole(self, client, body):
        response = self.post(client, body)
        assert response.status_code == 400 and response.json()["detail"]

    def test_ten_megabytes_are_not_read(self, client):
        response = self.post(client, json.dumps({"events": [{"uid": "x" * 10_000_000}]}))
        assert response.status_code == 413 and str(LARGEST) in response.json()["detail"]

    def test_other_sites_send_nothing(self, client, papers):
        event = told(papers, papers.content["questions"][0], timezone.now())
        strict = Client(enforce_csrf_checks=True)
        assert self.post(strict, {"events": [event]}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
        assert LearningEvent.objects.count() == 0
        assert self.post(strict, {"events": [event]}).status_code == 200

    def test_it_is_for_sending(self, client):
        assert client.get("/api/v1/events/").status_code == 405
