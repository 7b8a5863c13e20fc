"""A page of the desk that refuses keeps what was typed; and pages name the organisation of whoever looked, never the person."""

from uuid import uuid4

import pytest
from django.test import Client

from matching import review
from matching.models import AccessLog, AgencyLicence, Candidate, Invitation, Match, SecondLook, State
from matching.questions import answer, ask
from matching.verdict import give_verdict
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from tests.matching.factories import a_candidate, a_match, a_member, a_vacancy
from tests.matching.intake.conftest import BARNO, NUMBER
from tests.people import NOW

pytestmark = pytest.mark.django_db
TEXT = "He brings his papers on Friday."


@pytest.fixture
def agency(cast) -> Organisation:
    return Organisation.objects.get(name="Dushanbe Labour Agency")


@pytest.fixture
def colleague(agency) -> User:
    return a_member(agency)


@pytest.fixture
def desk(one_click, agency) -> Client:
    return one_click("manizha")


@pytest.fixture
def match(agency, cast) -> Match:
    vacancy = a_vacancy(Organisation.objects.get(name="StroyKazan"), cast["ildar"])
    return a_match(vacancy, a_candidate(agency, cast["farrukh"]))


def refused(client: Client, path: str, **data: str) -> str:
    page = client.post(f"/en/jobs/{path}", {"submission_key": uuid4(), **data})
    assert page.status_code == 409
    return page.content.decode()


def url(match: Match, act: str) -> str:
    return f"desk/{match.vacancy.uid}/{match.uid}/{act}"


def test_a_colleague_was_faster(desk, match, colleague):
    review.approve(match, colleague, NOW)
    assert TEXT in refused(desk, url(match, "decline/"), **{"decline-reason": "papers", "decline-note": TEXT})


def test_a_question_that_a_colleague_has_answered(desk, match, colleague, cast):
    Match.objects.filter(pk=match.pk).update(state=State.APPROVED, touched=True)
    match.events.create(before="suggested", after="approved", actor=colleague, at=NOW)
    match.refresh_from_db()
    question = ask(match, cast["farrukh"], "Is there a bed?", NOW)
    answer(question, colleague, "Yes.", NOW)
    assert TEXT in refused(desk, url(match, f"answer/{question.uid}/"), **{"answer-answer": TEXT})


def test_ticks_and_reason_of_who_could_not_be_declined(desk, match, agency, cast, colleague):
    review.decline(match, cast["manizha"], NOW, "skills")
    review.look_again(match, colleague, NOW)
    other = a_match(match.vacancy, a_candidate(agency))
    said = {"act": "decline", "match": [str(match.uid), str(other.uid)], "decline-reason": "papers", "decline-note": TEXT}
    page = desk.post("/en/jobs/desk/waiting/decide/", said)
    text = page.content.decode()
    assert "Done: 1 of 2" in text and TEXT in text and page.context["ticked"] == {str(match.uid)}
    ticked = [line for line in text.splitlines() if 'name="match"' in line and " checked" in line]
    assert len(ticked) == 1 and str(match.uid) in ticked[0]


def test_a_second_look_that_a_colleague_has_decided(desk, agency, colleague):
    theirs = a_match(a_vacancy(), a_candidate(), State.DECLINED, colleague)
    look = SecondLook.objects.create(match=theirs, agency=agency, asked_at=NOW)
    give_verdict(look, colleague, SecondLook.Verdict.AGREES, "No papers.", NOW)
    assert TEXT in refused(desk, f"desk/second/{look.uid}/verdict/", verdict="differs", note=TEXT)


def test_a_yes_at_the_desk_that_cannot_be(desk, agency, cast):
    AgencyLicence.objects.filter(agency=agency).delete()
    invitation = Invitation.objects.create(agency=agency, phone=NUMBER, details=BARNO.to_json(), invited_by=cast["manizha"], invited_at=NOW)
    page = refused(desk, f"people/invitations/{invitation.uid}/", reason="invited", paper="Agreement 77")
    assert "Agreement 77" in page and not Candidate.objects.exists()


def test_who_looked_is_named_by_where_they_work(match, cast, signed_in, colleague):
    timur, gone = cast["timur"], a_member(Organisation.objects.get(name="StroyKazan"))
    Membership.objects.filter(user=gone).delete()
    for user in (timur, gone, colleague):
        AccessLog.objects.create(candidate=match.candidate, user=user, at=NOW)
    page = signed_in("farrukh").get("/en/jobs/profile/looks/").content.decode()
    assert "<b>staff of Safar</b>" in page and "<b>somebody who has left" in page and "<b>Dushanbe Labour Agency</b>" in page
    assert not any(str(user) in page or (user.email and user.email in page) for user in (timur, gone, colleague))
