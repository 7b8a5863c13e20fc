"""What waits for an employer's members: counts are those of the list behind them, and of their own employers only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.models import DangerArea, EmployerFile, State, Vacancy
from matching.views.employer import PER_PAGE
from portal.organisations.models import Membership, Organisation
from tests.matching.factories import a_candidate, a_match, a_member, an_agency, an_organisation
from tests.portal.home import a_job, a_pair, counts_of, home_of, items_of, named

pytestmark = pytest.mark.django_db
OWN = "/en/jobs/own/"


@pytest.fixture
def client(one_click):
    return one_click("ildar")


@pytest.fixture
def mine(cast) -> Organisation:
    return named("StroyKazan")


@pytest.fixture
def market(cast, mine) -> Organisation:
    """Of each kind some, and as many again that belong to AlmatyFood."""
    agency = an_agency()
    for employer in (mine, named("AlmatyFood")):
        for _ in range(2):
            a_job(employer, status=Vacancy.Status.DRAFT, published_at=None)
        a_job(employer, days=10)
        a_job(employer, days=10, openings=1, seats_taken=1)
        a_job(employer, days=90)
        a_job(employer, days=-40)
        chosen = a_job(employer, days=90)
        for state in (State.ACCEPTED, State.ACCEPTED, State.APPROVED, State.SELECTED, State.REJECTED, State.SUGGESTED):
            a_match(chosen, a_candidate(agency), state)
        a_pair(employer, agency, State.ACCEPTED, days=90)
    return mine


def test_nothing_written_yet(client, cast):
    (item,) = home_of(client).sections[0].items
    assert item.title == "Write your first vacancy" and item.count is None
    assert client.get(item.url).status_code == 200


def test_counts_in_their_order(client, market):
    expected = {"People to choose from": 3, "Vacancies that nobody sees": 1, "Start soon with free places": 1, "Drafts to finish": 2}
    counts = counts_of(client, "employer")
    assert counts == expected and list(counts) == list(expected)


@pytest.mark.parametrize("kind", ["people", "unlisted", "soon", "drafts"])
def test_each_count_is_what_its_list_shows(client, market, kind):
    (item,) = [item for item in items_of(client, "employer").values() if item.url == f"{OWN}?show={kind}"]
    page = client.get(item.url)
    rows = [shown.vacancy for shown, _state in page.context["rows"]]
    assert item.count == page.context["waiting"] == (sum(row.said_yes for row in rows) if kind == "people" else len(rows))
    assert {row.employer for row in rows} == {market} and item.title in page.content.decode()


def test_people_lead_to_people(client, market):
    page = client.get(f"{OWN}?show=people")
    waiting = 0
    for shown, _state in page.context["rows"]:
        people = client.get(f"{OWN}{shown.vacancy.uid}/people/").context["rows"]
        found = [row for row in people if row["match"].state == State.ACCEPTED]
        assert len(found) == shown.vacancy.said_yes
        waiting += len(found)
    assert waiting == counts_of(client, "employer")["People to choose from"]


def test_the_whole_list_stays_whole(client, market):
    assert len(client.get(OWN).context["rows"]) == Vacancy.objects.filter(employer=market).count()
    assert len(client.get(f"{OWN}?show=nonsense").context["rows"]) == Vacancy.objects.filter(employer=market).count()


def test_a_long_list_has_pages(client, mine):
    agency = an_agency()
    for _ in range(PER_PAGE + 1):
        a_pair(mine, agency, State.ACCEPTED)
    assert counts_of(client, "employer")["People to choose from"] == PER_PAGE + 1
    pages = [client.get(OWN, {"show": "people", "page": number}) for number in (1, 2)]
    assert [len(page.context["rows"]) for page in pages] == [PER_PAGE, 1]
    assert {page.context["waiting"] for page in pages} == {PER_PAGE + 1}
    assert 'href="?show=people&amp;page=2"' in pages[0].content.decode()


def test_an_empty_list_leads_back(client, market):
    Vacancy.objects.filter(employer=market, status=Vacancy.Status.DRAFT).update(status=Vacancy.Status.CLOSED)
    assert "Nothing waits here" in client.get(f"{OWN}?show=drafts").content.decode()


def test_why_nobody_sees_a_vacancy(client, market):
    assert "the start has passed" in client.get(f"{OWN}?show=unlisted").content.decode()
    day = timezone.now().date()
    DangerArea.objects.create(region_id="RU-TA", reason="for a test", source_name="a test", valid_from=day, signed_as="A. Lawyer")
    assert counts_of(client, "employer")["Vacancies that nobody sees"] == 5
    assert "the place is dangerous" in client.get(f"{OWN}?show=unlisted").content.decode()


def test_not_checked_yet(client, market):
    Organisation.objects.filter(pk=market.pk).update(vetted_at=None, vetted_by=None)
    item = items_of(client, "employer")["Not checked yet"]
    assert "StroyKazan" in item.text and "being checked" in client.get(item.url).content.decode()
    assert "has not been checked" in client.get(OWN).content.decode()


def test_suspended(client, market):
    EmployerFile.objects.create(employer=market, suspended_because="took money from a worker")
    section = home_of(client).sections[0]
    assert section.items[0].title == "You are suspended"
    assert "took money" not in client.get("/en/").content.decode(), "the operators' note is theirs"
    EmployerFile.objects.update(suspended_because="")
    assert "You are suspended" not in items_of(client, "employer")


def test_anothers_suspension_is_not_told(client, market):
    EmployerFile.objects.create(employer=named("AlmatyFood"), suspended_because="took money from a worker")
    assert "You are suspended" not in items_of(client, "employer")


def test_a_member_of_nothing_counts_nothing(client, market):
    stranger = a_member(an_organisation("employer", "RU"))
    client.force_login(stranger)
    assert counts_of(client, "employer") == {} and home_of(client).is_closed
    assert client.get(OWN).context["rows"] == []


def test_an_operators_right_to_read_is_no_membership(one_click, market, cast):
    """Timur reads every vacancy in the console; as a member of AlmatyFood he still has only theirs."""
    Membership.objects.create(user=cast["timur"], organisation=named("AlmatyFood"))
    client = one_click("timur")
    assert counts_of(client, "employer")["Drafts to finish"] == 2
    assert {shown.vacancy.employer.name for shown, _state in client.get(OWN).context["rows"]} == {"AlmatyFood"}


def test_a_former_member(client, market, cast):
    Membership.objects.filter(user=cast["ildar"]).delete()
    assert counts_of(client, "employer") == {} and client.get(OWN).status_code == 403


def test_soon_is_three_weeks(client, mine):
    a_job(mine, days=22)
    assert "Start soon with free places" not in items_of(client, "employer")
    Vacancy.objects.update(starts_on=timezone.now().date() + timedelta(days=21))
    assert counts_of(client, "employer")["Start soon with free places"] == 1


def test_at_most_twelve_queries(client, market, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/en/")
