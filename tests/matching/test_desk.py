"""The desk of agency staff."""

import gzip
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from matching.danger import stop_unsafe_vacancies
from matching.models import AccessLog, DangerArea, LegalRoute, Match, ScoringRun, State, Vacancy
from matching.views.desk import PER_PAGE
from portal.money.demo import load_demo_rates
from portal.organisations.models import Organisation
from tests.matching.factories import FLOOR, WISH, a_candidate, a_match, a_member, a_user, a_vacancy, an_agency
from tests.people import NOW

pytestmark = pytest.mark.django_db
ASSETS = Path(settings.BASE_DIR) / "portal/ui/assets"


@pytest.fixture
def desk(one_click, cast) -> Client:
    """Manizha, who looks after Farrukh and two others for one vacancy of StroyKazan."""
    return one_click("manizha")


@pytest.fixture
def agency(cast) -> Organisation:
    return Organisation.objects.get(name="Dushanbe Labour Agency")


@pytest.fixture
def vacancy(cast) -> Vacancy:
    return a_vacancy(Organisation.objects.get(name="StroyKazan"), cast["ildar"])


@pytest.fixture
def match(agency, vacancy, cast) -> Match:
    return a_match(vacancy, a_candidate(agency, cast["farrukh"]))


def url(match: Match, act: str = "") -> str:
    return f"/en/jobs/desk/{match.vacancy.uid}/{match.uid}/{act}"


def post(client: Client, match: Match, act: str, **data: object):
    return client.post(url(match, act), {"submission_key": uuid4(), **data})


def test_vacancies_with_something_to_review(desk, match):
    page = desk.get("/en/jobs/desk/").content.decode()
    assert str(match.vacancy) in page and f"/en/jobs/desk/{match.vacancy.uid}/" in page


def test_a_long_desk_has_pages(desk, agency, vacancy, match):
    """Those with the most to review come first."""
    candidate = a_candidate(agency)
    others = [a_vacancy(vacancy.employer, vacancy.created_by) for _ in range(PER_PAGE)]
    for each in others:
        a_match(each, candidate)
    a_match(vacancy, candidate)
    pages = [desk.get("/en/jobs/desk/", {"page": number}) for number in (1, 2)]
    shown = [[row.pk for row in page.context["vacancies"]] for page in pages]
    assert shown[0][0] == vacancy.pk and len(shown[0]) == PER_PAGE and len(shown[1]) == 1
    assert {*shown[0], *shown[1]} == {vacancy.pk, *(each.pk for each in others)}
    assert 'href="?page=2"' in pages[0].content.decode()
    assert desk.get("/en/jobs/desk/", {"page": "10000"}).context["vacancies"].number == 2


def test_an_empty_desk(desk):
    assert "Nothing to review" in desk.get("/en/jobs/desk/").content.decode()


def test_one_match(desk, match):
    page = desk.get(f"/en/jobs/desk/{match.vacancy.uid}/").content.decode()
    for text in (
        "F. S.",
        "Fits the job",
        "Suits the person",
        "8,500 / 10,000",
        "7,643 / 10,000",
        "Learning it would bring 8 points of 100.",
        "To ask or check",
        "Before departure",
    ):
        assert text in page
    assert page == re.sub(r"Sattorov|\+99290", "", page)
    sides = re.findall(r"<caption>(?:Fits|Suits).*?</table>", page, re.S)
    for side in sides:
        side = side.replace(",", "")
        total = int(re.search(r"<b>(\d+) / 10000", side)[1])
        assert sum(int(points) for points in re.findall(r'class="number">(\d+) / \d+</td>', side)) == total
    assert len(sides) == 2


def test_wage_floor_and_wish_are_on_no_page(desk, one_click, match):
    pages = [desk.get(url(match)), desk.post(url(match, "person/"))]
    Match.objects.filter(pk=match.pk).update(state=State.APPROVED, touched=True)
    match.events.create(before="suggested", after="approved", at=NOW)
    people = f"/en/jobs/own/{match.vacancy.uid}/people/"
    pages += [one_click("ildar").get(people), one_click("ildar").get(f"{people}{match.uid}/")]
    for page in pages:
        assert page.status_code == 200
        digits = re.sub(r"[\s,.\u00a0]", "", page.content.decode())
        assert str(FLOOR) not in digits and str(WISH) not in digits


