"""However many rows there are, the lists and the desk ask the same number of queries: at most twenty, and never a clock."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.desk_queue import desk_lists
from matching.inputs import inputs_digest
from matching.models import AccessLog, Interview, Invitation, Match, MatchNote, MatchQuestion, SecondLook, State, Vacancy, VacancyList
from portal.money.demo import load_demo_rates
from portal.organisations.models import Organisation
from tests.matching.factories import DAY, NOW, a_candidate, a_match, a_user, a_vacancy, weights

pytestmark = pytest.mark.django_db
MOST = 20
STATES = (State.SUGGESTED, State.APPROVED, State.ACCEPTED, State.SELECTED, State.OFFERED, State.AGREED, State.DECLINED, State.WITHDRAWN)


@pytest.fixture
def work(cast):
    """Adds two vacancies of StroyKazan, with a match in each state at Manizha's agency and what people said about them."""
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    other = Organisation.objects.filter(kind="agency").exclude(pk=agency.pk).first() or agency
    employer = Organisation.objects.get(name="StroyKazan")

    def add(candidate=None) -> list[Match]:
        made = []
        for _ in range(2):
            vacancy = a_vacancy(employer, cast["ildar"], openings=10)
            for state in [State.APPROVED] if candidate else STATES:
                person = candidate or a_candidate(agency, a_user(), wage_floor=None, wage_wish=None)
                match = a_match(vacancy, person, state, cast["manizha"])
                MatchNote.objects.create(match=match, agency=agency, author=cast["manizha"], text="Calls on Friday.", at=NOW)
                MatchQuestion.objects.create(match=match, text="How many in a room?", asked_by=person.user, asked_at=NOW)
                AccessLog.objects.create(candidate=person, user=cast["ildar"], at=NOW)
                made.append(match)
            talk = {"way": "phone", "offered_by": cast["ildar"], "offered_at": NOW}
            Interview.objects.create(match=made[-1], starts_at=NOW + timedelta(days=2), **talk)
            a_vacancy(employer, cast["ildar"], status=Vacancy.Status.REVIEW, description="Men under 45 only, forty hours.", hours_a_week=48)
        SecondLook.objects.create(match=made[-1], agency=other, asked_at=NOW)
        Invitation.objects.create(agency=agency, phone=f"+9929{made[0].pk:08}", invited_by=cast["manizha"], invited_at=NOW)
        return made

    return add


def count(client: Client, path: str) -> int:
    client.get(path)  # what a process keeps has been read
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    return len(asked)


def assert_no_more(client: Client, paths: list[str], add) -> None:
    add()
    few = {path: count(client, path) for path in paths}
    add(), add()
    assert {path: count(client, path) for path in paths} == few
    assert {path: queries for path, queries in few.items() if queries > MOST} == {}


def path(name: str, *arguments: object) -> str:
    return reverse(f"matching:{name}", args=arguments)


def test_an_agency(one_click, work):
    first = {match.state: match for match in work()}
    queue = path("desk_queue")
    paths = [
        reverse("home"),
        path("desk"),
        queue,
        f"{queue}?country=RU&tier=1&q=kazan",
        f"{queue}?whose=me",
        *(path("desk_waiting", kind) for kind in desk_lists()),
        path("people"),
        f"{path('people')}?show=incomplete",
        path("second_looks"),
        path("invitations"),
        path("fees"),
        *(path("desk_match", match.vacancy.uid, match.uid) for match in first.values()),
    ]
    assert_no_more(one_click("manizha"), paths, work)


def test_a_match_that_nobody_has_acted_on(one_click, work):
    """Explained anew for each reader, by the law of its list."""
    load_demo_rates(DAY)
    match = work()[0]
    Match.objects.filter(pk=match.pk).update(explanation=None)
    VacancyList.objects.create(vacancy=match.vacancy, day=DAY, weights=weights(), inputs=inputs_digest(DAY), eligible=1, scored_at=NOW)
    page = path("desk_match", match.vacancy.uid, match.uid)
    assert "only said" in one_click("manizha").get(page).content.decode()
    assert_no_more(one_click("manizha"), [page], work)


def test_an_employer(one_click, work):
    first = {match.state: match for match in work()}
    accepted = first[State.ACCEPTED]
    paths = [
        reverse("home"),
        path("own_vacancies"),
        f"{path('own_vacancies')}?show=people",
        path("edit_vacancy", accepted.vacancy.uid, "check"),
        path("applicants", accepted.vacancy.uid),
        path("applicant", accepted.vacancy.uid, accepted.uid),
    ]
    assert_no_more(one_click("ildar"), paths, work)


def test_a_candidate(one_click, work, cast):
    farrukh = a_candidate(Organisation.objects.get(name="Dushanbe Labour Agency"), cast["farrukh"])
    match = work(farrukh)[0]
    paths = [
        reverse("home"),
        path("my_matches"),
        path("my_match", match.uid),
        path("my_checklist", match.uid),
        path("vacancies"),
        path("vacancy", match.vacancy.uid),
        path("looks"),
        reverse("outbox:messages"),
    ]
    assert_no_more(one_click("farrukh"), paths, lambda: work(farrukh))


def test_those_who_read_vacancies(one_click, work):
    work()
    assert_no_more(one_click("timur"), [reverse("home"), path("review_vacancies"), path("fees"), path("runs")], work)
    assert_no_more(one_click("nigora"), [reverse("home"), path("review_vacancies")], work)
