"""The starter content of the labour market: whole in five languages, and a fault names its place."""

import pytest
import yaml
from django.utils.translation import override

from matching import load
from matching.load import load_taxonomy
from matching.models import Ladder, Occupation, OccupationSkill, Skill, SkillGroup
from portal.starter import LANGUAGES, ContentError

pytestmark = pytest.mark.django_db


def test_the_market_is_there():
    assert (Occupation.objects.count(), Skill.objects.count(), SkillGroup.objects.count()) == (81, 286, 62)
    assert Ladder.objects.count() == 100
    assert Ladder.objects.filter(higher__slug="bricklayer", lower__slug="building-labourer").exists()
    bricklayer = Occupation.objects.get(slug="bricklayer")
    assert bricklayer.isco == "7112"
    assert [need.skill.slug for need in bricklayer.needs.filter(importance="essential")][:2] == ["bricklaying", "joint-finishing"]
    for occupation in Occupation.objects.all():
        assert occupation.needs.filter(importance="essential").exists() and occupation.needs.filter(importance="optional").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_name_is_there_once_in_each_language(language):
    with override(language):
        for model in (Occupation, Skill, SkillGroup):
            names = [row.name for row in model.objects.all()]
            assert all(names) and len(set(names)) == len(names), model


def test_loading_again_leaves_an_editors_row_alone_unless_told():
    Skill.objects.filter(slug="bricklaying").update(name_en="Ours")
    OccupationSkill.objects.filter(occupation__slug="bricklayer", skill__slug="measuring").delete()
    assert load_taxonomy(overwrite=False) == 0
    assert Skill.objects.get(slug="bricklaying").name_en == "Ours"
    assert load_taxonomy(overwrite=True) > 150
    assert Skill.objects.get(slug="bricklaying").name_en != "Ours"
    assert Occupation.objects.get(slug="bricklayer").needs.filter(skill__slug="measuring").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda plan, texts: texts["ky"]["skills"].pop("bricklaying"), "ky/taxonomy.yaml: skills.bricklaying is missing."),
        (lambda plan, texts: plan["skills"][0].update(group="magic"), "there is no magic"),
        (lambda plan, texts: plan["occupations"][0]["essential"].append("flying"), "bricklayer: there is no flying"),
        (lambda plan, texts: plan["related"].append(["king", "cook"]), "related: there is no king"),
    ],
)
def test_a_fault_names_its_place(monkeypatch, change, said):
    plan = yaml.safe_load((load.FILES / load.FILE).read_text())
    texts = {language: yaml.safe_load((load.FILES / language / load.FILE).read_text()) for language in LANGUAGES}
    change(plan, texts)
    monkeypatch.setattr(load, "read_yaml", lambda path: texts.get(path.parent.name, plan))
    with pytest.raises(ContentError, match=said):
        load_taxonomy(overwrite=True)
