"""What a candidate reads and answers."""

from decimal import Decimal
from uuid import uuid4

import pytest

from matching.models import Match, Offer, State
from matching.person_matches import export_matches
from portal.accounts.erase import erase_everything
from portal.organisations.models import Organisation
from tests.matching.factories import a_candidate, a_match, a_vacancy, an_agency
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def match(cast) -> Match:
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    return a_match(a_vacancy(), a_candidate(agency, cast["farrukh"]), State.APPROVED, cast["manizha"])


def url(match: Match, act: str = "") -> str:
    return f"/en/jobs/mine/{match.uid}/{act}"


def post(client, match, act, **data):
    return client.post(url(match, act), {"submission_key": uuid4(), **data})


def put_in(match: Match, state: State) -> Match:
    """The same candidate and vacancy, in another state."""
    vacancy, candidate = match.vacancy, match.candidate
    match.events.all().delete()
    match.delete()
    return a_match(vacancy, candidate, state)


def test_the_list_says_what_comes_next(signed_in, match):
    page = signed_in("farrukh").get("/en/jobs/mine/").content.decode()
    assert "Your answer is needed" in page and url(match) in page


def test_nothing_yet(signed_in):
    assert "No job for you yet" in signed_in("farrukh").get("/en/jobs/mine/").content.decode()


def test_plain_reasons_without_points(signed_in, match):
    page = signed_in("farrukh").get(url(match)).content.decode()
    assert "Of 3 skills that they ask for you have 1." in page and "You have done this work" in page
    assert "8,060" not in page and "/ 100" not in page


def test_accept(signed_in, match, cast):
    assert post(signed_in("farrukh"), match, "accept/")["Location"] == url(match)
    assert match.events.last().actor == cast["farrukh"]
    assert Match.objects.get().state == State.ACCEPTED


def test_accept_twice_with_one_key(signed_in, match):
    client, data = signed_in("farrukh"), {"submission_key": uuid4()}
    assert client.post(url(match, "accept/"), data)["Location"] == client.post(url(match, "accept/"), data)["Location"]
    assert match.events.filter(after=State.ACCEPTED).count() == 1


def test_not_for_me_needs_a_reason(signed_in, match):
    client = signed_in("farrukh")
    assert 'class="problems"' in post(client, match, "turn-down/").content.decode()
    assert post(client, match, "turn-down/", **{"turn_down-reason": "wage"}).status_code == 302
    assert Match.objects.get().state == State.TURNED_DOWN


def test_too_late(signed_in, match):
    client = signed_in("farrukh")
    post(client, match, "turn-down/", **{"turn_down-reason": "wage"})
    response = post(client, match, "accept/")
    assert response.status_code == 409 and "You have already answered: turned down" in response.content.decode()


def test_without_a_key(signed_in, match):
    assert signed_in("farrukh").post(url(match, "accept/")).status_code == 400


@pytest.mark.parametrize("act", ["", "accept/", "turn-down/", "agree/", "refuse/", "withdraw/"])
def test_somebody_elses_match(signed_in, match, act):
    client = signed_in("aigul")
    a_candidate(an_agency(), match.candidate.user.__class__.objects.get(phone="+996700000001"), citizenship="KG", home_region_id=None)
    response = client.get(url(match)) if not act else post(client, match, act)
    assert response.status_code == 404


def test_the_agency_reads_elsewhere(signed_in, match):
    assert signed_in("manizha").get(url(match)).status_code == 403
    assert post(signed_in("manizha"), match, "accept/").status_code == 403


def test_a_suggestion_is_not_shown(signed_in, match):
    match = put_in(match, State.SUGGESTED)
    assert signed_in("farrukh").get(url(match)).status_code == 404


def test_differences_from_the_vacancy_in_red(signed_in, match):
    match = put_in(match, State.OFFERED)
    Offer.objects.update(wage_amount=Decimal("60000"), address="Omsk")
    page = signed_in("farrukh").get(url(match)).content.decode()
    assert page.count('<tr class="different">') == 2
    assert "60,000" in page and "80,000" in page and "Omsk" in page


def test_agree_to_the_terms_on_the_page(signed_in, match):
    match, client = put_in(match, State.OFFERED), signed_in("farrukh")
    for number in ("", "0", "2", "abc", "9" * 30, "²"):
        assert post(client, match, "agree/", offer=number).status_code == 409
    assert post(client, match, "agree/", offer="1").status_code == 302
    assert Offer.objects.get().agreed_at is not None and Match.objects.get().state == State.AGREED


def test_refuse(signed_in, match):
    match = put_in(match, State.OFFERED)
    post(signed_in("farrukh"), match, "refuse/", **{"refuse-reason": "lower_pay", "refuse-note": "It was eighty"})
    assert Match.objects.get().state == State.REFUSED


def test_plans_change(signed_in, match):
    match = put_in(match, State.ACCEPTED)
    post(signed_in("farrukh"), match, "withdraw/", **{"withdraw-reason": "health"})
    assert Match.objects.get().state == State.WITHDRAWN


@pytest.mark.parametrize("state", [state for state in State if state not in (State.SUGGESTED, State.DECLINED)])
def test_every_state_has_a_page(signed_in, match, state):
    match = put_in(match, state)
    client = signed_in("farrukh")
    assert client.get(url(match)).status_code == 200 and client.get("/en/jobs/mine/").status_code == 200


def test_signs_in_first(client, match):
    assert "/sign-in/" in client.get(url(match))["Location"]


def test_queries(signed_in, match, django_assert_max_num_queries):
    client = signed_in("farrukh")
    for _ in range(5):
        a_match(a_vacancy(), match.candidate, State.APPROVED)
    with django_assert_max_num_queries(5):
        client.get("/en/jobs/mine/")
    with django_assert_max_num_queries(14):  # names of skills, courses, who teaches them, questions, care, money asked for, the day's rates
        client.get(url(match))


def test_what_i_take_along(match):
    match = put_in(match, State.OFFERED)
    found = export_matches(match.candidate.user)
    assert found["Jobs for you"][0]["State"] == "offered" and found["Your contracts"][0]["Wage and days of payment"].startswith("80,000")
    assert [row["What"] for row in found["What happened with them"]] == ["approved", "accepted", "selected", "offered"]


def test_erasing_frees_the_seat_and_empties_the_words(signed_in, match):
    match = put_in(match, State.SELECTED)
    match.events.update(note="said something")
    a_match(a_vacancy(), match.candidate)  # a suggestion that nobody has looked at
    erase_everything(match.candidate.user, NOW)
    [left] = Match.objects.all()
    assert left.state == State.WITHDRAWN and left.vacancy.seats_taken == 0
    assert left.explanation["skills"] == [] and left.explanation["suits"]["components"] == []
    assert not left.events.exclude(note="").exists()
