"""From a match to a question that was not answered, and back to the match: without a script."""

import re
from html import unescape
from uuid import uuid4

import pytest

from matching.models import Match, State
from portal.organisations.models import Organisation
from tests.matching.factories import a_candidate, a_match, a_user, a_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(cast) -> Match:
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    candidate = a_candidate(agency, cast["farrukh"], wage_floor=None, wage_wish=None, conditions=[])
    return a_match(a_vacancy(), candidate, State.APPROVED, cast["manizha"])


def page_of(match: Match) -> str:
    return f"/en/jobs/mine/{match.uid}/"


def questions(client, match: Match) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="(/en/jobs/profile/[^"]+)"', client.get(page_of(match)).content.decode())]


def test_each_question_leads_to_its_step_and_back(signed_in, match):
    client = signed_in("farrukh")
    links = questions(client, match)
    assert links and all(link.endswith(f"?match={match.uid}") for link in links)
    for link in links:
        page = client.get(link).content.decode()
        assert f'href="{page_of(match)}"' in page, link
    wage = f"/en/jobs/profile/wage/?match={match.uid}"
    assert "Save and go back to the job" in client.get(wage).content.decode()
    answer = {"submission_key": uuid4(), "wage_floor": "60000", "wage_wish": "80000", "wage_currency": "RUB"}
    assert client.post(wage, answer | {"wage_floor": "x"}).status_code == 200  # a slip keeps the way back
    assert client.post(wage, answer | {"submission_key": uuid4()})["Location"] == page_of(match)


def test_a_step_that_is_a_list_is_left_by_its_own_button(signed_in, match):
    client, here = signed_in("farrukh"), f"/en/jobs/profile/work/?match={match.uid}"
    assert client.post(here, {"submission_key": uuid4(), "no-work": "1"})["Location"] == here
    assert client.get(here).content.decode().count(f'href="{page_of(match)}"') == 2  # at the top, and to go on


@pytest.mark.parametrize("whose", ["another's", "nobody's", "nonsense"])
def test_another_match_is_no_way_back(signed_in, match, whose):
    theirs = a_match(a_vacancy(), a_candidate(Organisation.objects.get(name="Dushanbe Labour Agency"), a_user()), State.APPROVED)
    value = {"another's": theirs.uid, "nobody's": uuid4(), "nonsense": "//evil.example"}[whose]
    client, here = signed_in("farrukh"), f"/en/jobs/profile/conditions/?match={value}"
    page = client.get(here).content.decode()
    assert "/jobs/mine/" not in page.split("<main")[1] and "Save and go on" in page
    location = client.post(here, {"submission_key": uuid4()})["Location"]
    assert location.startswith("/en/jobs/profile/") and str(value) not in location
