"""Exceptions need two: a colleague confirms what one has proposed, or an operator where the agency has nobody else; and only a checked agency approves."""

from functools import partial
from uuid import uuid4

import pytest
from django.test import Client

from matching import journey, review
from matching.care import choose_agency
from matching.models import Candidate, Care, Match, MatchEvent, State
from matching.models.matches import Tier
from matching.move import NotAllowed, NotPossible, move
from matching.second_person import to_confirm
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from portal.outbox.models import Message
from tests.matching.factories import EXPLANATION, a_candidate, a_match, a_member, a_user, a_vacancy, an_agency
from tests.matching.test_seats import at_once
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]


class Office:
    """An agency of two, for one vacancy."""

    def __init__(self) -> None:
        self.agency = an_agency()
        self.staff, self.colleague = a_member(self.agency), a_member(self.agency)
        self.vacancy = a_vacancy(openings=9)

    def weak(self, **given: object) -> Match:
        return a_match(self.vacancy, a_candidate(self.agency, a_user()), **{"tier": Tier.C} | given)


@pytest.fixture
def office(db) -> Office:
    return Office()


@pytest.fixture
def operator(cast) -> User:
    return cast["timur"]


def alone(office: Office) -> Match:
    """Proposed by the only one who works there."""
    Membership.objects.filter(user=office.colleague).delete()
    return review.approve(office.weak(), office.staff, NOW)


def test_the_first_approval_of_an_exception_only_proposes_it(office):
    match = review.approve(office.weak(), office.staff, NOW)
    event = match.events.get()
    assert (match.state, match.proposed_by, event.before, event.after) == (State.SUGGESTED, office.staff, "suggested", "suggested")
    assert match.explanation and match.touched and match.candidate.last_proposed_on is None
    assert not Match.objects.visible_to(match.candidate.user).exists() and not Message.objects.exists()
    with pytest.raises(NotPossible, match="You have proposed this one"):
        review.approve(match, office.staff, NOW)
    match = review.approve(match, office.colleague, NOW)
    assert (match.state, match.proposed_by, match.events.last().actor) == (State.APPROVED, None, office.colleague)
    assert Match.objects.visible_to(match.candidate.user).get() == match


@pytest.mark.parametrize("why", [{"tier": 3}, {"tier": 0}, {"failed": ["language"]}])
def test_what_else_is_an_exception(office, why):
    """Weak as it is explained today, or something speaks against it."""
    assert review.approve(office.weak(tier=Tier.A, explanation=EXPLANATION | why), office.staff, NOW).state == State.SUGGESTED


@pytest.mark.parametrize("tier", [Tier.A, Tier.B])
def test_others_need_one_person(office, tier):
    assert review.approve(office.weak(tier=tier), office.staff, NOW).state == State.APPROVED


def test_the_colleague_may_decline(office):
    match = review.decline(review.approve(office.weak(), office.staff, NOW), office.colleague, NOW, "skills")
    assert (match.state, match.proposed_by) == (State.DECLINED, None)


def test_nobody_signs_twice_round_the_use_case(office):
    """The table itself asks for the second person, and for a first one."""
    match = office.weak()
    with pytest.raises(NotPossible, match="one person proposes it"):
        move(match, State.APPROVED, office.staff, NOW)
    move(match, State.SUGGESTED, office.staff, NOW)
    with pytest.raises(NotPossible, match="second person"):
        move(match, State.APPROVED, office.staff, NOW)


def test_a_proposal_of_who_has_left_is_none(office):
    match = review.approve(office.weak(), office.staff, NOW)
    Membership.objects.filter(user=office.staff).delete()
    match = review.approve(match, office.colleague, NOW)
    assert (match.state, match.proposed_by) == (State.SUGGESTED, office.colleague)


def test_nor_of_another_agency(office):
    match = review.approve(office.weak(), office.staff, NOW)
    other = an_agency()
    choose_agency(match.candidate, other, NOW)
    match = review.approve(match, a_member(other), NOW)
    assert match.state == State.SUGGESTED
    with pytest.raises(NotAllowed):
        review.approve(match, office.colleague, NOW)


def test_taken_back_and_opened_again_it_needs_two_again(office):
    match = review.approve(office.weak(), office.staff, NOW)
    match = review.approve(match, office.colleague, NOW)
    match = journey.reopen(journey.withdraw(match, office.staff, NOW, "health"), match.candidate.user, NOW)
    assert review.approve(match, office.colleague, NOW).state == State.SUGGESTED
    assert review.approve(match, office.staff, NOW).state == State.APPROVED


