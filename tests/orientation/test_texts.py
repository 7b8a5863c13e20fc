"""Who has written and who has read a text, and what goes out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import gettext as _
from django.utils.translation import override

from orientation.models import EditionPage, Fact, Lesson, Question, Translation
from orientation.publish import NotPublishable, publish
from orientation.texts.faults import bare_numbers, faults_of, lost_tokens
from orientation.texts.review import NotReviewable, approve, send_to_review, still_correct
from orientation.texts.sign import sign
from orientation.texts.states import State, standings, standings_of_course
from orientation.texts.write import wrote
from tests.orientation.test_admin import faults_in, form_of, sent
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
COURSE = "/en/learn/russia-documents/"


@pytest.fixture
def lesson(course) -> Lesson:
    return course.lessons.get(slug="papers")


def state(thing, language: str = "tg") -> State:
    return next(one.state for one in standings([type(thing).objects.get(pk=thing.pk)]) if one.language == language)


def test_from_a_draft_to_what_may_go_out(course, lesson, cast, now):  # noqa: F811
    writer, reader = cast["elena"], cast["timur"]
    assert {one.state for one in standings_of_course(course)} == {State.PUBLISHED}
    wrote(lesson, ["tg"], by=writer, now=now)
    assert state(lesson) == State.DRAFT
    with pytest.raises(NotReviewable, match="not sent it to review"):
        approve(lesson, "tg", by=reader, now=now)
    send_to_review(lesson, "tg")
    with pytest.raises(NotReviewable, match="somebody else"):
        approve(lesson, "tg", by=writer, now=now)
    with pytest.raises(NotReviewable, match="written anew"):
        approve(lesson, "tg", by=reader, now=now, seen=now - timedelta(minutes=1))
    for _twice in range(2):
        approve(lesson, "tg", by=reader, now=now, seen=now)
    row = lesson.translations.get(language="tg")
    assert (state(lesson), row.written_by, row.reviewed_by, row.is_starter) == (State.PUBLISHED, writer, reader, False)
    Lesson.objects.filter(pk=lesson.pk).update(intro_tg="")
    assert state(lesson) == State.MISSING
    with pytest.raises(NotReviewable, match="lesson/papers/intro"):
        send_to_review(lesson, "tg")


def test_the_database_lets_nobody_review_their_own_words(lesson, cast, now):  # noqa: F811
    wrote(lesson, ["tg"], by=cast["elena"], now=now)
    rows = lesson.translations.filter(language="tg")
    with pytest.raises(IntegrityError, match="nobody_reviews_their_own_words"), transaction.atomic():
        rows.update(state="published", reviewed_by=cast["elena"], reviewed_at=now)
    with pytest.raises(IntegrityError, match="translation_goes_out_reviewed"):
        rows.update(state="published")


def test_changed_english_makes_translations_outdated_unless_the_change_is_minor(lesson, cast, now):  # noqa: F811
    wrote(lesson, ["en"], by=cast["elena"], now=now, minor=True)
    assert (state(lesson, "en"), state(lesson)) == (State.DRAFT, State.PUBLISHED)
    wrote(lesson, ["en", "ru"], by=cast["elena"], now=now)
    lesson.refresh_from_db()
    assert (lesson.revision, state(lesson, "ru"), state(lesson)) == (2, State.DRAFT, State.OUTDATED)
    assert lesson.translations.get(language="ru").based_on_revision == 2
    wrote(lesson, ["tg"], by=cast["elena"], now=now, minor=True)
    assert lesson.translations.get(language="tg").based_on_revision == 1
    still_correct(lesson, "ky")
    assert state(lesson, "ky") == State.PUBLISHED


def test_nothing_of_an_editors_goes_out_unread(course, lesson, cast, now):  # noqa: F811
    elena, timur = cast["elena"], cast["timur"]
    wrote(lesson, ["tg"], by=elena, now=now)
    with pytest.raises(NotPublishable, match=r"tg lesson/papers waits for elena@.* to send it to review"):
        publish(course, by=elena, now=now)
    send_to_review(lesson, "tg")
    with pytest.raises(NotPublishable, match="a reviewer other than elena"):
        publish(course, by=elena, now=now)
    assert course.editions.count() == 1
    approve(lesson, "tg", by=timur, now=now)
    assert publish(course, by=elena, now=now).pages.filter(language="tg").exists()


def test_a_language_that_is_not_live_yet_waits_without_holding_up_the_others(course, lesson, cast, now):  # noqa: F811
    EditionPage.objects.filter(edition__course=course, language="ky").delete()
    wrote(lesson, ["ky"], by=cast["elena"], now=now)
    assert set(publish(course, by=cast["elena"], now=now).pages.values_list("language", flat=True)) == {"tg", "uz", "ru", "en"}
    Translation.objects.filter(lesson=lesson, language="ky").delete()  # nobody knows who has written it
    publish(course, by=cast["elena"], now=now)
    assert not EditionPage.objects.filter(edition__is_current=True, edition__course=course, language="ky").exists()


def test_pages_say_what_nobody_has_read_and_what_is_outdated(course, lesson, cast, now):  # noqa: F811
    elena, timur = cast["elena"], cast["timur"]
    page = f"{COURSE}papers/"
    assert "Not yet read by a native speaker" in Client().get(page).content.decode()
    assert sign(course, "en", by=timur, now=now) > 40 and sign(course, "en", by=timur, now=now) == 0
    assert "Not yet read" not in Client().get(page).content.decode()
    with override("tg"):
        unread, outdated = _("Not yet read by a native speaker."), _("The original text has changed since this was translated.")
    assert unread in Client().get(page.replace("/en/", "/tg/")).content.decode()
    wrote(lesson, ["en"], by=elena, now=now)
    send_to_review(lesson, "en")
    approve(lesson, "en", by=timur, now=now)
    edition = publish(course, by=elena, now=now)
    assert edition.pages.get(slug="papers", language="en").reviewed_by == timur
    told = Client().get(page.replace("/en/", "/tg/")).content.decode()
    assert outdated in told
    assert not edition.pages.filter(language="tg").exclude(reviewed_at=None).exists()
    with pytest.raises(NotReviewable, match="somebody else signs"):
        sign(course, "en", by=elena, now=now)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<script>alert(1)</script>", "no HTML"),
        ("[Press](http://broken.example/)", "no links"),
        ("Look at www.example.org", "no links"),
        ("Within {{fact RU-REG-TJ}}", "neither"),
        ("Within {{fact:RU-REG-TJ", "neither"),
        ("{{eg:many RUB}}", "a number and a unit"),
    ],
)
def test_a_text_is_told_what_is_wrong_with_it(text, fault):
    assert fault in " ".join(faults_of(text))


def test_a_text_in_order_has_no_fault():
    text = "1 < 2, **bold**: {{fact:RU-REG-TJ}} or {{ eg:60000 RUB }}"
    assert faults_of(text) == [] and lost_tokens(text, "{{eg:60000 RUB}} {{fact: RU-REG-TJ}}") == []
    assert "lost {{fact:RU-REG-TJ}}" in lost_tokens(text, "{{eg:60000 RUB}}")[0]
    assert bare_numbers("{{eg:60000 RUB}}, {{fact:RU-REG-TJ}}") == [] and "'٣'" in bare_numbers("٣ days")[0]


def test_facts_are_signed_in_one_language(cast, one_click):  # noqa: F811
    page, sign_page = "/en/learn/facts/RU-RUID/", "/admin/orientation/course/0/texts/en/sign/"
    unread = "Not yet read by a native speaker"
    assert unread in Client().get(page).content.decode()
    elena, timur = one_click("elena"), one_click("timur")
    Translation.objects.filter(fact__code="RU-REG-TJ", language="en").update(is_starter=False, state="draft", written_by=cast["elena"])
    assert "somebody else signs" in elena.post(sign_page, follow=True).content.decode()
    assert "I have read the facts in en" in timur.get("/admin/orientation/course/0/texts/?language=en").content.decode()
    assert "Your name stands under the facts" in timur.post(sign_page, follow=True).content.decode()
    rows = Translation.objects.filter(fact__isnull=False, is_starter=True)
    assert {row.reviewed_by for row in rows.filter(language="en")} == {cast["timur"]}
    assert not rows.exclude(language="en").exclude(reviewed_at=None).exists()
    assert unread not in Client().get(page).content.decode()
    assert not Translation.objects.get(fact__code="RU-REG-TJ", language="en").reviewed_at


class TestConsole:
    def test_saving_writes_down_who_wrote_what(self, one_click, cast, lesson):  # noqa: F811
        elena = one_click("elena")
        page, data = form_of(elena, lesson)
        told = sent(elena, page, data | {"title_tg": "Ҳуҷҷатҳо", "intro_en": "Within {{fact:NO-SUCH}}."})
        assert "No fact has the code NO-SUCH" in told
        rows = {row.language: row for row in lesson.translations.all()}
        assert {code for code, row in rows.items() if row.written_by == cast["elena"]} == {"tg", "en"}
        assert (rows["tg"].based_on_revision, state(lesson, "ru")) == (2, State.OUTDATED)
        page, data = form_of(elena, lesson)
        sent(elena, page, data | {"title_en": "Papers", "minor_change": "on"})
        lesson.refresh_from_db()
        assert lesson.revision == 2

    def test_a_translation_that_lost_a_fact_is_told_so(self, one_click, lesson, rf, cast):  # noqa: F811
        elena, request = one_click("elena"), rf.get("/")
        request.user = cast["elena"]
        Lesson.objects.filter(pk=lesson.pk).update(intro_en="Within {{fact:RU-REG-TJ}}.", intro_tg="Дар {{fact:RU-REG-TJ}}.")
        page, data = form_of(elena, lesson)
        told = faults_in(lesson, data | {"intro_tg": "Дар вақташ <script>x</script>"}, request)
        assert "It has lost {{fact:RU-REG-TJ}}" in told and "no HTML" in told
        typed = faults_in(lesson, data | {"title_ru": "За 7 дней"}, request)
        assert "Take out &#x27;7&#x27;" in typed and "{{fact:CODE}}" in typed
        fact = Fact.objects.get(code="RU-REG-TJ")
        assert "Take out" not in faults_in(fact, form_of(elena, fact)[1] | {"text_ru": "Закон 115"}, request)
        sent(elena, page, data | {"intro_en": "Soon."})  # what was not touched is not asked about
        assert state(lesson) == State.OUTDATED

    def test_a_choice_belongs_to_its_question(self, one_click, course):  # noqa: F811
        elena, question = one_click("elena"), Question.objects.get(lesson__course__slug="russia-documents", slug="foreman-keeps-passport")
        page, data = form_of(elena, question)
        sent(elena, page, data | {"choices-0-text_ky": "Берем."})
        assert (state(question, "ky"), state(question, "ru")) == (State.DRAFT, State.PUBLISHED)
        page, data = form_of(elena, question)
        sent(elena, page, data | {"choices-0-is_right": "on"})  # another answer is right: somebody reads that too
        assert (state(question, "en"), state(question, "ru")) == (State.DRAFT, State.OUTDATED)

    def test_words_of_our_addresses_are_no_slugs(self, course, lesson, now, rf, cast):  # noqa: F811
        request = rf.get("/")
        request.user = cast["elena"]
        for thing, slugs in ((course, ["facts", "certificates"]), (lesson, ["newest", "corridor"])):
            assert all("the address of another page" in faults_in(thing, {"slug": slug}, request) for slug in slugs)
        Lesson.objects.filter(pk=lesson.pk).update(slug="corridor")
        with pytest.raises(NotPublishable, match="corridor is the address of another page"):
            publish(course, by=None, now=now)

    def test_a_facts_texts_have_a_writer_and_a_reader_too(self, one_click, cast, now):  # noqa: F811
        fact, page = Fact.objects.get(code="RU-REG-TJ"), "/admin/orientation/course/0/texts/"
        wrote(fact, ["en"], by=cast["elena"], now=now)
        timur = one_click("timur")
        assert "fact/RU-REG-TJ" in timur.get(f"{page}?language=ky").content.decode()
        timur.post(f"{page}ky/review/", {"thing": f"fact:{fact.pk}@", "act": "still"})
        assert (state(fact), state(fact, "ky"), state(fact, "en")) == (State.OUTDATED, State.PUBLISHED, State.DRAFT)
        assert "outdated" in timur.get("/admin/orientation/course/board/").content.decode()
        assert timur.post(f"{page}xx/sign/").status_code == 404
