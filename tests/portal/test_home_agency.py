"""What waits for an agency's staff: counts are those of the desk and its lists, and of the people in their care only."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from matching.completeness import SHOWN_TO_AGENCY
from matching.models import AccessLog, Candidate, Care, Offer, State
from portal.organisations.models import Membership, Organisation
from tests.matching.factories import FLOOR, WISH, a_candidate, an_agency
from tests.portal.home import a_job, a_pair, counts_of, items_of, named

pytestmark = pytest.mark.django_db
KINDS = {
    "departures": "Departures",
    "contracts": "Contracts to enter",
    "candidates": "People who have not answered",
    "employers": "Employers who have not answered",
}


@pytest.fixture
def client(one_click):
    return one_click("manizha")


@pytest.fixture
def mine(cast) -> Organisation:
    return named("Dushanbe Labour Agency")


@pytest.fixture
def market(cast, mine) -> Organisation:
    """Of each kind some, and as many again in the care of another agency."""
    employer = named("StroyKazan")
    for agency in (mine, an_agency()):
        for _ in range(3):
            a_pair(employer, agency, State.SUGGESTED)
        for _ in range(2):
            a_pair(employer, agency, State.SELECTED)
        a_pair(employer, agency, State.APPROVED, since_days=4)
        a_pair(employer, agency, State.OFFERED, since_days=4)
        a_pair(employer, agency, State.APPROVED, since_days=2)
        a_pair(employer, agency, State.ACCEPTED, since_days=3)
        a_pair(employer, agency, State.ACCEPTED, since_days=0)
        a_pair(employer, agency, State.AGREED, days=5)
        a_pair(employer, agency, State.AGREED, days=30)
        a_pair(employer, agency, State.PLACED)
    return mine


def test_counts_in_their_order(client, market):
    expected = {
        "Departures": 1,
        "Contracts to enter": 2,
        "People who have not answered": 2,
        "Employers who have not answered": 1,
        "Suggestions to review": 3,
        "Unfinished profiles": 13,
    }
    counts = counts_of(client, "agency")
    assert counts == expected and list(counts) == list(expected)


@pytest.mark.parametrize("kind", KINDS)
def test_each_count_is_what_its_list_shows(client, market, kind):
    item = items_of(client, "agency")[KINDS[kind]]
    assert item.url == f"/en/jobs/desk/waiting/{kind}/"
    page = client.get(item.url)
    assert item.count == len(page.context["rows"]) == page.context["page"].paginator.count
    for row in page.context["rows"]:
        assert row["match"].candidate.care.open().get().agency == market
        assert client.get(f"/en/jobs/desk/{row['match'].vacancy.uid}/{row['match'].uid}/").status_code == 200


def test_the_desk_shows_as_many_to_review(client, market):
    item = items_of(client, "agency")["Suggestions to review"]
    vacancies = client.get(item.url).context["vacancies"]
    assert item.count == sum(vacancy.to_review for vacancy in vacancies)
    assert f"In {sum(vacancy.to_review > 0 for vacancy in vacancies)} vacancies" in item.text


def test_unfinished_profiles(client, market):
    item = items_of(client, "agency")["Unfinished profiles"]
    assert item.count == client.get(item.url).context["page"].paginator.count
    everybody = client.get("/en/jobs/people/").context["page"].paginator.count
    assert everybody == Care.objects.open().filter(agency=market).count()


def test_the_list_of_people_names_nobody_and_no_wage(client, market):
    def read() -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", client.get("/en/jobs/people/").content.decode())

    html = read()
    assert "F. S." in html and "Farrukh" not in html and "Sattorov" not in html
    assert str(FLOOR) not in html and str(WISH) not in html and "Wage" not in html
    assert not AccessLog.objects.exists()
    Candidate.objects.update(wage_floor=None, wage_wish=None)
    assert read() == html, "whether a wage was named is not told either"


def test_the_bar_of_a_person_is_what_they_have_said(client, market):
    html = client.get("/en/jobs/people/").content.decode()
    row = client.get("/en/jobs/people/").context["rows"][0]
    assert len(row["missing"]) + row["candidate"].done == len(SHOWN_TO_AGENCY)
    assert re.search(rf"{row['candidate'].done} / {len(SHOWN_TO_AGENCY)}", html)


def test_a_departure_by_the_newest_contract(client, mine):
    match = a_pair(named("StroyKazan"), mine, State.AGREED, days=60)
    assert "Departures" not in items_of(client, "agency")
    Offer.objects.filter(match=match).update(starts_on=timezone.now().date() + timedelta(days=7))
    assert counts_of(client, "agency")["Departures"] == 1


def test_nobody_in_care(client, mine):
    items = items_of(client, "agency")
    assert list(items) == ["Nobody is in your care yet"]
    assert "Nobody is in your care yet" in client.get("/en/jobs/people/").content.decode()


def test_an_agency_that_is_not_checked(client, mine):
    Organisation.objects.filter(pk=mine.pk).update(vetted_at=None, vetted_by=None)
    assert "Dushanbe Labour Agency" in items_of(client, "agency")["Not checked yet"].text


def test_whoever_leaves_is_counted_no_more(client, mine):
    match = a_pair(named("StroyKazan"), mine, State.SELECTED)
    assert counts_of(client, "agency")["Contracts to enter"] == 1
    Care.objects.filter(candidate=match.candidate).update(until=timezone.now())
    assert "Contracts to enter" not in items_of(client, "agency")
    assert client.get("/en/jobs/desk/waiting/contracts/").context["rows"] == []
    assert client.get("/en/jobs/people/").context["rows"] == []


def test_staffs_own_profile_is_not_in_their_care(client, mine, cast):
    """An own profile is visible to oneself, which makes it nobody's case at the desk."""
    a_candidate(an_agency(), cast["manizha"])
    assert client.get("/en/jobs/people/").context["rows"] == []


def test_lists_are_for_agencies(client, one_click, signed_in, market, cast):
    paths = ["/en/jobs/people/", *(f"/en/jobs/desk/waiting/{kind}/" for kind in KINDS)]
    employer, migrant, by_code = one_click("ildar"), one_click("farrukh"), signed_in("manizha")
    for path in paths:
        assert employer.get(path).status_code == migrant.get(path).status_code == 403
        assert "/me/second-factor/" in by_code.get(path)["Location"]
    Membership.objects.filter(user=cast["manizha"]).delete()
    assert all(client.get(path).status_code == 403 for path in paths)
    assert client.get("/en/jobs/desk/waiting/nonsense/").status_code == 403


def test_a_list_of_nothing_is_not_there(client, mine):
    assert client.get("/en/jobs/desk/waiting/nonsense/").status_code == 404
    assert "Nobody waits here" in client.get("/en/jobs/desk/waiting/contracts/").content.decode()


def test_a_long_list_has_pages(client, mine):
    vacancy = a_job(named("StroyKazan"))
    for _ in range(26):
        a_candidate(mine)
    page = client.get("/en/jobs/people/?page=2").context
    assert (len(page["rows"]), page["page"].paginator.count) == (1, 26)
    assert client.get("/en/jobs/people/?page=10000000000").status_code == 200
    assert vacancy.matches.count() == 0


@pytest.mark.parametrize("path", ["/en/", "/en/jobs/people/", "/en/jobs/desk/waiting/candidates/"])
def test_at_most_fourteen_queries(client, market, django_assert_max_num_queries, path):
    with django_assert_max_num_queries(14):
        client.get(path)
