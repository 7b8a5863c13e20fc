"""What a candidate does beside yes and no: names a job, asks, has it looked at again, opens it again, chooses a time to talk."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from matching import journey, questions, review
from matching.models import Care, Interview, Match, MatchQuestion, State
from portal.organisations.models import Organisation
from tests.matching.factories import a_candidate, a_match, a_user, a_vacancy, an_agency
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency(cast) -> Organisation:
    return Organisation.objects.get(name="Dushanbe Labour Agency")


@pytest.fixture
def farrukh(cast, agency):
    return a_candidate(agency, cast["farrukh"])


def a_match_in(state: State, farrukh, cast) -> Match:
    return a_match(a_vacancy(), farrukh, state, cast["manizha"])


def url(match: Match, act: str = "") -> str:
    return f"/en/jobs/mine/{match.uid}/{act}"


def post(client, match, act, **data):
    return client.post(url(match, act), {"submission_key": uuid4(), **data})


def read(client, match) -> str:
    return client.get(url(match)).content.decode()


class TestNameAJob:
    def name(self, client, vacancy, key=None):
        return client.post(f"/en/jobs/{vacancy.uid}/for-me/", {"submission_key": key or uuid4()})

    def test_it_comes_before_the_agency_once(self, market, client):
        vacancy, candidate = market.vacancy(), market.candidate(user=a_user())
        client.force_login(candidate.user)
        answers = [self.name(client, vacancy)["Location"] for _ in range(2)]
        match = Match.objects.get()
        assert answers == [url(match)] * 2 and match.interested_at is not None and match.state == State.SUGGESTED
        assert "Your agency looks at it" in read(client, match) and url(match) in client.get("/en/jobs/mine/").content.decode()

    def test_what_the_law_forbids_says_so(self, market, client):
        vacancy, candidate = market.vacancy(), market.candidate(user=a_user(), born_in=date(2010, 1, 1))
        client.force_login(candidate.user)
        response = self.name(client, vacancy)
        assert response.status_code == 409 and "You must be 18" in response.content.decode()
        assert not Match.objects.exists()

    def test_without_a_profile_or_an_agency_that_comes_first(self, signed_in, cast):
        vacancy, client = a_vacancy(), signed_in("farrukh")
        assert self.name(client, vacancy)["Location"] == "/en/jobs/profile/"
        a_candidate(None, cast["farrukh"])
        assert self.name(client, vacancy)["Location"] == "/en/jobs/profile/agency/"
        assert not Match.objects.exists()

    def test_a_vacancy_that_is_not_public(self, signed_in, farrukh):
        assert self.name(signed_in("farrukh"), a_vacancy(status="draft")).status_code == 404

    def test_strangers_sign_in_first(self, client):
        assert "/sign-in/" in self.name(client, a_vacancy())["Location"]

    def test_its_page_offers_it_and_leads_to_what_there_is(self, signed_in, farrukh, cast, client):
        vacancy = a_vacancy()
        page = f"/en/jobs/{vacancy.uid}/"
        assert "This job is for me" in signed_in("farrukh").get(page).content.decode()
        assert "This job is for me" not in client.get(page).content.decode()
        match = a_match(vacancy, farrukh, State.APPROVED, cast["manizha"])
        shown = signed_in("farrukh").get(page).content.decode()
        assert "This job is for me" not in shown and url(match) in shown

    def test_a_suggestion_is_not_told(self, signed_in, farrukh):
        match = a_match(a_vacancy(), farrukh, State.SUGGESTED)
        shown = signed_in("farrukh").get(f"/en/jobs/{match.vacancy.uid}/").content.decode()
        assert "This job is for me" in shown and url(match) not in shown


class TestAsk:
    def test_one_question_at_a_time_and_the_answer_is_shown(self, signed_in, farrukh, cast):
        match, client = a_match_in(State.APPROVED, farrukh, cast), signed_in("farrukh")
        assert post(client, match, "ask/", text="How many share a room?")["Location"] == url(match)
        page = read(client, match)
        assert "How many share a room?" in page and "has not answered yet" in page and 'name="text"' not in page
        assert post(client, match, "ask/", text="And the food?").status_code == 409
        questions.answer(MatchQuestion.objects.get(), cast["manizha"], "Four people.", timezone.now())
        page = read(client, match)
        assert "Four people." in page and 'name="text"' in page

    @pytest.mark.parametrize(("text", "kept"), [("", ""), ("я" * 301, "я" * 301)])
    def test_nothing_or_too_much_is_said_and_kept(self, signed_in, farrukh, cast, text, kept):
        page = post(signed_in("farrukh"), a_match_in(State.APPROVED, farrukh, cast), "ask/", text=text).content.decode()
        assert 'class="problems"' in page and kept in page and not MatchQuestion.objects.exists()

    def test_without_an_agency_there_is_nobody_to_ask(self, signed_in, farrukh, cast):
        match = a_match_in(State.WITHDRAWN, farrukh, cast)
        Care.objects.update(until=timezone.now())
        assert "Ask your agency</h2>" not in read(signed_in("farrukh"), match)
        assert post(signed_in("farrukh"), match, "ask/", text="Hello?").status_code == 409


class TestLookAgain:
    def test_why_the_agency_said_no_without_its_note(self, signed_in, farrukh, cast):
        match = a_match_in(State.SUGGESTED, farrukh, cast)
        review.decline(match, cast["manizha"], timezone.now(), "papers", "Smelt of wine")
        page = read(signed_in("farrukh"), match)
        assert "Papers are missing" in page and "Smelt of wine" not in page and "Let someone else look" in page

    def test_once(self, signed_in, farrukh, cast):
        match, client = a_match_in(State.DECLINED, farrukh, cast), signed_in("farrukh")
        assert post(client, match, "look-again/").status_code == 302
        match.refresh_from_db()
        assert match.state == State.SUGGESTED and "Let someone else look" not in read(client, match)
        assert post(client, match, "look-again/").status_code == 409


class TestReopen:
    def test_while_there_is_a_place(self, signed_in, farrukh, cast):
        match, client = a_match_in(State.APPROVED, farrukh, cast), signed_in("farrukh")
        journey.withdraw(match, cast["farrukh"], timezone.now(), "health")
        assert "Open it again" in read(client, match)
        assert post(client, match, "reopen/").status_code == 302
        assert Match.objects.get().state == State.SUGGESTED

    def test_not_when_the_places_are_gone(self, signed_in, farrukh, cast):
        match = a_match_in(State.WITHDRAWN, farrukh, cast)
        type(match.vacancy).objects.update(seats_taken=2)
        assert "Open it again" not in read(signed_in("farrukh"), match)
        assert post(signed_in("farrukh"), match, "reopen/").status_code == 409


class TestTimesToTalk:
    @pytest.fixture
    def match(self, farrukh, cast) -> Match:
        match = a_match_in(State.ACCEPTED, farrukh, cast)
        now = timezone.now().replace(minute=0, second=0, microsecond=0)
        for hours in (24, 48):
            Interview.objects.create(
                match=match, starts_at=now + timedelta(hours=hours), way="phone", offered_by=cast["manizha"], offered_at=NOW
            )
        return match

    def test_take_one(self, signed_in, match):
        client, (first, second) = signed_in("farrukh"), match.interviews.all()
        assert read(client, match).count("This one") == 2
        assert post(client, match, f"times/{second.uid}/").status_code == 302
        page = read(client, match)
        assert "You come at this time" in page and "This one" not in page and "None of these" not in page
        assert not Interview.objects.filter(pk=first.pk).exists()
        assert post(client, match, f"times/{first.uid}/").status_code == 302  # gone: the page says which is left
        assert Interview.objects.get().taken_at is not None

    def test_none_fits(self, signed_in, match):
        client = signed_in("farrukh")
        assert post(client, match, "times/none/").status_code == 302
        assert not Interview.objects.exists() and "wants to talk" not in read(client, match)

    def test_only_while_it_is_open(self, signed_in, match):
        client, first = signed_in("farrukh"), match.interviews.first()
        Match.objects.update(state=State.REJECTED)
        assert "wants to talk" not in read(client, match)
        assert post(client, match, f"times/{first.uid}/").status_code == 409


ACTS = ["ask/", "look-again/", "reopen/", "times/none/", "times/01999999-0000-7000-8000-000000000000/"]


def test_somebody_elses_match(signed_in, farrukh, cast):
    match = a_match_in(State.ACCEPTED, farrukh, cast)
    a_candidate(an_agency(), cast["aigul"], citizenship="KG", home_region_id=None)
    for key, expected in (("aigul", 404), ("manizha", 403)):
        client = signed_in(key)
        assert {post(client, match, act, text="?").status_code for act in ACTS} == {expected}
        client.logout()
    client = signed_in("farrukh")
    assert {client.get(url(match, act))["Location"] for act in ACTS[:3]} == {url(match)}
