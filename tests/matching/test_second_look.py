"""A declined match is looked at again: by a colleague, because the candidate asks, or because another agency would have approved."""

from uuid import uuid4

import pytest
from django.test import Client

from matching import journey, review, second_look
from matching.models import AgencyLicence, Match, SecondLook, State
from matching.models.matches import Tier
from matching.move import NotAllowed, NotPossible
from matching.verdict import give_verdict
from portal.organisations.models import Membership, Organisation
from tests.matching.factories import a_candidate, a_match, a_member, a_user, a_vacancy, an_agency
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]
BECAUSE = "skills"


class Office:
    def __init__(self) -> None:
        self.agency = an_agency()
        self.staff, self.colleague = a_member(self.agency), a_member(self.agency)
        self.vacancy = a_vacancy(openings=100)
        self.other = an_agency()
        self.reader = a_member(self.other)

    def match(self, state: State = State.SUGGESTED, **given: object) -> Match:
        return a_match(self.vacancy, a_candidate(self.agency, a_user()), state, self.staff, **given)

    def drawn(self, is_drawn: bool = True, **given: object) -> Match:
        while second_look.is_drawn(match := self.match(**given)) != is_drawn:
            pass
        return match


@pytest.fixture
def office(db) -> Office:
    return Office()


def test_about_one_in_twenty(office):
    drawn = [second_look.is_drawn(Match(uid=uuid4())) for _ in range(4000)]
    assert 140 <= sum(drawn) <= 260
    match = Match(uid=uuid4())
    assert len({second_look.is_drawn(match) for _ in range(5)}) == 1


def test_which_are_drawn_nobody_outside_can_tell(settings):
    uids = [uuid4() for _ in range(200)]
    before = [second_look.is_drawn(Match(uid=uid)) for uid in uids]
    settings.SECRET_KEY = "another one"
    assert before != [second_look.is_drawn(Match(uid=uid)) for uid in uids]


def test_a_drawn_match_of_tier_a_goes_to_another_agency(office):
    match = review.decline(office.drawn(), office.staff, NOW, BECAUSE)
    look = SecondLook.objects.get(match=match)
    assert (look.agency, look.verdict, look.asked_at) == (office.other, "", NOW)


@pytest.mark.parametrize("given", [{"is_drawn": False}, {"tier": Tier.B}])
def test_others_do_not(office, given):
    review.decline(office.drawn(**given), office.staff, NOW, BECAUSE)
    assert not SecondLook.objects.exists()


def test_who_reads(office):
    """Licensed for the country, vetted, with staff, and with the least to read."""
    busy, quiet = office.other, an_agency()
    a_member(quiet)
    second_look.ask(office.match(State.DECLINED), NOW)
    assert second_look.ask(office.match(State.DECLINED), NOW).agency == quiet
    SecondLook.objects.filter(agency=quiet).update(verdict="agrees", decided_by=office.reader, decided_at=NOW)
    assert second_look.ask(office.match(State.DECLINED), NOW).agency == quiet, "who has one open is busier than who has read one"
    AgencyLicence.objects.filter(agency=quiet).update(valid_to=NOW.date().replace(day=20))
    assert second_look.ask(office.match(State.DECLINED), NOW).agency == busy
    Organisation.objects.filter(pk=busy.pk).update(vetted_at=None, vetted_by=None)
    assert second_look.ask(office.match(State.DECLINED), NOW) is None
    Organisation.objects.filter(pk=busy.pk).update(vetted_at=NOW, vetted_by=office.staff)
    Membership.objects.filter(organisation=busy).delete()
    assert second_look.ask(office.match(State.DECLINED), NOW) is None


def test_who_would_approve_brings_it_back_and_the_decliner_decides_no_more(office):
    match = review.decline(office.drawn(), office.staff, NOW, BECAUSE)
    give_verdict(match.second_look, office.reader, SecondLook.Verdict.DIFFERS, "Both papers are there.", NOW)
    match.refresh_from_db()
    assert match.state == State.SUGGESTED and match.events.last().actor == office.reader
    for act in (lambda: review.approve(match, office.staff, NOW), lambda: review.decline(match, office.staff, NOW, BECAUSE)):
        with pytest.raises(NotPossible, match="a colleague of yours has to"):
            act()
    with pytest.raises(NotAllowed):
        review.approve(match, office.reader, NOW)
    assert review.approve(match, office.colleague, NOW).state == State.APPROVED


