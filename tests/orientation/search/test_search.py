"""Lessons, facts and help are found by their words, in five languages, however they are spelt."""

from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.utils.translation import override

from orientation.models import Fact, LearningText
from orientation.publish import publish
from orientation.roll_back import roll_back
from orientation.search.find import find, nearest
from orientation.search.keep import plain
from orientation.search.snippet import snippet
from orientation.search.words import Asked
from portal.accounts.models import User
from portal.support.models import Contact, Situation
from tests.orientation.test_admin import form_of, sent
from tests.people import cast, one_click  # noqa: F401
from tests.portal.test_budgets import KB, zipped

pytestmark = pytest.mark.django_db
UNNAMED = "RU-REG-GEN"  # by any lesson: else editors would have to read those again first
MISSPELT = yaml.safe_load((Path(__file__).parent / "misspelt.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def _only_what_everybody_has():
    """Its lessons say what those of the curriculum say."""
    LearningText.objects.filter(key__startswith="russia-documents/").delete()


def keys(typed: str, language: str, corridor: str = "", origin: str = "") -> list[str]:
    with override(language):
        return [row.key for row in find(typed, corridor=corridor, origin=origin).rows]


@pytest.mark.usefixtures("_only_what_everybody_has")
@pytest.mark.parametrize("language", MISSPELT)
def test_forty_misspelt_searches(language):
    assert len(MISSPELT[language]) == 40
    assert {typed: key for typed, key in MISSPELT[language].items() if key not in keys(typed, language)[:5]} == {}


@pytest.mark.parametrize(("language", "war"), [("ru", "война"), ("tg", "ҷанг"), ("ky", "согуш"), ("uz", "urush")])
def test_a_lesson_whose_title_says_nothing_is_found_by_its_rules(language, war):
    assert "before-you-go/any-paper" in keys(war, language)[:5]


@pytest.mark.parametrize(
    ("language", "spellings"),
    [
        ("tg", ["ҳуқуқи кор", "хукуки кор", "huquqi kor"]),
        ("ky", ["чыныгы дареги", "чынығы дареғи"]),
        ("uz", ["roʻyxatga turing", "ro'yxatga turing", "ro‘yxatga turing", "royxatga turing", "рўйхатга туринг", "руйхатга туринг"]),
        ("ru", ["учёт по адресу", "учет по адресу"]),
    ],
)
def test_one_word_is_one_word_on_every_keyboard(language, spellings):
    found = [keys(typed, language) for typed in spellings]
    assert found[0] and all(each[:3] == found[0][:3] for each in found)


def test_the_readers_language_first_then_russian_then_english():
    with override("ky"):
        row, *_ = find("Патент для Москвы", corridor="", origin="").rows
        assert row.language in ("ky", "ru")
    LearningText.objects.filter(language="ky").delete()
    with override("ky"):
        assert {row.language for row in find("patent", corridor="", origin="").rows} == {"ru"}
    LearningText.objects.filter(language="ru").delete()
    with override("ky"):
        assert {row.language for row in find("patent", corridor="", origin="").rows} == {"en"}


def test_rules_of_the_readers_road_stand_before_those_of_others():
    codes = ["RU-REG-TJ", "RU-REG-KG", "RU-REG-UZ"]
    first = {
        origin: next(key for key in keys("time without registration", "en", origin=origin) if key in codes) for origin in ("TJ", "KG", "UZ")
    }
    assert first == {"TJ": "RU-REG-TJ", "KG": "RU-REG-KG", "UZ": "RU-REG-UZ"}
    assert next(key for key in keys("time without registration", "en", "UZ-RU", "UZ") if key in codes) == "RU-REG-UZ"


@pytest.mark.parametrize("typed", ["", "   ", "'’ʻ‘`", "\0", "…—«»", "&|!():*", "%_\\"])
def test_no_word_finds_nothing_and_asks_nothing(client, django_assert_num_queries, typed):
    with django_assert_num_queries(0):
        response = client.get("/en/learn/search/", {"q": typed})
    assert response.status_code == 200 and b"One or two words are enough" in response.content


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "a" * 10_000, "x' | 'y", "passport\0taken", "'); drop table", "ⅷ ² ñ 漢字 😀", "-patent"]
)
def test_whatever_is_typed_the_page_stands(client, typed):
    response = client.get("/en/learn/search/", {"q": typed})
    assert response.status_code == 200 and b"<script>alert" not in response.content


