"""A candidate to try things on: Farrukh with a small trade, and two licensed agencies of his country."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from matching.models import AgencyLicence, Candidate, Occupation, OccupationSkill, Skill, SkillGroup
from portal.organisations.models import Organisation
from tests.people import NOW


@pytest.fixture
def trade(db) -> dict[str, object]:
    """An occupation with two skills, and a skill of no occupation."""
    group = SkillGroup.objects.create(slug="test-walls", name="Walls for a test")
    skills = [
        Skill.objects.create(slug=f"test-{word}", name=f"{word} for a test", group=group) for word in ("stacking", "jointing", "juggling")
    ]
    occupation = Occupation.objects.create(slug="test-waller", isco="7112", name="Waller for a test")
    for position, skill in enumerate(skills[:2], 1):
        OccupationSkill.objects.create(occupation=occupation, skill=skill, importance="essential", position=position)
    return {"occupation": occupation, "skills": skills}


@pytest.fixture
def farrukh(cast) -> Candidate:
    return Candidate.objects.create(user=cast["farrukh"], citizenship="TJ", born_in=date(1998, 3, 1), registered_at=NOW)


@pytest.fixture
def agencies(cast) -> dict[str, Organisation]:
    """The public one sorts last by name and is shown first; the third is not licensed any more, the fourth is of another country."""
    public = Organisation.objects.get(name="Dushanbe Labour Agency")
    values = {"kind": "agency", "vetted_at": NOW, "vetted_by": cast["timur"]}
    private = Organisation.objects.create(name="Ark of Work", country_id="TJ", **values)
    lapsed = Organisation.objects.create(name="Bygone Work", country_id="TJ", **values)
    foreign = Organisation.objects.create(name="Osh Work", country_id="KG", **values)
    for agency, is_public, valid_to in (
        (public, True, None),
        (private, False, None),
        (lapsed, False, date(2020, 1, 1)),
        (foreign, True, None),
    ):
        AgencyLicence.objects.create(
            agency=agency, destination="RU", number="1", issuer="Ministry", valid_to=valid_to, is_public_service=is_public
        )
    return {"public": public, "private": private, "lapsed": lapsed, "foreign": foreign}


def post(client: Client, step: str, *, key: object = None, **data: object):
    return client.post(f"/en/jobs/profile/{step}/", {"submission_key": str(key or uuid4())} | data)


def problems(response) -> str:
    """The texts beside the fields of a form that was refused; a page that was refused is a 200, never a redirect."""
    assert response.status_code == 200
    return " ".join(str(text) for texts in response.context["form"].errors.values() for text in texts)
