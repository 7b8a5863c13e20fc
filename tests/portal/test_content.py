"""Starter content: loads whole or not at all, says where a fault is, and leaves alone what an editor has changed."""

import shutil
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

import orientation.load
import portal.places.load
from orientation.models import Course, CourseEdition, Fact, Lesson
from portal.places.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path, monkeypatch) -> Path:
    """A copy of the lessons' files, to spoil."""
    folder = tmp_path / "content"
    shutil.copytree(orientation.load.FILES, folder)
    monkeypatch.setattr(orientation.load, "FILES", folder)
    return folder


def test_loading_again_changes_nothing():
    before = (Fact.objects.count(), Course.objects.count(), CourseEdition.objects.count(), Region.objects.count())
    call_command("load_content", verbosity=0)
    assert (Fact.objects.count(), Course.objects.count(), CourseEdition.objects.count(), Region.objects.count()) == before


def test_what_an_editor_changed_stays_unless_told_otherwise():
    Fact.objects.filter(code="RU-REG-TJ").update(title_en="Changed by Elena")
    call_command("load_content", verbosity=0)
    assert Fact.objects.get(code="RU-REG-TJ").title_en == "Changed by Elena"
    call_command("load_content", overwrite=True, verbosity=0)
    assert Fact.objects.get(code="RU-REG-TJ").title_en != "Changed by Elena"
    assert set(CourseEdition.objects.filter(is_current=True).exclude(course__slug="russia-documents").values_list("number", flat=True)) == {
        2
    }


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


def test_a_wrong_right_choice_is_named(files):
    path = files / "before-you-go/02-documents.yaml"
    plan = yaml.safe_load(path.read_text())
    plan["lessons"][0]["questions"][0]["right"] = "z"
    path.write_text(yaml.safe_dump(plan))
    with pytest.raises(CommandError, match="foreman-keeps-passport"):
        call_command("load_content", overwrite=True)
    assert Lesson.objects.filter(course__slug="before-you-go").count() == 41


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
