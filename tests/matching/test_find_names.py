"""Whatever the letters and the spelling: what somebody means is among the first five that are offered."""

import csv
from pathlib import Path

import pytest

from matching.find_names import find_names, said_for
from matching.models import Occupation, Skill

KINDS = {"skill": Skill, "occupation": Occupation}
TYPED = list(csv.DictReader((Path(__file__).parent / "misspelled.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["tg", "ky", "uz", "ru", "en"])
def test_forty_misspellings_a_language(language):
    rows = [row for row in TYPED if row["language"] == language]
    assert len({row["typed"] for row in rows}) == len(rows) == 40
    pks = {(kind, slug): pk for kind, model in KINDS.items() for pk, slug in model.objects.values_list("pk", "slug")}
    lost = [row["typed"] for row in rows if pks[row["kind"], row["slug"]] not in find_names(KINDS[row["kind"]], row["typed"])]
    assert lost == []


@pytest.mark.django_db
def test_nonsense_finds_nothing(django_assert_num_queries):
    for typed in ("", "  ", "ъ", "!!!", "\x00"):
        assert find_names(Skill, typed) == []
    assert find_names(Skill, "zzzzqqqq") == []
    with django_assert_num_queries(2):
        find_names(Occupation, "сварщик" * 10)


@pytest.mark.django_db
def test_what_people_say_is_of_names_that_there_are():
    for model in KINDS.values():
        assert set(said_for(model)) <= set(model.objects.own().values_list("slug", flat=True))