def test_approve_goes_to_the_next(desk, match, agency):
    following = a_match(match.vacancy, a_candidate(agency))
    response = post(desk, match, "approve/")
    match.refresh_from_db()
    assert (response.status_code, response["Location"], match.state) == (302, url(following), State.APPROVED)


def test_somebody_on_the_shortlist_who_is_on_no_list(desk, match, agency):
    """Chosen for the vacancy from the person's own best: without a rank, and the queue goes on from there."""
    run = ScoringRun.objects.create(kind="full", day=NOW.date(), weights=match.weights, started_at=NOW, finished_at=NOW)
    chosen = a_match(match.vacancy, a_candidate(agency), rank=None, chosen_in=run)
    page = desk.get(url(chosen)).content.decode()
    assert "on the shortlist" in page and "Rank" not in page
    assert "on the shortlist" not in desk.get(url(match)).content.decode()
    assert post(desk, chosen, "approve/")["Location"] == url(match)


def test_decline_with_a_reason(desk, match, cast):
    response = post(desk, match, "decline/", **{"decline-reason": "papers", "decline-note": "Licence is out of date"})
    page = desk.get(response["Location"]).content.decode()
    event = match.events.get()
    assert (event.after, event.reason, event.actor) == (State.DECLINED, "papers", cast["manizha"])
    assert "Papers are missing" in page and "Licence is out of date" in page and "· you" in page


@pytest.mark.parametrize(
    "data", [{}, {"decline-reason": "because"}, {"decline-reason": "papers", "decline-note": "x" * 501}, {"decline-reason": "a\0"}]
)
def test_decline_without_a_good_reason(desk, match, data):
    response = post(desk, match, "decline/", **data)
    assert response.status_code == 200 and 'class="problems"' in response.content.decode()
    assert not match.events.exists()


def test_the_same_post_twice(desk, match):
    data = {"submission_key": uuid4()}
    first, second = desk.post(url(match, "approve/"), data), desk.post(url(match, "approve/"), data)
    assert first["Location"] == second["Location"] and match.events.count() == 1


def test_approving_a_declined_match_says_who_was_faster(desk, match, agency):
    colleague = a_member(agency)
    Match.objects.filter(pk=match.pk).update(state=State.DECLINED, touched=True)
    match.events.create(before="suggested", after="declined", actor=colleague, reason="skills", at=NOW)
    response = post(desk, match, "approve/")
    page = response.content.decode()
    assert response.status_code == 409 and f"{colleague.email} was faster: declined" in page
    match.refresh_from_db()
    assert match.state == State.DECLINED


@pytest.mark.parametrize("act", ["", "approve/", "decline/", "offer/", "depart/", "end/", "withdraw/", "person/"])
def test_right_role_wrong_object(desk, act, vacancy):
    foreign = a_match(vacancy, a_candidate(an_agency(), a_user()))
    response = desk.get(url(foreign)) if not act else post(desk, foreign, act, **{"decline-reason": "skills"})
    assert response.status_code == 404
    assert not foreign.events.exists() and not AccessLog.objects.exists()


def test_a_match_under_another_vacancy(desk, match):
    assert desk.get(f"/en/jobs/desk/{a_vacancy().uid}/{match.uid}/").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("ildar", 403), ("farrukh", 403), ("rustam", 403)])
def test_wrong_role(one_click, match, who, status):
    client = one_click(who)
    assert client.get("/en/jobs/desk/").status_code == status
    assert post(client, match, "approve/").status_code == 404


def test_a_visitor_signs_in_first(client, match):
    for response in (client.get("/en/jobs/desk/"), post(client, match, "approve/")):
        assert response.status_code == 302 and "/sign-in/" in response["Location"]


def test_a_get_moves_nothing(desk, match):
    for act in ("approve/", "decline/", "depart/", "end/", "withdraw/", "person/"):
        assert desk.get(url(match, act))["Location"] == url(match)


