"""The people of an employer's vacancy: who they are only after their yes."""

from uuid import uuid4

import pytest

from matching.models import AccessLog, Match, State, Vacancy
from portal.organisations.models import Organisation
from tests.matching.factories import a_candidate, a_match, a_user, a_vacancy, an_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacancy(cast) -> Vacancy:
    return a_vacancy(Organisation.objects.get(name="StroyKazan"), cast["ildar"], openings=1)


@pytest.fixture
def candidate(cast):
    return a_candidate(an_agency(), cast["farrukh"])


def url(match: Match, act: str = "") -> str:
    return f"/en/jobs/own/{match.vacancy.uid}/people/{match.uid}/{act}"


def post(client, match, act, **data):
    return client.post(url(match, act), {"submission_key": uuid4(), **data})


def test_initials_and_skills_before_the_yes(one_click, vacancy, candidate):
    match = a_match(vacancy, candidate, State.APPROVED)
    client = one_click("ildar")
    for page in (client.get(f"/en/jobs/own/{vacancy.uid}/people/"), client.get(url(match))):
        text = page.content.decode()
        assert "F. S." in text and "Sattorov" not in text and "+992" not in text and "Suits the person" not in text
    assert post(client, match, "person/").status_code == 403 and not AccessLog.objects.exists()


def test_the_person_after_the_yes_and_logged(one_click, vacancy, candidate, cast):
    match = a_match(vacancy, candidate, State.ACCEPTED)
    page = post(one_click("ildar"), match, "person/").content.decode()
    assert "Farrukh Sattorov" in page and AccessLog.objects.get().user == cast["ildar"]


@pytest.mark.parametrize("state", [State.SUGGESTED, State.DECLINED])
def test_what_the_candidate_was_never_told_is_not_here(one_click, vacancy, candidate, state):
    match, client = a_match(vacancy, candidate, state), one_click("ildar")
    assert client.get(url(match)).status_code == 404
    assert "F. S." not in client.get(f"/en/jobs/own/{vacancy.uid}/people/").content.decode()


def test_select_takes_the_last_seat(one_click, vacancy, candidate):
    match, client = a_match(vacancy, candidate, State.ACCEPTED), one_click("ildar")
    other = a_match(vacancy, a_candidate(an_agency(), a_user()), State.ACCEPTED)
    assert post(client, match, "select/").status_code == 302
    response = post(client, other, "select/")
    assert response.status_code == 409 and "No place is left" in response.content.decode()
    assert Vacancy.objects.get(pk=vacancy.pk).seats_taken == 1


def test_reject_with_a_reason(one_click, vacancy, candidate):
    match, client = a_match(vacancy, candidate, State.ACCEPTED), one_click("ildar")
    assert 'class="problems"' in post(client, match, "reject/").content.decode()
    assert post(client, match, "reject/", **{"reject-reason": "skills"}).status_code == 302
    assert Match.objects.get().state == State.REJECTED


def test_select_twice(one_click, vacancy, candidate):
    match, client, data = a_match(vacancy, candidate, State.ACCEPTED), one_click("ildar"), {"submission_key": uuid4()}
    for _ in range(2):
        assert client.post(url(match, "select/"), data)["Location"] == url(match)
    assert post(client, match, "select/").status_code == 409
    assert Vacancy.objects.get(pk=vacancy.pk).seats_taken == 1


@pytest.mark.parametrize("act", ["", "person/", "select/", "reject/"])
@pytest.mark.parametrize("who", ["dana", "farrukh", "manizha"])
def test_another_employer_and_other_roles(one_click, vacancy, candidate, who, act):
    match, client = a_match(vacancy, candidate, State.ACCEPTED), one_click(who)
    response = client.get(url(match)) if not act else post(client, match, act)
    assert response.status_code == 404
    assert client.get(f"/en/jobs/own/{vacancy.uid}/people/").status_code == 404


def test_a_match_of_another_vacancy(one_click, vacancy, candidate):
    other = a_match(a_vacancy(), candidate, State.ACCEPTED)
    assert one_click("ildar").get(f"/en/jobs/own/{vacancy.uid}/people/{other.uid}/").status_code == 404


@pytest.mark.parametrize("state", [state for state in State if state not in (State.SUGGESTED, State.DECLINED)])
def test_every_state_has_a_page(one_click, vacancy, candidate, state):
    assert one_click("ildar").get(url(a_match(vacancy, candidate, state))).status_code == 200


def test_queries_do_not_grow(one_click, vacancy, candidate, django_assert_max_num_queries):
    client = one_click("ildar")
    for _ in range(8):
        a_match(vacancy, a_candidate(an_agency(), a_user()), State.ACCEPTED)
    with django_assert_max_num_queries(12):
        client.get(f"/en/jobs/own/{vacancy.uid}/people/")