def test_two_colleagues_at_once_are_two_people(fresh_db, settings):
    settings.DEMO = True
    office = Office()
    match = office.weak()
    results = at_once(partial(review.approve, match, office.staff, NOW), partial(review.approve, match, office.colleague, NOW))
    match.refresh_from_db()
    events = list(match.events.all())
    assert {result.state for result in results} == {State.SUGGESTED, State.APPROVED} and match.state == State.APPROVED
    assert [event.after for event in events] == ["suggested", "approved"] and events[0].actor != events[1].actor


def test_the_same_person_at_once_is_one_person(fresh_db, settings):
    settings.DEMO = True
    office = Office()
    match = office.weak()

    def approve() -> str:
        try:
            return review.approve(match, office.staff, NOW).state
        except NotPossible:
            return "refused"

    assert sorted(at_once(approve, approve)) == ["refused", "suggested"]
    assert Match.objects.get().proposed_by == office.staff


# Where nobody else works at the agency


def test_an_operator_is_the_second_person(office, operator):
    match = alone(office)
    assert to_confirm(operator).get() == match
    match = review.approve(match, operator, NOW)
    assert (match.state, match.events.last().actor) == (State.APPROVED, operator)


def test_an_operator_may_decline(office, operator):
    assert review.decline(alone(office), operator, NOW, "skills").state == State.DECLINED


def test_not_where_a_colleague_can(office, operator):
    match = review.approve(office.weak(), office.staff, NOW)
    assert not to_confirm(operator).exists()
    for act in (lambda: review.approve(match, operator, NOW), lambda: review.decline(match, operator, NOW, "skills")):
        with pytest.raises(NotAllowed):
            act()


def test_but_where_the_colleague_has_declined_it_before(office, operator):
    match = review.look_again(review.decline(office.weak(), office.colleague, NOW, "skills"), office.staff, NOW)
    match = review.approve(match, office.staff, NOW)
    with pytest.raises(NotPossible, match="You have decided on this one before"):
        review.approve(match, office.colleague, NOW)
    assert to_confirm(operator).get() == match


def test_nor_anything_that_nobody_has_proposed(office, operator):
    Membership.objects.filter(user=office.colleague).delete()
    with pytest.raises(NotAllowed):
        review.approve(office.weak(tier=Tier.A), operator, NOW)


def test_nor_an_operator_who_works_at_an_agency(office, operator):
    match = alone(office)
    Membership.objects.create(user=operator, organisation=an_agency())
    assert not to_confirm(operator).exists()
    with pytest.raises(NotAllowed):
        review.approve(match, operator, NOW)


@pytest.mark.parametrize("whose", ["their own", "their employer's"])
def test_nor_an_operator_about_themselves_or_for_their_employer(office, operator, whose):
    match = alone(office)
    if whose == "their own":
        Candidate.objects.filter(pk=match.candidate_id).update(user=operator)
    else:
        Membership.objects.create(user=operator, organisation=match.vacancy.employer)
    assert not to_confirm(operator).exists()
    with pytest.raises(NotAllowed):
        review.approve(match, operator, NOW)


# A checked agency


@pytest.mark.parametrize("tier", [Tier.A, Tier.C])
def test_an_agency_that_is_not_checked_approves_nobody(office, tier):
    match = office.weak(tier=tier)
    Organisation.objects.filter(pk=office.agency.pk).update(vetted_at=None, vetted_by=None)
    with pytest.raises(NotPossible, match="has not checked your agency"):
        review.approve(match, office.staff, NOW)
    assert review.decline(match, office.staff, NOW, "skills").state == State.DECLINED


def test_nor_confirms_it_what_was_proposed_before(office):
    match = review.approve(office.weak(), office.staff, NOW)
    Organisation.objects.filter(pk=office.agency.pk).update(vetted_at=None, vetted_by=None)
    with pytest.raises(NotPossible, match="has not checked your agency"):
        review.approve(match, office.colleague, NOW)


# The pages


@pytest.fixture
def weak(cast) -> Match:
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    vacancy = a_vacancy(Organisation.objects.get(name="StroyKazan"), cast["ildar"])
    return a_match(vacancy, a_candidate(agency, cast["farrukh"]), tier=Tier.C)


@pytest.fixture
def colleague(cast) -> User:
    return a_member(Organisation.objects.get(name="Dushanbe Labour Agency"))


def url(match: Match, act: str = "") -> str:
    return f"/en/jobs/desk/{match.vacancy.uid}/{match.uid}/{act}"


def post(client: Client, path: str, **data: object):
    return client.post(path, {"submission_key": uuid4(), **data})


