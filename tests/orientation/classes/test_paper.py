"""The final check on paper, certificates, the report and handouts."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.datastructures import MultiValueDict

from orientation.classes import seats
from orientation.classes.handout import blocks_of, print_handout
from orientation.classes.life import close
from orientation.classes.paper import enter_sheet, print_sheets
from orientation.classes.report import report_of
from orientation.classes.sentences import NotPossible
from orientation.learners import Learner
from orientation.models import Certificate, EditionPage, LearningEvent
from orientation.record import check_questions, record_answer
from tests.orientation.classes.conftest import check_page, own
from tests.orientation.conftest import check_form, right_answer, wrong_answer
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(session, cast, now):
    """Two on the list, the first with a name and without an account."""
    first = seats.add_learner(session, "Zarina Yorova", cast["rustam"], now)
    return [first, seats.sign_up(session, Learner(cast["farrukh"], None), "", now)]


@pytest.fixture
def all_kinds(session):
    """The bank also asks for several answers, an order and a number."""
    page, lessons = check_page(session), EditionPage.objects.filter(edition=session.edition, language="en").exclude(slug__in=["", "check"])
    asked = [question for lesson in lessons.order_by("slug") for question in lesson.questions if question["kind"] != "single"]
    codes = [code for lesson in lessons for code in lesson.content["fact_codes"]]
    page.content |= {"questions": [*page.content["questions"], *asked], "fact_codes": [*page.content["fact_codes"], *codes]}
    page.save()
    return page


def sheet_of(session, number: int, answer=right_answer) -> dict[str, object]:
    return check_form(check_questions(check_page(session), session.corridor, number), answer)


def test_sheets_say_the_number_and_never_the_key(trainer, session, listed, all_kinds):
    page = check_page(session)
    asked = check_questions(page, session.corridor, 1)
    assert {question["kind"] for question in asked} == {"single", "multiple", "order", "number", "true_false"}
    told = text_of(print_sheets(session, listed, 1))
    for question in asked:
        for feedback in (choice["feedback"] for choice in question["choices"] if "{{" not in choice["feedback"] and choice["feedback"]):
            assert "".join(feedback.split()) not in told
    assert "ZarinaYorova" in told and all(f"Number{number}" in told for number in (1, 2, 3)) and "Number4" not in told
    assert "".join(asked[0]["choices"][0]["text"].split()) in told and "Tickallthatareright." in told and "write1,2,3" in told
    for spare, status in (("0", 200), ("31", 409), ("x", 409), ("9" * 5000, 409)):
        assert trainer.get(own(session, f"sheets.pdf?spare={spare}")).status_code == status


def test_the_trainer_enters_a_sheet_once_and_corrects_it(trainer, session, listed, all_kinds, now, cast):
    page = trainer.get(own(session, "answers/1/")).content.decode()
    assert "Zarina Yorova" in page and "feedback" not in page and trainer.get(own(session, "answers/9/")).status_code == 404
    told = sheet_of(session, 1, wrong_answer)
    blank = next(name for name in told if len(name) == 36)
    del told[blank]
    for _ in range(2):
        assert trainer.post(own(session, "answers/1/"), told | {"attempt": 1}).status_code == 302
    first = LearningEvent.objects.get(device=listed[0].device)
    assert not first.is_right and first.right == 0 and first.answers[blank] == []
    assert "0 / " in trainer.get(own(session, "answers/1/")).content.decode()
    trainer.post(own(session, "answers/1/"), sheet_of(session, 1) | {"attempt": 2})
    certificate = Certificate.objects.get(device=listed[0].device)
    assert certificate.holder_name == "Zarina Yorova" and certificate.edition == session.edition
    trainer.post(own(session, "answers/2/"), sheet_of(session, 2) | {"attempt": 1})
    assert Certificate.objects.get(user=cast["farrukh"]).holder_name == ""
    number = next(question for question in check_questions(check_page(session), session.corridor, 2) if question["kind"] == "number")
    refused = trainer.post(own(session, "answers/2/"), sheet_of(session, 2) | {number["uid"]: "many", "attempt": 2})
    assert (
        refused.status_code == 400 and "Write a number in digits" in refused.content.decode() and 'value="many"' in refused.content.decode()
    )
    printed = trainer.post(own(session, "certificates/"))
    assert printed["Content-Type"] == "application/pdf" and "ZarinaYorova" in text_of(printed.content)
    close(session, cast["rustam"], now)
    assert trainer.post(own(session, "answers/1/"), sheet_of(session, 1) | {"attempt": 3}).status_code == 409
    with pytest.raises(NotPossible):
        enter_sheet(session, 1, MultiValueDict(), 3, cast["rustam"], now)
    assert LearningEvent.objects.filter(device=listed[0].device).count() == 2


def test_nobody_has_passed_so_nothing_is_printed(trainer, session, listed, new_session):
    assert trainer.post(own(session, "certificates/")).status_code == 409
    assert trainer.get(own(new_session(begins=30), "sheets.pdf")).status_code == 409


def test_the_report(trainer, session, listed, now, cast):
    enter_sheet(session, 1, MultiValueDict(as_lists(sheet_of(session, 1, wrong_answer))), 1, cast["rustam"], now)
    lesson = EditionPage.objects.select_related("edition").get(edition=session.edition, slug="papers", language="en")
    question, farrukh = lesson.questions[0], Learner(cast["farrukh"], None)
    for attempt, (minutes, answer) in enumerate(((0, wrong_answer), (4, right_answer), (90, right_answer)), 1):
        at = now + timedelta(minutes=minutes)
        record_answer(farrukh, lesson, question, answer(question), attempt=attempt, corridor="TJ-RU", now=at)
    stranger = Learner(None, uuid4())
    record_answer(stranger, lesson, question, wrong_answer(question), attempt=1, corridor="TJ-RU", now=now)
    report = report_of(session, seats_now(session))
    assert (report.signed_up, report.came, report.passed) == (2, 1, [])
    assert [(each.seat.number, each.why.split(":")[0]) for each in report.help] == [(1, "Final check"), (2, "Questions of the lessons")]
    hard = {each.text: (each.wrong, each.asked, each.percent) for each in report.hard}
    assert set(hard.values()) == {(1, 1, 100)} and len(report.hard) == min(10, len(hard))
    assert report.lessons == [(lesson.title, 4, 1)], "an hour and a half is a break"
    page = trainer.get(own(session, "report/")).content.decode()
    assert "Zarina Yorova" in page and "about 4 minutes (1)" in page and report.hard[0].text in page


def as_lists(told: dict[str, object]) -> dict[str, list[str]]:
    return {name: [str(each) for each in value] if isinstance(value, list) else [str(value)] for name, value in told.items()}


def seats_now(session):
    return list(session.learners.filter(left_at=None).select_related("user").order_by("number"))


@pytest.mark.parametrize("slug", ["medical", "registration", "by-app", "worth-it"])
def test_the_longest_lessons_fit_on_a_sheet_too(slug):
    page = EditionPage.objects.current().get(edition__course__slug="before-you-go", slug=slug, language="tg")
    assert len(re.findall(rb"/Type\s*/Page\b", print_handout(page, "", "tg"))) == 1


def test_a_lesson_on_one_sheet(session, client):
    pdf = client.get("/en/learn/russia-documents/registration/handout.pdf?corridor=TJ-RU")
    page = EditionPage.objects.get(edition=session.edition, slug="registration", language="en")
    told = text_of(pdf.content)
    assert pdf["Content-Type"] == "application/pdf" and len(re.findall(rb"/Type\s*/Page\b", pdf.content)) == 1
    assert "".join(page.title.split()) in told and "{{" not in told and "Remember" in told
    assert client.get("/en/learn/russia-documents/registration/handout.pdf?corridor=TJ-KZ").status_code == 400
    assert client.get("/en/learn/russia-documents/check/handout.pdf").status_code == 404
    assert blocks_of("<p>a <strong>b</strong></p>\n<ul>\n<li>c</li>\n</ul>") == [
        [{"text": "a ", "bold": False}, {"text": "b", "bold": True}],
        [{"text": "c", "bold": False}],
    ]
    assert "handout.pdf" in Client().get("/en/learn/russia-documents/registration/").content.decode()
