"""The pages of scoring runs: staff of agencies read, operators also start, nobody else knows they exist."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from matching import score
from matching.mark import mark_vacancy
from matching.models import ScoringRun, Vacancy
from tests.matching.labour import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(one_click) -> ScoringRun:
    market = Market()
    market.vacancy()
    market.candidate()
    return score.start_full_run(timezone.now())


@pytest.mark.parametrize(
    ("who", "status"), [("manizha", 200), ("timur", 200), ("farrukh", 404), ("ildar", 404), ("nigora", 404), ("elena", 404)]
)
def test_who_may_read(one_click, run, who, status):
    client = one_click(who)
    assert client.get("/en/jobs/runs/").status_code == status
    assert client.get(f"/en/jobs/runs/{run.uid}/").status_code == status


def test_a_visitor_is_sent_to_sign_in(client, run):
    assert client.get("/en/jobs/runs/").status_code == 302
    assert client.get(f"/en/jobs/runs/{run.uid}/").status_code == 302


def test_a_run_that_is_not_there(one_click):
    assert one_click("timur").get(f"/en/jobs/runs/{uuid4()}/").status_code == 404


def test_progress_without_a_script(one_click, run):
    client = one_click("manizha")
    page = client.get(f"/en/jobs/runs/{run.uid}/").content.decode()
    assert 'http-equiv="refresh"' in page and "0 / 1" in page
    score.score_blocks(timezone.now)
    page = client.get(f"/en/jobs/runs/{run.uid}/").content.decode()
    assert 'http-equiv="refresh"' not in page and "1 / 1" in page


def test_delay_is_told(one_click, run):
    mark_vacancy(Vacancy.objects.get(), timezone.now() - timedelta(minutes=4))
    assert "Scoring is delayed" in one_click("manizha").get("/en/jobs/runs/").content.decode()


def test_who_may_start(one_click, run):
    score.score_blocks(timezone.now)
    key = {"submission_key": str(uuid4())}
    assert one_click("farrukh").post("/en/jobs/runs/start/", key).status_code == 404
    assert one_click("manizha").post("/en/jobs/runs/start/", key).status_code == 403
    first = one_click("timur").post("/en/jobs/runs/start/", key)
    again = one_click("timur").post("/en/jobs/runs/start/", key)
    assert first["Location"] == again["Location"]
    assert ScoringRun.objects.filter(kind="full").count() == 2
