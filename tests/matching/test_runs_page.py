"""The pages of scoring runs: staff of agencies read, operators also start, nobody else knows they exist."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from matching import score
from matching.mark import mark_vacancy
from matching.models import ScoringAudit, ScoringBlock, ScoringRun, Vacancy
from matching.score_vacancies import current_weights
from portal.organisations.models import Organisation
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


def test_the_staff_of_an_agency_that_nobody_has_checked(one_click, run):
    Organisation.objects.filter(kind="agency").update(vetted_at=None, vetted_by=None)
    client = one_click("manizha")
    assert client.get("/en/jobs/runs/").status_code == client.get(f"/en/jobs/runs/{run.uid}/").status_code == 404
    assert client.post("/en/jobs/runs/start/", {"submission_key": str(uuid4())}).status_code == 404


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


COUNTS = {
    "vacancies": 7,
    "eligible": 1204,
    "listed": 412,
    "written": 31,
    "unchanged": 381,
    "removed": 4,
    "edges": 2411,
    "chosen": 188,
    "served": 121,
    "rechecked": 20,
    "recheck_skipped": 3,
    "faults": 0,
    "reasons": {"language": 1900, "route": 812, "own": 31337, "age": 3, "free": 0},
}
TIMINGS = {"load": 500, "rank": 2500, "write": 1000}


def a_run(**given) -> ScoringRun:
    now = timezone.now()
    values = {"kind": "full", "day": now.date(), "weights": current_weights(now), "cause": "night", "pairs": 1_000_000}
    return ScoringRun.objects.create(**values | {"started_at": now - timedelta(seconds=8), "finished_at": now} | given)


def read(client, run: ScoringRun) -> str:
    return client.get(f"/en/jobs/runs/{run.uid}/").content.decode()


def test_what_a_run_has_counted(one_click):
    page = read(one_click("timur"), a_run(counts=COUNTS, timings=TIMINGS))
    for words, count in [
        ("Pairs a second of a worker", "400,000"),
        ("Pairs that pass every test", "1,204"),
        ("Rows written", "31"),
        ("Rows left untouched", "381"),
        ("Rows removed", "4"),
        ("People whom a shortlist or an open proposal serves", "121"),
        ("Lists computed once more", "20"),
        ("Lists that are not as stored", "0"),
    ]:
        assert f"<dt>{words}</dt><dd>{count}</dd>" in page, words
    assert "A new day has begun" in page and "500 ms" in page and "2.5 s" in page and "8.0 s" in page


def test_why_pairs_were_out(one_click):
    """The most frequent first; small counts are hidden, and what people refuse is never told."""
    page = read(one_click("timur"), a_run(counts=COUNTS))
    table = page[page.index("Why pairs were out") :]
    assert table.index("The language is not enough") < table.index("No legal way") < table.index("Under 18") < table.index("fewer than 10")
    assert "31337" not in page and "31,337" not in page and "not looking" not in page


def test_a_small_run_does_not_tell_who_passes(one_click):
    """One vacancy and everybody: what is left when the others are taken away is who refuses it."""
    page = read(one_click("manizha"), a_run(kind="small", cause="changes", counts=COUNTS))
    assert "Places in lists" in page
    assert "Why pairs were out" not in page and "Pairs that pass every test" not in page


def test_few_who_pass_are_not_counted_out(one_click):
    page = read(one_click("timur"), a_run(counts={"vacancies": 1, "eligible": 3}))
    assert "<dt>Pairs that pass every test</dt><dd>fewer than 10</dd>" in page


def test_an_older_run_has_counted_nothing(one_click):
    page = read(one_click("timur"), a_run())
    for words in (
        "Rows",
        "Lists computed",
        "a second",
        "Where the time went",
        "Why pairs were out",
        "Check of the day",
        "Vacancies scored",
    ):
        assert words not in page
    assert "–" in one_click("timur").get("/en/jobs/runs/").content.decode()


def test_faults_stand_out(one_click):
    run = a_run(counts=COUNTS | {"faults": 2})
    assert "2 lists are not what the engine says" in read(one_click("manizha"), run)
    assert "2 faults" in one_click("manizha").get("/en/jobs/runs/").content.decode()
    ScoringRun.objects.filter(pk=run.pk).update(counts=COUNTS)
    assert "not what the engine says" not in read(one_click("manizha"), run)


def test_errors_stand_out(one_click):
    run = a_run(counts=COUNTS | {"errors": 1})
    assert "1 thing could not be scored" in read(one_click("timur"), run)
    assert "1 error" in one_click("timur").get("/en/jobs/runs/").content.decode()


def test_progress_by_step(one_click):
    now, run = timezone.now(), a_run(finished_at=None)
    leases = [
        {"done_at": now},
        {"done_at": now},
        {"lease_until": now + timedelta(minutes=1)},
        {"lease_until": now - timedelta(minutes=1)},
        {},
    ]
    for values in leases:
        ScoringBlock.objects.create(run=run, step=ScoringBlock.Step.LISTS, **values)
    for step in (ScoringBlock.Step.SHORTLISTS, ScoringBlock.Step.AUDIT):
        ScoringBlock.objects.create(run=run, step=step)
    page = read(one_click("timur"), run)
    assert page.index("Lists: 2 / 5") < page.index("1 block is at work.") < page.index("1 block lost its worker")
    assert page.index("1 block lost its worker") < page.index("Shortlists: 0 / 1") < page.index("Audit: 0 / 1")
    assert "1 block lost" in one_click("timur").get("/en/jobs/runs/").content.decode()


def test_the_audit_is_linked_for_whoever_may_read_it(one_click):
    run = a_run()
    audit = ScoringAudit.objects.create(run=run, made_at=timezone.now(), lines={"version": 1, "people": 0, "lines": []})
    assert str(audit.uid) in read(one_click("timur"), run) and str(audit.uid) not in read(one_click("manizha"), run)
    assert "/jobs/audit/" not in one_click("manizha").get("/en/jobs/runs/").content.decode()


def test_a_long_list_costs_as_many_queries_as_a_short_one(one_click, django_assert_max_num_queries):
    client = one_click("timur")
    for number in range(45):
        a_run(kind="small", counts={"faults": number})
    with django_assert_max_num_queries(12):
        page = client.get("/en/jobs/runs/?page=3")
    assert len(page.context["rows"]) == 5
