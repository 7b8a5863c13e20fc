"""What staff keep beside a decision: notes, whose case it is, questions and answers; and the ways back into the queue."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from matching import review
from matching.assign import assign
from matching.models import AccessLog, AgencyLicence, Match, MatchNote, MatchQuestion, State, Vacancy
from matching.move import NotAllowed, NotPossible
from matching.note import note
from matching.open_person import open_person
from matching.person_desk import export_desk
from matching.questions import answer, ask
from matching.remind_licences import remind_licences
from portal.accounts.erase import erase_everything
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.outbox.models import Message, Purpose
from tests.matching.factories import a_candidate, a_licence, a_match, a_member, a_user, a_vacancy, an_agency
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]


@pytest.fixture
def agency(cast) -> Organisation:
    return Organisation.objects.get(name="Dushanbe Labour Agency")


@pytest.fixture
def desk(one_click, cast) -> Client:
    return one_click("manizha")


@pytest.fixture
def match(agency, cast) -> Match:
    vacancy = a_vacancy(Organisation.objects.get(name="StroyKazan"), cast["ildar"])
    return a_match(vacancy, a_candidate(agency, cast["farrukh"]), State.APPROVED, cast["manizha"])


def url(match: Match, act: str = "") -> str:
    return f"/en/jobs/desk/{match.vacancy.uid}/{match.uid}/{act}"


def post(client: Client, match: Match, act: str, **data: object):
    return client.post(url(match, act), {"submission_key": uuid4(), **data})


def test_a_note_is_for_the_agency_alone(desk, one_click, match, cast):
    assert post(desk, match, "note/", **{"note-text": "Call after six"})["Location"] == url(match)
    kept = MatchNote.objects.get()
    assert (kept.author, kept.agency.name) == (cast["manizha"], "Dushanbe Labour Agency")
    assert "Call after six" in desk.get(url(match)).content.decode()
    pages = [one_click("farrukh").get(f"/en/jobs/mine/{match.uid}/")]
    Match.objects.filter(pk=match.pk).update(state=State.ACCEPTED)
    pages.append(one_click("ildar").get(f"/en/jobs/own/{match.vacancy.uid}/people/{match.uid}/"))
    assert all(page.status_code == 200 and "Call after six" not in page.content.decode() for page in pages)


def test_the_next_agency_does_not_read_the_notes_of_the_last(desk, match, agency, cast):
    other = an_agency()
    match.candidate.care.update(agency=other)
    note(match, a_member(other), "Owes us a paper", NOW)
    match.candidate.care.update(agency=agency)
    assert "Owes us a paper" not in desk.get(url(match)).content.decode()
    with pytest.raises(NotAllowed):
        note(match, a_member(other), "Still here", NOW)


@pytest.mark.parametrize("text", ["", "x" * 501, "a\0"])
def test_a_bad_note(desk, match, text):
    page = post(desk, match, "note/", **{"note-text": text})
    assert page.status_code == 200 and 'class="problems"' in page.content.decode() and not MatchNote.objects.exists()


def test_whose_case_it_is(desk, match, agency, cast):
    colleague, stranger = a_member(agency), a_member(an_agency())
    assert post(desk, match, "assign/", to=colleague.pk).status_code == 302
    assert Match.objects.get().assigned_to == colleague
    assert 'class="problems"' in post(desk, match, "assign/", to=stranger.pk).content.decode()
    with pytest.raises(NotPossible, match="does not work at your agency"):
        assign(match, stranger, cast["manizha"], NOW)
    with pytest.raises(NotAllowed):
        assign(match, stranger, stranger, NOW)
    post(desk, match, "assign/", to="0")
    assert Match.objects.get().assigned_to is None


def test_a_question_and_its_answer(desk, match, cast):
    question = ask(match, cast["farrukh"], "Is there a bus?", NOW)
    with pytest.raises(NotPossible, match="You have asked already"):
        ask(match, cast["farrukh"], "And a train?", NOW)
    with pytest.raises(NotAllowed):
        ask(match, cast["manizha"], "Is there?", NOW)
    assert "Is there a bus?" in desk.get(url(match)).content.decode()
    path = f"answer/{question.uid}/"
    assert 'class="problems"' in post(desk, match, path, **{"answer-answer": ""}).content.decode()
    assert post(desk, match, path, **{"answer-answer": "At seven."})["Location"] == url(match)
    told = Message.objects.get(to=cast["farrukh"], channel="app")
    assert (told.purpose, told.link) == (Purpose.QUESTION, f"jobs/mine/{match.uid}/")
    late = post(desk, match, path, **{"answer-answer": "At eight."})
    assert late.status_code == 409 and "At seven." in late.content.decode()
    ask(match, cast["farrukh"], "And a train?", NOW)


def test_who_may_not_answer(match, cast):
    question = ask(match, cast["farrukh"], "Is there a bus?", NOW)
    for person in (cast["farrukh"], cast["ildar"], a_member(an_agency())):
        with pytest.raises(NotAllowed):
            answer(question, person, "Yes.", NOW)
    assert list(MatchQuestion.objects.visible_to(cast["ildar"])) == []
    match.candidate.care.update(until=NOW)
    MatchQuestion.objects.all().delete()
    with pytest.raises(NotPossible, match="No agency looks after you"):
        ask(match, cast["farrukh"], "Is there a bus?", NOW)


@pytest.mark.parametrize("act", ["note/", "assign/", "look-again/", "reopen/", "looking/", "answer/{}/"])
def test_right_role_wrong_object(desk, act, cast):
    foreign = a_match(a_vacancy(), a_candidate(an_agency(), a_user()), State.DECLINED)
    question = ask(foreign, foreign.candidate.user, "Is there a bus?", NOW)
    data = {"note-text": "x", "to": cast["manizha"].pk, "answer-answer": "x"}
    act = act.format(question.uid)
    assert (desk.get(url(foreign, act)) if act == "looking/" else post(desk, foreign, act, **data)).status_code == 404
    assert not foreign.notes.exists() and foreign.events.count() == 1


def test_a_question_under_another_match(desk, match, agency, cast):
    other = a_match(match.vacancy, a_candidate(agency, a_user()), State.APPROVED)
    question = ask(match, cast["farrukh"], "Is there a bus?", NOW)
    assert post(desk, other, f"answer/{question.uid}/", **{"answer-answer": "Yes."}).status_code == 404


@pytest.mark.parametrize(
    ("state", "act", "button"),
    [
        (State.DECLINED, "look-again/", "Look at it again"),
        (State.WITHDRAWN, "reopen/", "Open it again"),
        (State.EXPIRED, "reopen/", "Open it again"),
    ],
)
def test_the_ways_back(desk, agency, cast, state, act, button):
    match = a_match(a_vacancy(), a_candidate(agency, a_user()), state, cast["manizha"])
    assert button in desk.get(url(match)).content.decode()
    assert post(desk, match, act)["Location"] == url(match)
    match.refresh_from_db()
    page = desk.get(url(match)).content.decode()
    assert match.state == State.SUGGESTED and ("to look at again" if state == State.DECLINED else "reopened") in page
    assert ("a colleague of yours has to" in page) == (f"{url(match)}approve/" not in page) == (state == State.DECLINED)
    late = post(desk, match, act)
    assert late.status_code == 409 and "You have already answered" in late.content.decode()


def test_nothing_is_reopened_where_no_place_is_left(desk, agency, cast):
    match = a_match(a_vacancy(), a_candidate(agency, a_user()), State.WITHDRAWN)
    Vacancy.objects.filter(pk=match.vacancy_id).update(seats_taken=2)
    page = post(desk, match, "reopen/")
    assert page.status_code == 409 and "No place is left" in page.content.decode()


def test_the_candidate_is_told(match, agency, cast):
    suggestion = a_match(a_vacancy(), match.candidate)
    review.approve(suggestion, cast["manizha"], NOW)
    unseen = a_match(a_vacancy(), match.candidate)
    review.decline(unseen, cast["manizha"], NOW, "skills")
    found = a_match(a_vacancy(), match.candidate)
    Match.objects.filter(pk=found.pk).update(touched=True, interested_at=NOW)
    review.decline(found, cast["manizha"], NOW, "skills")
    told = Message.objects.filter(to=cast["farrukh"], channel="app").order_by("pk")
    assert [message.link for message in told] == [f"jobs/mine/{row.uid}/" for row in (suggestion, found)]
    assert "StroyKazan" not in "".join(message.body for message in Message.objects.filter(to=cast["farrukh"], channel="sms"))


# Interest


@pytest.fixture
def own(market) -> tuple[Vacancy, object]:
    return market.vacancy(), market.candidate(user=a_user())


def test_a_job_that_the_candidate_has_found_enters_the_queue(market, own, one_click):
    vacancy, candidate = own
    found = review.express_interest(candidate, vacancy, candidate.user, market.now)
    assert (found.state, found.touched, found.interested_at, found.rank) == (State.SUGGESTED, True, market.now, None)
    assert found.explanation["points"] == found.points and found.tier == found.explanation["tier"]
    assert Match.objects.visible_to(candidate.user).get() == found
    assert review.express_interest(candidate, vacancy, candidate.user, market.now + timedelta(days=1)) == found
    staff = a_member(market.agency)
    assert review.approve(found, staff, market.now).state == State.APPROVED
    assert review.express_interest(candidate, vacancy, candidate.user, market.now).state == State.APPROVED


def test_interest_after_it_was_taken_back(market, own):
    vacancy, candidate = own
    match = a_match(vacancy, candidate, State.WITHDRAWN)
    found = review.express_interest(candidate, vacancy, candidate.user, market.now)
    assert found.pk == match.pk and (found.state, found.interested_at) == (State.SUGGESTED, market.now)


def test_interest_that_leads_nowhere(market, own):
    vacancy, candidate = own
    with pytest.raises(NotAllowed):
        review.express_interest(candidate, vacancy, a_user(), market.now)
    candidate.excluded_countries = ["RU"]
    candidate.save()
    with pytest.raises(NotPossible, match="You said that you do not want to go there"):
        review.express_interest(candidate, vacancy, candidate.user, market.now)
    Vacancy.objects.filter(pk=vacancy.pk).update(status="closed")
    with pytest.raises(NotPossible, match="closed"):
        review.express_interest(candidate, Vacancy.objects.get(), candidate.user, market.now)
    assert not Match.objects.exists()


def test_interest_has_an_end(market, own, monkeypatch):
    _vacancy, candidate = own
    monkeypatch.setattr(review, "MOST_INTERESTS", 1)
    review.express_interest(candidate, market.vacancy(), candidate.user, market.now)
    with pytest.raises(NotPossible, match="You have named many jobs already"):
        review.express_interest(candidate, market.vacancy(), candidate.user, market.now)


def test_the_database_holds_it_too(match):
    for values in ({"touched": False, "state": "suggested", "interested_at": NOW}, {"explanation": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Match.objects.filter(pk=match.pk).update(**values)


# Licences


@pytest.mark.parametrize(
    ("change", "text"),
    [({"valid_to": NOW.date() - timedelta(days=1)}, "ended on 20 November 2026"), ({"destination": "KZ"}, "has no licence for Russia")],
)
def test_nobody_is_approved_without_a_licence(agency, cast, change, text):
    suggestion = a_match(a_vacancy(), a_candidate(agency, a_user()))
    AgencyLicence.objects.filter(agency=agency).update(**change)
    with pytest.raises(NotPossible, match=text):
        review.approve(suggestion, cast["manizha"], NOW)
    AgencyLicence.objects.filter(agency=agency).update(destination="RU", valid_to=NOW.date())
    assert review.approve(suggestion, cast["manizha"], NOW).state == State.APPROVED


def test_reminders_of_a_licence(agency, cast):
    licence, colleague = a_licence(agency), a_member(agency)
    User.objects.update(language="en")
    ends = NOW.date() + timedelta(days=100)
    AgencyLicence.objects.filter(pk=licence.pk).update(valid_to=ends)
    told = [remind_licences(NOW + timedelta(days=days)) for days in (39, 40, 41, 69, 70, 92, 94, 94, 100, 101)]
    assert told == [0, 2, 0, 0, 2, 0, 2, 0, 2, 0]
    for person in (cast["manizha"], colleague):
        mine = Message.objects.filter(to=person, channel="app")
        assert mine.count() == 4 and {message.purpose for message in mine} == {Purpose.ORGANISATION}
        assert "number 1" in mine.first().body
    AgencyLicence.objects.filter(pk=licence.pk).update(valid_to=ends + timedelta(days=30))
    assert remind_licences(NOW + timedelta(days=100)) == 2, "a new end is a new licence"


# Who has looked


def test_people_see_who_opened_their_name(one_click, match, cast):
    client = one_click("farrukh")
    assert "Nobody has looked" in client.get("/en/jobs/profile/looks/").content.decode()
    open_person(cast["manizha"], match.candidate, timezone.now())
    other = a_candidate(Organisation.objects.get(name="Dushanbe Labour Agency"), cast["aigul"])
    AccessLog.objects.create(candidate=other, user=cast["ildar"], at=NOW)
    page = client.get("/en/jobs/profile/looks/").content.decode()
    assert "Dushanbe Labour Agency" in page and cast["manizha"].email not in page and "StroyKazan" not in page
    assert "/en/jobs/profile/looks/" in client.get("/en/jobs/profile/").content.decode()


def test_what_is_known_and_what_is_erased(desk, match, cast):
    question = ask(match, cast["farrukh"], "Is there a bus?", NOW)
    answer(question, cast["manizha"], "At seven.", NOW)
    note(match, cast["manizha"], "Call after six", NOW)
    desk.post("/en/jobs/desk/waiting/keep/", {"name": "Mine", "query": "whose=me"})
    own, at_work = str(export_desk(cast["farrukh"])), str(export_desk(cast["manizha"]))
    assert "Is there a bus?" in own and "At seven." in own and "Call after six" not in own and "Dushanbe Labour Agency" in own
    assert "Call after six" in at_work and "whose=me" in at_work and "Is there a bus?" not in at_work
    erase_everything(cast["farrukh"], NOW)
    assert not MatchQuestion.objects.exists() and not MatchNote.objects.exists()
    erase_everything(cast["manizha"], NOW)
    assert export_desk(cast["manizha"]) == {}
