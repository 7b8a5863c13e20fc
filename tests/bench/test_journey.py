"""The country that pages are measured in, at a size that says nothing of speed."""

import pytest
from django.contrib.sessions.models import Session

from bench import harness, journey, load
from bench.country import Country, country
from bench.pages import crowd, readers
from matching.models import Match, State, Vacancy
from matching.models.matches import SEAT_HOLDING
from tests.bench.test_all import demo  # noqa: F401

HEAD = "Type,Name,Request Count,Failure Count,50%,95%"


def test_a_country_has_everything_and_its_pages_few_queries(demo):  # noqa: F811
    with country(Country(*harness.TINY.country)):
        states = set(Match.objects.order_by().values_list("state", flat=True))
        assert states >= {State.SUGGESTED, State.APPROVED, State.DECLINED, State.ACCEPTED, State.PLACED}
        for vacancy in Vacancy.objects.filter(matches__isnull=False).distinct():
            keeps = vacancy.matches.filter(state__in=(*SEAT_HOLDING, State.ENDED)).count()
            assert vacancy.seats_taken == keeps < vacancy.openings
        everybody = readers()
        assert all(reader.pages for reader in everybody)
        agency = next(reader for reader in everybody if reader.who == "agency with a third of all")
        lines = {line.work.partition(": ")[2]: line for line in journey.of_reader(agency, 1)}
        assert [name for name, line in lines.items() if not line.reached] == []
        assert lines.keys() >= {"home", "desk", "queue, overdue", "match, suggested", "match, accepted", "people"}
        assert {reader.who for reader in crowd(10)} == {"agency", "candidate", "employer", "visitor"}
        cookie = load.as_json(everybody[1])["cookie"]
    with country(Country(*harness.TINY.country)):  # the same again: nobody fills it twice
        assert Session.objects.filter(session_key=str(cookie).partition("=")[2]).exists()


def test_what_locust_says_becomes_lines(tmp_path):
    stats = tmp_path / "stats.csv"
    rows = [",Aggregated,900,0,20,90", "GET,agency: home,40,0,120,800", "GET,visitor: vacancies,500,2,15,60"]
    stats.write_text("\n".join([HEAD, *rows, "GET,visitor: front page,0,0,N/A,N/A"]))
    whole, slow, failed = load.lines(stats, 50, 90)
    assert (whole.work, whole.measured) == ("50 readers at once, 900 pages in 90 s", "20 ms, p95 90 ms")
    assert (slow.work, slow.measured, slow.reached) == ("… agency: home", "120 ms, p95 800 ms", False)
    assert (failed.measured, failed.reached) == ("15 ms, p95 60 ms, 2 of 500 failed", False)


@pytest.mark.parametrize(("percent", "expected"), [(50, 5), (95, 10), (100, 10), (1, 1)])
def test_percentiles_are_measured_values(percent, expected):
    assert journey.percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], percent) == expected
