"""Each kind of question: what answers it, what is right, what a learner sees and is told; and which questions a check draws."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from django.contrib.staticfiles import finders
from django.http import QueryDict

from orientation.answers import CHECK_LENGTH, NoAnswer, asked_lines, drawn, from_form, is_right, marked_lines, read_answer, reasons
from orientation.models import Choice, EditionPage, Fact, LearningEvent, Question
from orientation.models.editions import PLAIN
from orientation.publish import NotPublishable, publish, question_fault
from orientation.receive import receive
from orientation.record import answered, check_questions, record_answer, record_check
from tests.orientation.conftest import check_form, in_form, right_answer, wrong_answer

COURSE = "/en/learn/russia-documents/"
OWN_PAGE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def a_question(kind: str, right: str = "", *, uids: str = "abcd", **other) -> dict:
    choices = [{"uid": uid, "text": uid.upper(), "feedback": f"why {uid}", "is_right": uid in right} for uid in uids]
    return PLAIN | {"uid": "q", "lesson": "papers", "corridors": [], "kind": kind, "text": "?", "choices": choices} | other


class TestRules:
    @pytest.mark.parametrize(
        ("kind", "right", "told", "expected"),
        [
            ("single", "b", ["b"], True),
            ("single", "b", ["a"], False),
            ("true_false", "a", ["a"], True),
            ("multiple", "ac", ["c", "a"], True),
            ("multiple", "ac", ["a"], False),
            ("multiple", "ac", ["a", "b", "c"], False),
            ("order", "", ["a", "b", "c", "d"], True),
            ("order", "", ["b", "a", "c", "d"], False),
        ],
    )
    def test_what_is_right(self, kind, right, told, expected):
        question = a_question(kind, right)
        assert is_right(question, read_answer(question, told), {}) is expected

    @pytest.mark.parametrize(
        ("typed", "expected"), [("15", True), ("15,0", True), ("١٥", True), ("16", True), ("17", False), ("-15", False)]
    )
    def test_a_number_within_its_tolerance(self, typed, expected):
        question = a_question("number", uids="", number="15.00", tolerance="1.00")
        assert is_right(question, read_answer(question, [typed]), {}) is expected

    def test_a_number_that_no_fact_tells_any_more_is_never_wrong(self):
        question = a_question("number", uids="", fact="GONE")
        assert is_right(question, read_answer(question, ["3"]), {})

    @pytest.mark.parametrize(
        ("kind", "told"),
        [
            ("single", []),
            ("single", ["x"]),
            ("single", ["a", "b"]),
            ("true_false", [""]),
            ("multiple", []),
            ("multiple", ["a", "x"]),
            ("order", ["a", "b", "c"]),
            ("order", ["a", "a", "b", "c"]),
            ("number", []),
            ("number", ["many"]),
            ("number", ["1.234.5"]),
            ("number", ["9" * 400]),
        ],
    )
    def test_what_is_no_answer_says_what_to_do(self, kind, told):
        with pytest.raises(NoAnswer, match=r"\w+ \w+.*\."):
            read_answer(a_question(kind, "a"), told)

    def test_a_question_from_before_there_were_kinds_is_a_plain_one(self):
        old = a_question("single", "b")
        for name in PLAIN:
            del old[name]
        (read,) = EditionPage(content={"questions": [old]}).questions
        assert read == a_question("single", "b") and is_right(read, read_answer(read, ["b"]), {})


class TestShown:
    def test_the_lines_of_an_order_are_mixed_the_same_for_all_and_never_right(self):
        for number in range(40):
            question = a_question("order", uid=str(number), uids="abc")
            lines, again = ([line.uid for line in asked_lines(question, "choice", QueryDict())] for _ in range(2))
            assert lines == again and sorted(lines) == ["a", "b", "c"] and lines != ["a", "b", "c"]

    def test_places_are_read_and_kept(self):
        question = a_question("order", uids="abcdefghijkl")
        right = [choice["uid"] for choice in question["choices"]]
        post = QueryDict(mutable=True)
        post.update({f"choice-{uid}": str(place) for place, uid in enumerate(right, 1)})
        assert from_form(question, "choice", post) == right
        post["choice-a"] = "2"
        assert from_form(question, "choice", post) == []
        kept = {line.uid: line.place for line in asked_lines(question, "choice", post)}
        assert kept["a"] == kept["b"] == "2" and kept["l"] == "12"

    def test_only_what_was_chosen_is_marked(self):
        question = a_question("multiple", "ac")
        assert [line.state for line in marked_lines(question, ["a", "b"])] == ["right", "wrong", "", ""]
        told = reasons(question, ["a", "b"], right=False)
        assert told[:2] == ["why a", "why b"] and len(told) == 3 and reasons(question, ["a", "c"], right=True) == ["why a", "why c"]

    def test_an_order_marks_each_place_and_says_why(self):
        question = a_question("order", why="Because.")
        assert [(line.place, line.state) for line in marked_lines(question, ["a", "c", "b", "d"])] == [
            ("1", "right"),
            ("2", "wrong"),
            ("3", "wrong"),
            ("4", "right"),
        ]
        assert reasons(question, ["a", "c", "b", "d"], right=False)[-1] == "Because."


class TestDraw:
    BANK = [a_question("single", "a", uid=str(number), lesson=f"lesson-{number % 7}") for number in range(60)]

    def test_twenty_of_a_bank_and_one_of_each_lesson_at_least(self):
        for seed in range(50):
            chosen = drawn(self.BANK, str(seed))
            assert len(chosen) == CHECK_LENGTH and {question["lesson"] for question in chosen} == {f"lesson-{place}" for place in range(7)}
            assert chosen == drawn(self.BANK, str(seed)) == sorted(chosen, key=self.BANK.index)

    def test_every_question_has_its_turn(self):
        count = Counter(question["uid"] for seed in range(400) for question in drawn(self.BANK, str(seed)))
        assert len(count) == 60 and max(count.values()) < 3 * min(count.values())

    def test_a_small_bank_is_asked_whole(self):
        assert drawn(self.BANK[:20], "x") == self.BANK[:20]


@pytest.mark.django_db
class TestPages:
    def question(self, page_of, kind: str) -> tuple[dict, str]:
        slug = {"multiple": "border", "true_false": "border", "order": "registration", "number": "registration"}[kind]
        asked = [each for each in page_of(slug).content["questions"] if "TJ-RU" in (each["corridors"] or ["TJ-RU"])]
        number, found = next((number, each) for number, each in enumerate(asked, 1) if each["kind"] == kind)
        return found, f"{COURSE}{slug}/{number}/"

    @pytest.fixture
    def phone(self, client):
        client.defaults.update(OWN_PAGE)
        client.post(f"{COURSE}corridor/", {"corridor": "TJ-RU"})
        return client

    @pytest.mark.parametrize("kind", ["multiple", "true_false", "order", "number"])
    def test_wrong_then_right(self, phone, page_of, kind):
        question, url = self.question(page_of, kind)
        phone.post(url, in_form(question, wrong_answer(question)) | {"attempt": 1})
        html = phone.get(url).content.decode()
        assert 'class="feedback wrong"' in html and "again=1" in html
        phone.post(url, in_form(question, right_answer(question)) | {"attempt": 2})
        assert 'class="feedback right"' in phone.get(url).content.decode()
        wrong, right = LearningEvent.objects.order_by("attempt")
        assert (wrong.is_right, right.is_right) == (False, True) and right.answer == right_answer(question)

    @pytest.mark.parametrize("kind", ["multiple", "true_false", "order", "number"])
    def test_what_was_typed_stays_beside_what_to_do(self, phone, page_of, kind):
        question, url = self.question(page_of, kind)
        typed = {"number": {"choice": "many"}, "order": {f"choice-{question['choices'][0]['uid']}": 2} if question["choices"] else {}}
        response = phone.post(url, typed.get(kind, {}) | {"attempt": 1})
        html = response.content.decode()
        assert response.status_code == 400 and 'class="problems"' in html and LearningEvent.objects.count() == 0
        assert {"number": 'value="many"', "order": "<option selected>2</option>"}.get(kind, "") in html

    def test_a_number_is_right_as_the_fact_says_today(self, page_of, learner, now):
        page = page_of("registration")
        question = next(each for each in page.questions if each["fact"] == "RU-REG-TJ")
        Fact.objects.filter(code="RU-REG-TJ").update(number=99)
        assert record_answer(learner, page, question, ["99"], attempt=1, corridor="TJ-RU", now=now)
        assert not record_answer(learner, page, question, ["15"], attempt=2, corridor="TJ-RU", now=now)

    def test_every_kind_comes_from_a_phone_without_a_network(self, page_of, learner):
        page = page_of("registration")
        now = page.edition.published_at
        sent = []
        for number, question in enumerate(page.questions):
            event = {"uid": f"00000000-0000-4000-8000-{number:012}", "edition": str(page.edition.uid), "lesson": "registration"}
            event |= {"question": question["uid"], "attempt": 1, "happened_at": now.isoformat()}
            made = answered(learner, page.edition, question, right_answer(question), {}, attempt=1, corridor="", at=now)
            sent.append(event | ({"choice": str(made.choice)} if made.choice else {"given": made.given}))
        assert {receipt.status for receipt in receive(learner, json.loads(json.dumps(sent)), None, now)} == {"accepted"}
        assert all(event.is_right for event in learner.events())
        bad = sent[-1] | {"uid": "00000000-0000-4000-8000-00000000ffff", "given": ["many"]}
        assert receive(learner, [bad], None, now)[0].reason == "no_answer"

    def test_a_check_keeps_the_questions_that_were_drawn(self, course, page_of, phone, now):
        lesson = course.lessons.get(slug="papers")
        for number in range(30):
            row = Question.objects.create(
                lesson=lesson, stage="check", slug=f"more-{number}", position=50 + number, **in_languages("text", f"Question {number}?")
            )
            for place, right in enumerate([True, False], 1):
                Choice.objects.create(
                    question=row, position=place, is_right=right, **in_languages("text", "A") | in_languages("feedback", "B")
                )
        publish(course, by=None, now=now)
        page = phone.get(f"{COURSE}check/")
        draw = page.context["draw"]
        asked = check_questions(page_of("check"), "TJ-RU", draw)
        assert [row["question"]["uid"] for row in page.context["rows"]] == [question["uid"] for question in asked] and len(asked) == 20
        assert "is_right" not in page.content.decode()
        phone.post(f"{COURSE}check/", check_form(asked) | {"attempt": 1, "draw": draw})
        result = phone.get(f"{COURSE}check/")
        assert "20 / 20" in result.content.decode() and len(result.context["rows"]) == 20
        assert phone.post(f"{COURSE}check/", {"draw": "9999; x", "attempt": 2}).status_code == 400

    def test_results_from_before_there_were_kinds_are_shown(self, page_of, phone, learner, now):
        questions = check_questions(page_of("check"), "TJ-RU", 0)
        phone.post(f"{COURSE}check/", check_form(questions) | {"attempt": 1, "draw": 0})
        event = LearningEvent.objects.get()
        LearningEvent.objects.update(answers={question: answer[0] for question, answer in event.answers.items()})
        assert f"{len(questions)} / {len(questions)}" in phone.get(f"{COURSE}check/").content.decode()

    def test_a_draw_cannot_give_a_certificate_for_less(self, page_of, learner, now):
        page = page_of("check")
        with pytest.raises(ValueError, match="Unanswered"):
            record_check(learner, page, {}, attempt=1, corridor="TJ-RU", now=now, draw=Random(1).randrange(1000))


def in_languages(field: str, text: str) -> dict[str, str]:
    return {f"{field}_{language}": text for language in ("tg", "ky", "uz", "ru", "en")}


@pytest.mark.django_db
class TestEditors:
    @pytest.mark.parametrize(
        ("kind", "fault"),
        [
            ("single", "exactly one right choice"),
            ("multiple", "one that is right"),
            ("true_false", "two choices"),
            ("number", "no use for choices"),
        ],
    )
    def test_a_question_that_cannot_be_answered_is_not_published(self, course, now, kind, fault):
        question = course.lessons.get(slug="papers").questions.first()
        question.choices.update(is_right=False)
        question.kind, question.number = kind, 5 if kind == "number" else None
        for field, text in in_languages("why", "Because.").items():
            setattr(question, field, text)
        question.save()
        with pytest.raises(NotPublishable, match=fault):
            publish(course, by=None, now=now)

    def test_an_order_of_two_says_nothing(self, course):
        question = Question.objects.get(lesson__course__slug="russia-documents", slug="first-days")
        question.choices.filter(position__gt=2).delete()
        assert "three lines" in question_fault(question)

    def test_a_number_and_a_picture_have_to_exist(self, course):
        questions = Question.objects.filter(lesson__course__slug="russia-documents")
        number, scene = questions.get(slug="how-many-tj"), questions.get(slug="card-at-home")
        assert question_fault(number) == question_fault(scene) == ""
        Fact.objects.filter(code="RU-REG-TJ").update(number=None, unit="")
        scene.picture = "nothing"
        assert "RU-REG-TJ" in question_fault(number) and "nothing" in question_fault(scene)


def test_pictures_are_small():
    for picture in Path(finders.find("pictures/migration-card.svg")).parent.iterdir():
        assert picture.suffix == ".svg" and picture.stat().st_size <= 4096, picture.name
