"""Starter content: loads whole or not at all, says where a fault is, and leaves alone what an editor has changed."""

import shutil
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

import orientation.load
import portal.places.load
import remittances.load
from orientation.models import Choice, Course, CourseEdition, Fact, LearningText, Lesson, Question
from portal.places.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path, monkeypatch) -> Path:
    """A copy of the lessons' files, to spoil."""
    folder = tmp_path / "content"
    shutil.copytree(orientation.load.FILES, folder)
    monkeypatch.setattr(orientation.load, "FILES", folder)
    return folder


@pytest.fixture
def without_the_road(monkeypatch) -> None:
    """The course about money alone, which has modules as well: to overwrite and publish the other's forty lessons costs three times as much."""
    monkeypatch.setattr(orientation.load, "ORIENTATION", [])


def test_loading_again_changes_nothing_not_even_what_an_editor_wrote():
    before = counts()
    Fact.objects.filter(code="RU-REG-TJ").update(title_en="Changed by Elena")
    Lesson.objects.filter(slug="papers").update(title_en="Changed by Elena")
    call_command("load_content", verbosity=0)
    assert counts() == before
    assert Fact.objects.get(code="RU-REG-TJ").title_en == "Changed by Elena"
    assert {lesson.title_en for lesson in Lesson.objects.filter(slug="papers")} == {"Changed by Elena"}


def counts() -> list[int]:
    return [model.objects.count() for model in (Fact, Course, CourseEdition, Lesson, Question, Choice, LearningText, Region)]


def test_told_to_overwrite_it_brings_rows_up_to_the_files_and_publishes_anew(without_the_road):
    of_money = Choice.objects.filter(question__lesson__course__slug="money-home")
    before, choices = counts(), set(of_money.values_list("uid", "text_en"))
    texts = rows_to_search()
    Fact.objects.filter(code="RU-REG-TJ").update(title_en="Changed by Elena")
    Lesson.objects.filter(slug="compare").update(title_en="Changed by Elena")
    LearningText.objects.filter(key="money-home/compare").update(text="changed")
    call_command("load_content", overwrite=True, verbosity=0)
    assert Fact.objects.get(code="RU-REG-TJ").title_en != "Changed by Elena"
    assert Lesson.objects.get(slug="compare").title_en != "Changed by Elena"
    numbers = dict(CourseEdition.objects.filter(is_current=True).values_list("course__slug", "number"))
    assert numbers == {"money-home": 2, "before-you-go": 1, "russia-documents": 1}
    assert set(of_money.values_list("uid", "text_en")) == choices, "answers name them"
    assert rows_to_search() == texts
    assert counts() == [count + (place == 2) for place, count in enumerate(before)], "one edition more"


def rows_to_search() -> set[tuple[str, ...]]:
    return set(LearningText.objects.values_list("kind", "key", "language", "title", "shown", "names", "text"))


def test_a_missing_text_names_file_and_place_and_loads_nothing(files):
    path = files / "tg/facts.yaml"
    texts = yaml.safe_load(path.read_text())
    del texts["RU-REG-TJ"]["title"]
    path.write_text(yaml.safe_dump(texts, allow_unicode=True))
    Fact.objects.filter(code="KG-PASSPORT").delete()
    with pytest.raises(CommandError, match=r"Nothing was loaded\. tg/facts\.yaml: RU-REG-TJ: title is missing\."):
        call_command("load_content")
    assert not Fact.objects.filter(code="KG-PASSPORT").exists()


def test_a_broken_file_is_named(files):
    (files / "facts.yaml").write_text("- id: [")
    with pytest.raises(CommandError, match=r"facts\.yaml"):
        call_command("load_content")


def test_a_wrong_right_choice_is_named(files, monkeypatch):
    monkeypatch.setattr(remittances.load, "COURSES", [])  # those come first, and have no fault
    path = files / "before-you-go/02-documents.yaml"
    plan = yaml.safe_load(path.read_text())
    plan["lessons"][0]["questions"][0]["right"] = "z"
    path.write_text(yaml.safe_dump(plan))
    Lesson.objects.filter(slug="papers").update(title_en="Changed by Elena")
    with pytest.raises(CommandError, match="foreman-keeps-passport"):
        call_command("load_content", overwrite=True)
    assert Lesson.objects.get(slug="papers", course__slug="before-you-go").title_en == "Changed by Elena", "nothing was loaded"


def test_a_csv_names_row_and_column(tmp_path, monkeypatch):
    shutil.copytree(portal.places.load.FILES, tmp_path / "places")
    monkeypatch.setattr(portal.places.load, "FILES", tmp_path / "places")
    path = tmp_path / "places/regions.csv"
    lines = path.read_text().splitlines()
    cells = lines[3].split(",")
    cells[5] = ""
    path.write_text("\n".join([*lines[:3], ",".join(cells), *lines[4:]]) + "\n")
    with pytest.raises(CommandError, match=r"regions\.csv: row 4, column name_tg is empty\."):
        call_command("load_content")