def test_the_person_is_opened_by_a_post_that_is_logged(desk, match, cast):
    page = desk.post(url(match, "person/")).content.decode()
    assert "Farrukh Sattorov" in page
    assert AccessLog.objects.get().user == cast["manizha"]


def test_departure_and_end(desk, agency, vacancy, cast):
    match = a_match(vacancy, a_candidate(agency, cast["farrukh"]), State.AGREED)
    post(desk, match, "depart/")
    post(desk, match, "end/", **{"end-reason": "finished"})
    assert [event.after for event in match.events.all()][-2:] == [State.PLACED, State.ENDED]


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_page(desk, agency, vacancy, cast, state):
    match = a_match(vacancy, a_candidate(agency, cast["farrukh"]), state, cast["manizha"])
    assert desk.get(url(match)).status_code == 200


def test_queries_do_not_grow_with_the_queue(desk, match, agency, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        desk.get(url(match))
    for _ in range(10):
        a_match(match.vacancy, a_candidate(agency))
    with django_assert_num_queries(QUERIES):
        page = desk.get(url(match))
    assert len(gzip.compress(page.content)) <= 40 * 1024


def test_what_the_desk_brings_along():
    script = sum(len(gzip.compress((ASSETS / name).read_bytes())) for name in ("safar.js", "desk.js", "htmx.min.js"))
    style = sum(len(gzip.compress((ASSETS / name).read_bytes())) for name in ("safar.css", "desk.css"))
    assert script <= 60 * 1024 and style <= 15 * 1024


def test_an_explanation_that_nobody_has_frozen(desk, match):
    load_demo_rates(match.scoring_day)
    Match.objects.filter(pk=match.pk).update(explanation=None)
    assert desk.get(url(match)).status_code == 200


def test_a_currency_without_a_day_rate(desk, match):
    Match.objects.filter(pk=match.pk).update(explanation=None)
    text = "there is no day rate for"
    for path in (url(match), f"/en/jobs/desk/{match.vacancy.uid}/"):
        page = desk.get(path)
        assert page.status_code == 200 and text in page.content.decode() and "approve/" not in page.content.decode()
    for act, data in (("approve/", {}), ("decline/", {"decline-reason": "skills"}), ("withdraw/", {"withdraw-reason": "health"})):
        answer = post(desk, match, act, **data)
        assert answer.status_code == 409 and text in answer.content.decode()
    assert Match.objects.get(pk=match.pk).state == State.SUGGESTED and not match.events.exists()
    load_demo_rates(match.scoring_day)
    assert post(desk, match, "approve/").status_code == 302
    assert Match.objects.get(pk=match.pk).proposed_by is not None, "explained anew it is weak, and needs a second person"


def test_a_regime_has_a_name(desk, match):
    day = match.vacancy.starts_on
    route = {"effect": "permit", "origin": "TJ", "destination": "RU", "region": "*", "activity": "*"}
    LegalRoute.objects.all().delete()
    row = LegalRoute.objects.create(**route, regime="patent", lead_days=30, valid_to=day, signed_as="demo")
    assert "work patent, ready in 30 days" in desk.get(url(match)).content.decode()
    LegalRoute.objects.filter(pk=row.pk).update(regime="lunar", lead_days=0)
    assert "lunar" in desk.get(url(match)).content.decode()


QUERIES = 19  # among them facts of law, courses of skills, the case, and the checklist


def test_a_stopped_vacancy_says_why_and_nobody_departs(desk, agency, vacancy):
    match = a_match(vacancy, a_candidate(agency), State.AGREED)
    departs, said = f"{match.uid}/depart/", "The place is dangerous now. Safar sends nobody there."
    page = desk.get(url(match)).content.decode()
    assert departs in page and "employer checked" in page and said not in page
    area = DangerArea.objects.create(region=vacancy.region, reason="x", source_name="y", signed_as="Timur", signed_at=NOW)
    stop_unsafe_vacancies(NOW)
    page = desk.get(url(match)).content.decode()
    assert said in page and departs not in page and "employer checked" not in page
    area.delete()
    page = desk.get(url(match)).content.decode()
    assert said not in page and departs in page
