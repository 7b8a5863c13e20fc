"""Editions: which one a learner reads, what differs between two, the way back; what the console shows of it."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from orientation.compare import changed_words, compare
from orientation.learners import Learner
from orientation.misses import ON_BOARD, keep_misses
from orientation.models import Certificate, EditionPage, FallbackMiss, LearningEvent, Lesson, LessonVariant
from orientation.move_on import move_on
from orientation.publish import publish
from orientation.record import record_answer, record_check
from orientation.roll_back import NotRolledBack, roll_back
from orientation.views import page_for
from tests.orientation.conftest import right_answer
from tests.orientation.test_admin import form_of
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
COURSE = "/en/learn/russia-documents/"
CONSOLE = "/admin/orientation/course/"


@pytest.fixture
def two(course, now):
    """The first edition, and a second one in which a text and a number of questions differ."""
    first = course.editions.get()
    Lesson.objects.filter(course=course, slug="papers").update(title_en="Papers of today", points_en="Take your passport.")
    return first, publish(course, by=None, now=now)


def answer(learner: Learner, page: EditionPage, now) -> None:
    question = page.questions[0]
    record_answer(learner, page, question, right_answer(question), attempt=1, corridor="TJ-RU", now=now)


def test_who_has_begun_keeps_the_edition_until_they_go_on(course, page_of, now):
    phone = Client(headers={"Sec-Fetch-Site": "same-origin"})
    question = page_of("papers").questions[0]
    phone.post(f"{COURSE}papers/1/", {"choice": right_answer(question), "attempt": 1})
    Lesson.objects.filter(course=course, slug="papers").update(title_en="Papers of today")
    edition = publish(course, by=None, now=now)
    told = phone.get(f"{COURSE}papers/").content.decode()
    assert "Papers of today" not in told and "There is a newer edition of this course" in told
    fresh = Client().get(f"{COURSE}papers/").content.decode()
    assert "Papers of today" in fresh and "newer edition" not in fresh
    for _twice in range(2):
        assert phone.post(f"{COURSE}newest/").status_code == 302
    told = phone.get(f"{COURSE}papers/")
    assert "Papers of today" in told.content.decode() and "newer edition" not in told.content.decode()
    assert told.context["progress"].questions[question["uid"]].is_right  # what was learnt stays
    assert LearningEvent.objects.filter(kind="moved", edition=edition).count() == 1
    assert phone.post("/en/learn/nothing/newest/").status_code == 404
    assert Client().post(f"{COURSE}newest/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_stranger_has_nothing_to_leave(course, learner, two, now):
    assert move_on(Learner(None, None), course.slug, now) and move_on(learner, course.slug, now)
    assert not LearningEvent.objects.exists()


def test_a_lesson_that_an_old_edition_lacks_is_read_in_the_new_one(course, learner, page_of, two, now):
    with override("en"):
        answer(learner, EditionPage.objects.get(edition=two[0], slug="papers", language="en"), now)
        events = learner.events(course.slug)
        assert page_for(events, course.slug, "papers").edition == two[0]
        EditionPage.objects.filter(edition=two[0], slug="border").delete()
        assert page_for(events, course.slug, "border").edition == two[1]


def test_a_certificate_names_the_edition_that_was_learnt(course, learner, two, now):
    page = EditionPage.objects.select_related("edition").get(edition=two[0], slug="check", language="en")
    told = {question["uid"]: right_answer(question) for question in page.questions}
    record_check(learner, page, told, attempt=1, corridor="", now=now)
    assert Certificate.objects.get().edition == two[0]


def test_two_editions_side_by_side(two):
    changes = {(change.language, change.slug): change for change in compare(*two)}
    assert set(changes) == {("en", "papers")}
    assert any(state == "new" and "today" in words for line in changes["en", "papers"].lines for state, words in line)
    assert compare(two[0], two[0]) == []
    assert changed_words("Pay in ten days", "Pay in five days") == [
        ("same", "Pay in "),
        ("gone", "ten "),
        ("new", "five "),
        ("same", "days"),
    ]


def test_back_to_an_edition_is_a_new_one(course, two, cast, now):  # noqa: F811
    first, second = two
    elena = cast["elena"]
    for refused, current, because in ((first, 2, " "), (first, 1, "Wrong"), (second, 2, "Wrong")):
        with pytest.raises(NotRolledBack):
            roll_back(refused, current=current, because=because, by=elena, now=now)
    third = roll_back(first, current=2, because="A wrong number", by=elena, now=now)
    assert (third.number, third.copy_of, third.is_current, course.editions.filter(is_current=True).count()) == (3, first, True, 1)
    assert compare(first, third) == [] and first.pages.count() == third.pages.count()


def test_misses_are_counted_and_kept_once(course, now):
    cache.clear()
    EditionPage.objects.filter(slug="papers", language="tg").delete()
    for _time in range(3):
        Client().get("/tg/learn/russia-documents/papers/")
    Client().get("/ru/learn/russia-documents/papers/")
    assert (keep_misses(), keep_misses()) == (3, 0)
    Client().get("/tg/learn/russia-documents/papers/")
    keep_misses()
    miss = FallbackMiss.objects.get()
    assert (miss.course, miss.slug, miss.language, miss.count) == (course, "papers", "tg", 4)
    FallbackMiss.objects.update(day=miss.day - ON_BOARD)
    keep_misses()
    assert FallbackMiss.objects.exists()
    FallbackMiss.objects.update(day=miss.day - ON_BOARD - timedelta(days=1))
    keep_misses()
    assert not FallbackMiss.objects.exists()


def test_what_follows_from_events_and_is_missing_is_made(page_of, cast, now, capsys):  # noqa: F811
    page, farrukh = page_of("check"), Learner(cast["farrukh"], None)
    told = {question["uid"]: right_answer(question) for question in page.questions}
    for who in (farrukh, Learner(None, uuid4())):
        record_check(who, page, told, attempt=1, corridor="", now=now)
    Certificate.objects.all().delete()
    call_command("rebuild_progress")
    assert "2 learners, 2 events" in (said := capsys.readouterr().out) and "2 courses passed. 1 missing" in said
    assert Certificate.objects.get().user == farrukh.user
    call_command("rebuild_progress")
    assert "0 missing certificates" in capsys.readouterr().out


class TestConsole:
    def test_an_editor_sees_compares_and_goes_back(self, one_click, course, two):  # noqa: F811
        elena = one_click("elena")
        assert elena.get(f"{CONSOLE}board/").status_code == 200
        page = f"{CONSOLE}{course.pk}/editions/"
        assert "<ins>" in elena.get(page).content.decode()
        refused = elena.post(f"{page}1/back/", {"current": "2", "because": " "})
        assert refused.status_code == 400 and "Say why" in refused.content.decode()
        assert "a copy of edition 1" in elena.post(f"{page}1/back/", {"current": "2", "because": "Wrong"}, follow=True).content.decode()
        for seen in ("2", "9" * 5000):
            again = elena.post(f"{page}1/back/", {"current": seen, "because": "Wrong"})
            assert again.status_code == 400 and course.editions.count() == 3

    def test_a_lesson_is_seen_as_learners_would(self, one_click, course):  # noqa: F811
        elena, lesson = one_click("elena"), course.lessons.get(slug="papers")
        Lesson.objects.filter(pk=lesson.pk).update(title_tg="Ҳуҷҷатҳои нав")
        response = elena.get(f"{CONSOLE}lesson/{lesson.pk}/preview/?language=tg")
        assert "frame-src 'self'" in response.headers["Content-Security-Policy"]
        frame = elena.get(f"{CONSOLE}lesson/{lesson.pk}/preview/tg/")
        assert "Ҳуҷҷатҳои нав" in frame.content.decode() and frame.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in frame.headers["Content-Security-Policy"]
        assert elena.get(f"{CONSOLE}lesson/{lesson.pk}/preview/xx/").status_code == 404

    def test_a_lesson_is_seen_as_it_is_typed_and_nothing_is_saved(self, one_click, course):  # noqa: F811
        elena, lesson = one_click("elena"), course.lessons.get(slug="papers")
        address = f"{CONSOLE}lesson/{lesson.pk}/typed/"
        page, data = form_of(elena, lesson)
        assert f'formaction="{address}tg/"' in elena.get(page).content.decode()
        typed = data | {"title_tg": "Ҳуҷҷатҳои нав", "intro_tg": "Дар 7 рӯз", "slug": "other", "minutes": "many", "course": ""}
        html = elena.post(f"{address}tg/", typed).content.decode()
        shown = unescape(html.split('srcdoc="')[1].split('" sandbox')[0])
        assert "Ҳуҷҷатҳои нав" in shown and "Дар 7 рӯз" in shown and '<html lang="tg"' in shown
        assert "Take out" in html and "Take out" not in shown
        before = lesson.title_tg
        lesson.refresh_from_db()
        assert (lesson.title_tg, lesson.slug, lesson.revision) == (before, "papers", 1)
        assert elena.post(f"{address}tg/", {}).status_code == 200
        assert elena.post(f"{address}xx/", typed).status_code == 404 and elena.get(f"{address}tg/").status_code == 405
        assert one_click("timur").post(f"{address}tg/", typed).status_code == 403

    def test_parts_and_sentences_are_seen_as_they_are_typed(self, one_click, course):  # noqa: F811
        elena, lesson = one_click("elena"), course.lessons.get(slug="registration")
        _page, data = form_of(elena, lesson)
        typed = data | {"variants-0-title_en": "A heading just typed", "phrases-0-means_en": "A meaning of 7 words"}
        html = elena.post(f"{CONSOLE}lesson/{lesson.pk}/typed/en/", typed).content.decode()
        shown = unescape(html.split('srcdoc="')[1].split('" sandbox')[0])
        assert "A heading just typed" in shown and "A meaning of 7 words" in shown and "Take out &#x27;7&#x27;" in html
        assert not LessonVariant.objects.filter(title_en="A heading just typed").exists()

    @pytest.mark.parametrize("who", ["timur", "farrukh"])
    def test_others_change_nothing(self, one_click, course, two, who):  # noqa: F811
        client = one_click(who)
        assert client.get(f"{CONSOLE}board/").status_code == (200 if who == "timur" else 302)
        client.post(f"{CONSOLE}{course.pk}/editions/1/back/", {"current": "2", "because": "Wrong"})
        assert client.post(f"{CONSOLE}{course.pk}/texts/file/").status_code == (403 if who == "timur" else 302)
        assert course.editions.count() == 2
