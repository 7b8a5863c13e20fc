"""After an import as large as ESCO 1.2.1 pages and API offer what they offered, for as many queries and bytes."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from matching.demo.candidates import load_cast_candidates
from matching.models import Candidate, Label, Occupation, OccupationSkill, Skill, SkillGroup, Vacancy
from tests.matching.profiles import post, problems
from tests.people import NOW

pytestmark = pytest.mark.django_db
SKILLS, OCCUPATIONS = 13_960, 3_043
PROFILE = [f"/en/jobs/profile/{step}/" for step in ("occupations", "work", "skills")]
API = [f"/api/v1/{path}" for path in ("skills/", "skills/?group=masonry", "occupations/", "occupations/bricklayer/")]


def import_much(skills_in_all: int = SKILLS, occupations_in_all: int = OCCUPATIONS) -> None:
    group = SkillGroup.objects.create(slug="esco-S1", name="Things to do", esco="S1")
    skills = Skill.objects.bulk_create(
        Skill(slug=f"esco-{number}", name=f"lay bricks in way {number}", group=group, esco=UUID(int=number), from_esco=True)
        for number in range(skills_in_all)
    )
    occupations = Occupation.objects.bulk_create(
        Occupation(slug=f"esco-{number}", name=f"bricklayer of kind {number}", isco="7112", esco=UUID(int=number), from_esco=True)
        for number in range(occupations_in_all)
    )
    for occupation in (*Occupation.objects.own(), *occupations[:50]):
        OccupationSkill.objects.bulk_create(
            OccupationSkill(occupation=occupation, skill=skill, importance="essential", position=place, from_esco=True)
            for place, skill in enumerate(skills[:40], 100)
        )
    Label.objects.bulk_create(Label(skill=skill, language="en", text=f"brick work {skill.slug}") for skill in skills[:2000])


def looked_at(client: Client, paths: list[str]) -> dict[str, tuple[str, int]]:
    """Of each page the text without what differs at each visit, and the number of queries."""
    seen = {}
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert response.status_code == 200, path
        text = re.sub(r'name="(csrfmiddlewaretoken|submission_key)" value="[^"]*"', "", response.content.decode())
        seen[path] = text, len(queries)
    return seen


def all_pages(cast, published: Vacancy) -> dict[str, tuple[str, int]]:
    farrukh, ildar = Client(), Client()
    farrukh.force_login(cast["farrukh"])
    ildar.force_login(cast["ildar"])
    own = [f"/en/jobs/own/{published.uid}/{step}/" for step in ("place", "skills")]
    return looked_at(farrukh, PROFILE) | looked_at(ildar, own) | looked_at(Client(), API)


def test_pages_and_api_are_as_before(cast, published):
    load_cast_candidates(NOW)
    before = all_pages(cast, published)
    import_much()
    assert all_pages(cast, published) == before


def test_a_form_refuses_what_it_does_not_offer(cast, published):
    load_cast_candidates(NOW)
    import_much(100, 20)
    farrukh = Client()
    farrukh.force_login(cast["farrukh"])
    stranger, work = Skill.objects.get(slug="esco-7"), Occupation.objects.get(slug="esco-7")
    for step, typed in (
        ("skills", {f"skill-{stranger.pk}": "2"}),
        ("work", {"add": "1", "occupation": work.pk, "years": "2", "is_current": "on"}),
        ("occupations", {"occupations": [work.pk]}),
    ):
        assert "not on the list" in problems(post(farrukh, step, **typed)), step
    assert not Candidate.objects.filter(skills__skill=stranger).exists() and not Candidate.objects.filter(jobs__occupation=work).exists()


def test_a_word_of_escos_finds_our_skill_and_none_of_escos(cast):
    import_much(100, 20)
    load_cast_candidates(NOW)
    ours = Skill.objects.get(slug="glass-cutting")
    Label.objects.create(skill=ours, language="en", text="glaze brickwork")
    farrukh = Client()
    farrukh.force_login(cast["farrukh"])
    fields = post(farrukh, "skills", show="1", search="Brickwork").context["form"].fields
    assert f"skill-{ours.pk}" in fields
    offered = {int(name.removeprefix("skill-")) for name in fields if name.startswith("skill-")}
    assert not Skill.objects.filter(pk__in=offered, from_esco=True).exists()