def test_the_desk_of_both(one_click, weak, cast, colleague):
    desk = one_click("manizha")
    assert "a second person confirms it" in desk.get(url(weak)).content.decode()
    review.approve(weak, colleague, NOW)
    page = desk.get(url(weak)).content.decode()
    assert f"{colleague.email} has proposed this one for approval" in page and "Confirm the approval" in page
    assert "proposed for approval" in page, "in the history"
    assert "needs a second person" in desk.get("/en/jobs/desk/waiting/confirm/").content.decode()
    assert "Exceptions to confirm" in desk.get("/en/").content.decode()
    assert post(desk, url(weak, "approve/")).status_code == 302
    weak.refresh_from_db()
    assert weak.state == State.APPROVED


def test_the_desk_of_who_has_proposed(one_click, weak, cast, colleague):
    desk = one_click("manizha")
    assert post(desk, url(weak, "approve/")).status_code == 302
    page = desk.get(url(weak)).content.decode()
    assert "You have proposed this one" in page and "/approve/" not in page and "/decline/" in page
    assert desk.get("/en/jobs/desk/waiting/confirm/").context["page"].paginator.count == 0
    assert desk.get("/en/jobs/desk/waiting/again/").context["page"].paginator.count == 0
    assert post(desk, url(weak, "approve/")).status_code == 409


def test_by_the_handful(one_click, weak, cast, colleague):
    page = one_click("manizha").post("/en/jobs/desk/waiting/decide/", {"act": "approve", "match": [str(weak.uid)]}).content.decode()
    assert "Done: 1 of 1" in page and "1 of them is an exception" in page
    weak.refresh_from_db()
    assert (weak.state, weak.proposed_by) == (State.SUGGESTED, cast["manizha"])


def test_the_page_of_the_operator(one_click, weak, cast):
    review.approve(weak, cast["manizha"], NOW)
    timur, path = one_click("timur"), f"/en/jobs/to-confirm/{weak.uid}/"
    assert "Exceptions to confirm" in timur.get("/en/").content.decode()
    assert path in timur.get("/en/jobs/to-confirm/").content.decode()
    page = timur.get(path).content.decode()
    assert "Confirm the approval" in page and "Sattorov" not in page and "F. S." not in page and "+992" not in page
    assert post(timur, f"{path}decline/").status_code == 200, "a reason is asked"
    assert post(timur, f"{path}confirm/")["Location"] == "/en/jobs/to-confirm/"
    weak.refresh_from_db()
    assert weak.state == State.APPROVED and weak.events.last().actor == cast["timur"]
    assert timur.get(path).status_code == 404
    assert "staff of Safar" in one_click("manizha").get(url(weak)).content.decode()


def test_the_operator_declines_with_a_reason(one_click, weak, cast):
    review.approve(weak, cast["manizha"], NOW)
    timur, path = one_click("timur"), f"/en/jobs/to-confirm/{weak.uid}/"
    page = post(timur, f"{path}decline/", **{"decline-reason": "", "decline-note": "He speaks no Russian"}).content.decode()
    assert "He speaks no Russian" in page and 'class="problems"' in page
    post(timur, f"{path}decline/", **{"decline-reason": "skills", "decline-note": "He speaks no Russian"})
    event = MatchEvent.objects.get(match=weak, after=State.DECLINED)
    assert (event.actor, event.reason, event.note) == (cast["timur"], "skills", "He speaks no Russian")


@pytest.mark.parametrize(("who", "status"), [("manizha", 403), ("ildar", 403), ("farrukh", 403), ("nigora", 403)])
def test_nobody_else_has_that_page(one_click, weak, cast, who, status):
    review.approve(weak, cast["manizha"], NOW)
    client = one_click(who)
    assert client.get("/en/jobs/to-confirm/").status_code == status
    for act in ("confirm/", "decline/"):
        assert post(client, f"/en/jobs/to-confirm/{weak.uid}/{act}").status_code == status
    weak.refresh_from_db()
    assert weak.state == State.SUGGESTED


def test_an_operator_and_a_match_that_is_not_theirs(one_click, weak, colleague):
    """A colleague of the agency confirms it."""
    review.approve(weak, colleague, NOW)
    timur = one_click("timur")
    for path in ("", "confirm/", "decline/"):
        page = timur.get if not path else partial(post, timur)
        assert page(f"/en/jobs/to-confirm/{weak.uid}/{path}").status_code == 404


def test_the_desk_says_that_the_agency_is_not_checked(one_click, weak):
    Organisation.objects.filter(name="Dushanbe Labour Agency").update(vetted_at=None, vetted_by=None)
    desk = one_click("manizha")
    for path in ("/en/jobs/desk/", url(weak)):
        assert "has not checked your agency" in desk.get(path).content.decode()
    assert "/approve/" not in desk.get(url(weak)).content.decode()
    assert Care.objects.open().exists() and post(desk, url(weak, "approve/")).status_code == 409
