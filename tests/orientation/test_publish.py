import pytest
from django.db import IntegrityError
from django.utils.translation import override

from orientation.models import Choice, CourseEdition, EditionPage, Fact, Lesson, Question
from orientation.publish import NotPublishable, missing_facts, publish

pytestmark = pytest.mark.django_db


def test_starter_course_is_published_in_five_languages(course):
    pages = EditionPage.objects.filter(edition__course=course, edition__is_current=True)
    lessons = list(course.lessons.values_list("slug", flat=True))
    assert len(lessons) == 4
    expected = {(slug, language) for slug in ["", "check", *lessons] for language in ("tg", "ky", "uz", "ru", "en")}
    assert set(pages.values_list("slug", "language")) == expected


def test_publishing_makes_the_next_edition_current_and_keeps_the_old_pages(course, now):
    before = list(EditionPage.objects.filter(edition__course=course).order_by("pk").values_list("pk", "content"))
    edition = publish(course, by=None, now=now)
    assert edition.number == 2
    assert list(CourseEdition.objects.filter(course=course, is_current=True)) == [edition]
    assert list(EditionPage.objects.filter(edition__course=course, edition__number=1).order_by("pk").values_list("pk", "content")) == before


def test_a_draft_changes_nothing_for_learners(course, page_of):
    Lesson.objects.filter(course=course, slug="papers").update(title_en="Half-written")
    assert page_of("papers").title != "Half-written"


def test_a_language_with_a_gap_is_left_out_and_falls_back(course, now, page_of):
    first = Choice.objects.filter(question__lesson__course=course).order_by("pk").first()
    Choice.objects.filter(pk=first.pk).update(text_tg="")
    edition = publish(course, by=None, now=now)
    assert set(edition.pages.values_list("language", flat=True)) == {"ky", "uz", "ru", "en"}
    assert page_of("papers", "tg").language == "ru"


def test_without_russian_the_page_falls_back_to_english(course, now, page_of):
    Lesson.objects.filter(course=course, slug="papers").update(title_tg="", title_ru="")
    publish(course, by=None, now=now)
    assert page_of("papers", "tg").language == "en"


def test_a_course_without_one_whole_language_is_refused_and_stays_as_it_was(course, now):
    Lesson.objects.filter(course=course, slug="papers").update(**{f"title_{language}": "" for language in ("tg", "ky", "uz", "ru", "en")})
    with pytest.raises(NotPublishable, match="papers: title"):
        publish(course, by=None, now=now)
    assert CourseEdition.objects.get(course=course, is_current=True).number == 1


def test_a_question_without_a_right_choice_is_refused(course, now):
    question = course.lessons.get(slug="papers").questions.first()
    question.choices.update(is_right=False)
    with pytest.raises(NotPublishable, match=question.slug):
        publish(course, by=None, now=now)


def test_editors_are_told_of_facts_that_do_not_exist(course, now):
    assert missing_facts(course) == []
    Lesson.objects.filter(course=course, slug="papers").update(intro_en="Within {{fact:NO-SUCH}}.")
    Fact.objects.filter(code="KG-PASSPORT").delete()
    publish(course, by=None, now=now)
    assert missing_facts(course) == ["KG-PASSPORT", "NO-SUCH"]


def test_the_database_holds_one_current_edition_and_one_right_choice(course, now):
    with pytest.raises(IntegrityError, match="one_current_edition_a_course"):
        CourseEdition.objects.create(course=course, number=9, pass_percent=80, published_at=now)


def test_titles_are_in_the_language_of_the_page(page_of):
    titles = {language: page_of("registration", language).title for language in ("tg", "ky", "uz", "ru", "en")}
    assert len(set(titles.values())) == 5
    with override("tg"):
        assert page_of("registration", "tg").content["outline"]["title"] != page_of("registration", "ru").content["outline"]["title"]


@pytest.mark.parametrize("stage", ["check", "lesson"])
def test_a_course_that_nobody_could_finish_is_refused(course, now, stage):
    Question.objects.filter(stage=stage).delete()
    with pytest.raises(NotPublishable, match="no question in"):
        publish(course, by=None, now=now)