def test_who_agrees_changes_nothing(office):
    match = review.decline(office.drawn(), office.staff, NOW, BECAUSE)
    look = give_verdict(match.second_look, office.reader, SecondLook.Verdict.AGREES, "So would we.", NOW)
    match.refresh_from_db()
    assert (match.state, look.decided_by, look.note) == (State.DECLINED, office.reader, "So would we.")
    with pytest.raises(NotPossible, match="A colleague was faster: would decline too"):
        give_verdict(look, a_member(office.other), SecondLook.Verdict.DIFFERS, "No.", NOW)
    with pytest.raises(NotAllowed):
        give_verdict(look, office.colleague, SecondLook.Verdict.DIFFERS, "No.", NOW)


def test_a_verdict_that_comes_too_late_is_kept(office):
    match = review.decline(office.drawn(), office.staff, NOW, BECAUSE)
    office.vacancy.status = "closed"
    office.vacancy.save()
    assert give_verdict(match.second_look, office.reader, SecondLook.Verdict.DIFFERS, "Yes.", NOW).verdict == "differs"
    assert Match.objects.get(pk=match.pk).state == State.DECLINED


def test_one_second_look_a_match(office):
    match = office.match(assigned_to=office.staff)
    candidate = match.candidate.user
    review.decline(match, office.staff, NOW, BECAUSE)
    match = review.look_again(match, candidate, NOW)
    assert match.assigned_to is None and Match.objects.visible_to(candidate).filter(pk=match.pk).exists()
    review.decline(match, office.colleague, NOW, BECAUSE)
    for by in (candidate, office.colleague):
        with pytest.raises(NotPossible, match="Two people have looked at it"):
            review.look_again(match, by, NOW)


def test_what_was_approved_and_taken_back_may_be_approved_again(office):
    match = review.approve(office.match(), office.staff, NOW)
    match = journey.reopen(journey.withdraw(match, office.staff, NOW, "health"), match.candidate.user, NOW)
    assert review.approve(match, office.staff, NOW).state == State.APPROVED


@pytest.fixture
def page(one_click, cast, office) -> tuple[Client, SecondLook]:
    """Manizha reads for another agency."""
    match = office.match(State.DECLINED)
    match.events.update(reason="papers", note="Farrukh came without his papers")
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    return one_click("manizha"), SecondLook.objects.create(match=match, agency=agency, asked_at=NOW)


def test_the_reader_learns_no_name(page, office):
    client, look = page
    listed = client.get("/en/jobs/desk/second/").content.decode()
    html = client.get(f"/en/jobs/desk/second/{look.uid}/").content.decode()
    assert str(office.vacancy) in listed and "Fits the job" in html and "8,500 / 10,000" in html and "Papers are missing" in html
    for name in ("Farrukh", "Sattorov", "F. S.", "Khatlon", office.agency.name, office.staff.email, "+99291", str(look.match.uid)):
        assert name not in html and name not in listed, name
    assert client.get(f"/en/jobs/desk/{office.vacancy.uid}/{look.match.uid}/").status_code == 404


def test_the_reader_answers(page, cast):
    client, look = page
    url = f"/en/jobs/desk/second/{look.uid}/"
    for data in ({}, {"verdict": "differs"}, {"verdict": "maybe", "note": "x"}, {"verdict": "", "note": "x"}):
        answer = client.post(f"{url}verdict/", {"submission_key": uuid4(), **data})
        assert answer.status_code == 200 and 'class="problems"' in answer.content.decode()
    assert client.post(f"{url}verdict/", {"submission_key": uuid4(), "verdict": "differs", "note": "They are there."})["Location"] == url
    look.refresh_from_db()
    assert (look.decided_by, look.match.state) == (cast["manizha"], State.SUGGESTED)
    assert "They are there." in client.get(url).content.decode()
    late = client.post(f"{url}verdict/", {"submission_key": uuid4(), "verdict": "agrees", "note": "No."})
    assert late.status_code == 409 and "A colleague was faster: would approve" in late.content.decode()


def test_the_right_role_at_the_wrong_agency(page, office):
    client, look = page
    SecondLook.objects.update(agency=office.other)
    assert client.get(f"/en/jobs/desk/second/{look.uid}/").status_code == 404
    assert client.post(f"/en/jobs/desk/second/{look.uid}/verdict/", {"verdict": "agrees"}).status_code == 404
    assert str(look.uid) not in client.get("/en/jobs/desk/second/").content.decode()


def test_its_own_agency_reads_what_the_other_said(one_click, cast, page, office):
    client, look = page
    Membership.objects.filter(user=cast["manizha"]).update(organisation=office.agency)
    SecondLook.objects.update(agency=office.other, verdict="differs", note="They are there.", decided_by=office.reader, decided_at=NOW)
    html = client.get(f"/en/jobs/desk/{office.vacancy.uid}/{look.match.uid}/").content.decode()
    assert "Second look by another agency" in html and "They are there." in html
    assert office.other.name not in html and office.reader.email not in html
