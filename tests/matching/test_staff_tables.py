"""Tables of staff: numbers stand below one another; on a phone an opened match comes before the queue."""

import re

import pytest
from django.utils import timezone

from matching import score
from matching.models import Match
from tests.matching.labour import Market

pytestmark = pytest.mark.django_db


def test_numbers_of_the_runs_are_counts(one_click):
    market = Market()
    market.vacancy()
    score.start_full_run(timezone.now())
    page = one_click("timur").get("/en/jobs/runs/").content.decode()
    assert "desk" in re.search(r"<head>.*</head>", page, re.DOTALL).group()
    assert len(re.findall(r'<th class="digits">', page)) == len(re.findall(r'<td class="digits"', page)) == 4


def test_the_match_that_was_opened_comes_first_on_a_phone(one_click):
    market = Market()
    vacancy = market.vacancy()
    market.candidate()
    score.start_full_run(timezone.now())
    score.score_blocks(timezone.now)
    client, match = one_click("manizha"), Match.objects.get()
    assert 'class="desk opened"' in client.get(f"/en/jobs/desk/{vacancy.uid}/{match.uid}/").content.decode()
    assert 'class="desk"' in client.get(f"/en/jobs/desk/{vacancy.uid}/").content.decode()
