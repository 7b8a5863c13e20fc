"""What waits for a migrant: each item beside the page that it leads to."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from matching.completeness import COUNTED, missing, with_answered
from matching.interviews import Time, offer_times, take_time
from matching.models import Candidate, CandidateLanguage, CandidateSkill, Care, Job, Occupation, Offer, Skill, State
from matching.steps import rows_of
from orientation.paths import for_corridor
from portal.accounts.models import User
from tests.matching.factories import a_candidate, a_match, a_member, an_agency
from tests.orientation.conftest import check_form, right_choice
from tests.portal.home import a_job, a_pair, counts_of, items_of, named

pytestmark = pytest.mark.django_db
COURSE = "/en/learn/russia-documents/"
ANSWER, CONTRACT = "Your answer is needed", "Read the contract"


@pytest.fixture
def agency(cast):
    return named("Dushanbe Labour Agency")


@pytest.fixture
def farrukh(cast, agency) -> Candidate:
    return a_candidate(agency, cast["farrukh"])


@pytest.fixture
def client(signed_in):
    signed = signed_in("farrukh")
    signed.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return signed


def whole(candidate: Candidate) -> Candidate:
    """Every step answered that the bar counts."""
    Candidate.objects.filter(pk=candidate.pk).update(has_worked=False, wanted_countries=["RU"], conditions=["housing"])
    CandidateLanguage.objects.create(candidate=candidate, language="ru", level=2)
    candidate.wanted_occupations.add(Occupation.objects.get(slug="bricklayer"))
    return candidate


def test_one_answer_leads_to_the_job_itself(client, farrukh):
    match = a_match(a_job(), farrukh, State.APPROVED)
    item = items_of(client)[ANSWER]
    assert item.count == 1 and item.url == f"/en/jobs/mine/{match.uid}/" and str(match.vacancy.employer) in item.text
    assert b"/accept/" in client.get(item.url).content


def test_several_answers_are_as_many_as_the_list_shows(client, farrukh):
    for state in (State.APPROVED, State.APPROVED, State.OFFERED, State.ACCEPTED, State.TURNED_DOWN, State.SUGGESTED):
        a_match(a_job(), farrukh, state)
    counts = counts_of(client)
    listed = client.get(items_of(client)[ANSWER].url).content.decode()
    assert items_of(client)[ANSWER].url == "/en/jobs/mine/"
    assert counts[ANSWER] == listed.count(ANSWER) == 2
    assert counts[CONTRACT] == listed.count(CONTRACT) == 1
    assert counts["Others decide now"] == listed.count("The employer reads about you") == 1


def test_the_contract_comes_first(client, farrukh):
    a_match(a_job(), farrukh, State.APPROVED)
    match = a_match(a_job(), farrukh, State.OFFERED)
    titles = list(items_of(client))
    assert titles[:2] == [CONTRACT, ANSWER]
    assert b"/agree/" in client.get(f"/en/jobs/mine/{match.uid}/").content


def test_days_until_work_starts_by_the_contract(client, farrukh):
    match = a_match(a_job(days=30), farrukh, State.AGREED)
    today = timezone.now().date()
    Offer.objects.filter(match=match).update(starts_on=today + timedelta(days=12))
    assert counts_of(client)["Days until you start"] == 12
    Offer.objects.filter(match=match).update(starts_on=today - timedelta(days=1))
    assert counts_of(client)["Prepare to leave"] is None


def test_at_work_help_is_near(client, farrukh):
    a_match(a_job(), farrukh, State.PLACED)
    assert items_of(client)["You have left for this job"].url == "/en/help/"


def test_times_to_talk_are_theirs_to_choose_from(client, farrukh):
    match, now = a_match(a_job(), farrukh, State.ACCEPTED), timezone.now()
    offer_times(match, [Time(now + timedelta(days=day), "phone") for day in (1, 2)], a_member(match.vacancy.employer), now)
    item = items_of(client)["An employer wants to talk with you"]
    assert (
        item.url == f"/en/jobs/mine/{match.uid}/"
        and b"/times/" in client.get(item.url).content
        and "Others decide now" not in items_of(client)
    )
    assert "The employer wants to talk with you" in client.get("/en/jobs/mine/").content.decode()
    take_time(match.interviews.first(), farrukh.user, now)
    assert "An employer wants to talk with you" not in items_of(client) and items_of(client)["Others decide now"].count == 1
    assert "The employer wants to talk with you" not in client.get("/en/jobs/mine/").content.decode()


@pytest.mark.parametrize("state", [State.SUGGESTED, State.DECLINED, State.TURNED_DOWN, State.EXPIRED, State.WITHDRAWN, State.ENDED])
def test_what_is_not_theirs_to_answer_is_not_told(client, farrukh, state):
    whole(farrukh)
    a_match(a_job(), farrukh, state)
    assert list(items_of(client)) == ["Start a lesson", "No job for you yet", "Before you send money home"]


def test_anothers_matches_are_nobodys_business(client, farrukh, agency, cast):
    a_pair(named("StroyKazan"), agency, State.OFFERED, candidate=a_candidate(agency, cast["aigul"]))
    assert CONTRACT not in items_of(client)


def test_the_bar_is_the_profiles(client, farrukh):
    item = items_of(client)["Go on with your profile"]
    bar = re.search(r'class="count">(\d+) of (\d+) answered', client.get("/en/jobs/profile/").content.decode())
    assert item.steps == (int(bar[1]), int(bar[2])) and item.url == "/en/jobs/profile/languages/"
    assert "Languages" in item.text and client.get(item.url).status_code == 200


def test_without_an_agency(client, farrukh):
    whole(farrukh)
    Care.objects.update(until=timezone.now())
    items = items_of(client)
    assert items["Choose who helps you"].url == "/en/jobs/profile/agency/"
    assert "Go on with your profile" not in items and "No job for you yet" not in items


def test_abroad_without_papers(client, farrukh):
    Candidate.objects.update(located_in="RU", has_papers=False)
    item = items_of(client)["You are abroad without papers"]
    assert item.url == "/en/jobs/profile/" and "Help" in client.get(item.url).content.decode()


def profiles() -> list[Candidate]:
    """One for each answer alone, one with nothing and one with all."""
    agency, skill, occupation = an_agency(), Skill.objects.first(), Occupation.objects.first()
    columns = [
        {},
        {"given_name": "A"},
        {"family_name": "B"},
        {"home_region_id": "TJ-KT"},
        {"located_in": "RU"},
        {"located_in": "ZZ"},
        {"has_worked": False},
        {"has_worked": True},
        {"wanted_countries": ["RU"]},
        {"accepted_countries": ["KZ"]},
        {"excluded_countries": ["RU"]},
        {"wanted_regions": ["RU-TA"]},
        {"excluded_regions": ["RU-TA"]},
        {"wage_floor": 1},
        {"wage_wish": 1},
        {"conditions": ["housing"]},
        {"available_on": "2027-01-01"},
    ]
    rows = [Candidate.objects.create(citizenship="TJ", born_in="1998-03-01", registered_at=timezone.now(), **given) for given in columns]
    for add in (
        lambda row: CandidateLanguage.objects.create(candidate=row, language="ru", level=0),
        lambda row: CandidateSkill.objects.create(candidate=row, skill=skill, level=1),
        lambda row: Job.objects.create(candidate=row, occupation=occupation, months=3),
        lambda row: row.wanted_occupations.add(occupation),
        lambda row: Care.objects.create(candidate=row, agency=agency, since=timezone.now(), consent_version="1"),
    ):
        rows.append(Candidate.objects.create(citizenship="TJ", born_in="1998-03-01", registered_at=timezone.now()))
        add(rows[-1])
    left = Candidate.objects.create(citizenship="TJ", born_in="1998-03-01", registered_at=timezone.now())
    Care.objects.create(candidate=left, agency=agency, since=timezone.now(), until=timezone.now(), consent_version="1")
    return [*rows, left, whole(a_candidate(agency))]


def test_completeness_in_sql_says_what_the_profile_page_says(db):
    pks = [row.pk for row in profiles()]
    counted = {row.pk: row for row in with_answered(Candidate.objects.filter(pk__in=pks))}
    assert {counted[pk].done for pk in pks} >= {1, 2, len(COUNTED)}
    for pk in pks:
        rows = [row for row in rows_of(Candidate.objects.get(pk=pk)) if row.step.counts]
        assert counted[pk].done == sum(row.is_done for row in rows)
        assert missing(counted[pk]) == [row.step for row in rows if not row.is_done]


def test_the_course_that_is_under_way(client, page_of):
    client.post(COURSE + "corridor/", {"corridor": "TJ-RU"})
    question = page_of("papers").content["questions"][0]
    client.post(COURSE + "papers/1/", {"choice": right_choice(question), "attempt": 1})
    item = items_of(client)["Continue learning"]
    bar = re.search(r'class="count">(\d+) / (\d+)', client.get(COURSE).content.decode())
    assert item.steps == (int(bar[1]), int(bar[2])) and client.get(item.url).status_code == 200


def test_a_passed_course_is_not_told_again(client, page_of):
    client.post(COURSE + "corridor/", {"corridor": "TJ-RU"})
    asked = for_corridor(page_of("check").content["questions"], "TJ-RU")
    client.post(COURSE + "check/", check_form(asked) | {"attempt": 1})
    assert not [item for item in items_of(client).values() if item.url.startswith(COURSE)]


def test_a_text_in_another_language_says_so(client, course):
    course.editions.get(is_current=True).pages.filter(language="tg").delete()
    response = client.get("/tg/")
    (item,) = [item for item in response.context["own"].sections[0].items if item.icon == "book"]
    assert item.lang == "ru" and f'<p lang="ru">{item.text}' in response.content.decode()


def test_the_deadline_is_that_of_ones_citizenship(client, farrukh):
    Candidate.objects.update(citizenship="KG")
    codes = [fact.code for fact in client.get("/tg/").context["facts"]]
    assert codes == ["RU-REG-KG"]


def test_never_more_than_six(client, farrukh):
    for state in (State.OFFERED, State.APPROVED, State.AGREED, State.ACCEPTED, State.PLACED):
        a_match(a_job(), farrukh, state)
    Care.objects.update(until=timezone.now())
    assert list(items_of(client))[:2] == [CONTRACT, ANSWER] and len(items_of(client)) == 6


def test_at_most_twelve_queries(client, farrukh, django_assert_max_num_queries):
    """Session, person, organisations, courses with the open vacancies, profile, events, who asks for them, matches, work begun, training,
    the goal of a plan, deadlines."""
    for state in (State.OFFERED, State.APPROVED, State.AGREED, State.ACCEPTED):
        a_match(a_job(), farrukh, state)
    client.get("/en/")  # what the next answer is good for is asked of the engine once, and then remembered
    with django_assert_max_num_queries(12):
        client.get("/en/")


def test_reading_ones_home_opens_nobody(client, farrukh):
    a_match(a_job(), farrukh, State.APPROVED)
    client.get("/en/")
    assert not farrukh.access_log.exists() and User.objects.get(phone=farrukh.user.phone).is_active