@pytest.mark.usefixtures("_only_what_everybody_has")
def test_a_page_of_results(client, django_assert_num_queries):
    with django_assert_num_queries(3):
        response = client.get("/en/learn/search/", {"q": "registration"})
    html = response.content.decode()
    assert zipped(response.content) <= 12 * KB
    assert "<mark>registration</mark>" in html and 'value="registration"' in html and "{{" not in html
    assert 'href="/en/learn/before-you-go/border-kz/"' in html and 'href="/en/learn/facts/RU-REG-TJ/"' in html
    assert "<b>15 days</b>" in html  # a fact's number is looked up live
    assert "public" in response["Cache-Control"] and not response.cookies


def test_help_is_found_where_it_stands(client):
    html = client.get("/en/learn/search/", {"q": "lost documents"}).content.decode()
    assert 'href="/en/help/#documents-lost"' in html
    assert 'href="/en/help/?all#documents-lost"' in client.get("/en/learn/search/", {"q": "embassy"}).content.decode()


def test_nothing_found_asks_what_was_meant_and_offers_help(client, django_assert_max_num_queries):
    LearningText.objects.exclude(key="RU-PATENT-FEE", language="en").delete()
    with django_assert_max_num_queries(3):
        html = client.get("/en/learn/search/", {"q": "regvbvin"}).content.decode()
    assert [row.key for row in nearest("regvbvin")] == ["RU-PATENT-FEE"]
    assert "Did you mean one of these?" in html and 'href="/en/learn/facts/RU-PATENT-FEE/"' in html and 'href="/en/help/"' in html
    assert "Did you mean" not in client.get("/en/learn/search/", {"q": "zzz"}).content.decode()


def test_what_the_console_saves_is_found_as_it_says_now(one_click, cast):  # noqa: F811
    elena = one_click("elena")
    fact, situation = Fact.objects.get(code=UNNAMED), Situation.objects.get(slug="police")
    changes = {fact: {"title_en": "Zebra crossings"}, situation: {"title_en": "Yodelling"}}
    changes[Contact.objects.get(slug="tj-embassy-moscow")] = {"name_en": "Quokka house"}
    for thing, change in changes.items():
        page, data = form_of(elena, thing)
        sent(elena, page, data | change)
    assert keys("zebra", "en") == [UNNAMED] and keys("yodelling", "en") == ["police"]
    assert keys("quokka", "en") == ["documents-lost/tj-embassy-moscow"]
    User.objects.filter(pk=cast["elena"].pk).update(is_superuser=True)  # editors delete nothing
    act = {"action": "delete_selected", "post": "yes"}
    elena.post("/admin/orientation/fact/", act | {"_selected_action": [fact.pk]})
    elena.post("/admin/support/situation/", act | {"_selected_action": [situation.pk]})
    assert keys("zebra", "en") == [] and "police" not in keys("yodelling", "en")


def test_a_lesson_is_found_as_learners_read_it(course, now):
    lesson = course.lessons.get(slug="papers")
    lesson.title_en = "Xylophones"
    lesson.save()
    assert keys("xylophones", "en") == []  # learners read what is published
    edition = publish(course, by=None, now=now)
    assert keys("xylophones", "en") == ["russia-documents/papers"]
    editor = User.objects.create_user(email="editor@example.org")
    roll_back(course.editions.get(number=edition.number - 1), current=edition.number, because="A slip.", by=editor, now=now)
    assert keys("xylophones", "en") == []


def test_everything_written_anew_is_the_same(capsys):
    fields = ["kind", "key", "language", "corridors", "title", "shown", "names", "text"]
    before = list(LearningText.objects.values(*fields))
    call_command("rebuild_search")
    assert before and list(LearningText.objects.values(*fields)) == before
    assert capsys.readouterr().out == f"{len(before)} texts can be found.\n"


def test_a_snippet_marks_words_and_is_safe():
    asked = [Asked("patent", "patent")]
    text = "Nobody reads this. " * 30 + "A <b>Патент</b> & its {{fact:RU-PATENT-FEE}} cost. " + "The end. " * 30
    html = snippet(text, asked)
    assert html.startswith("… A &lt;b&gt;<mark>Патент</mark>&lt;/b&gt; &amp; its {{fact:RU-PATENT-FEE}} cost.") and html.endswith(" …")
    assert snippet("Short and without it.", asked) == "Short and without it."
    assert "{{" not in snippet("word " * 29 + "{{fact:RU-PATENT-FEE}} " + "word " * 40, asked).replace("{{fact:RU-PATENT-FEE}}", "")
    assert plain("<p>One <strong>two</strong>.</p><ul><li>a &lt; b</li></ul>") == "One two. a < b"
