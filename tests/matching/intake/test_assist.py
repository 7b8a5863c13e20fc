"""Acting for somebody without an account: with a word and a paper, written down each time, and never for somebody else's candidate."""

import pytest

from matching.intake.on_behalf import Act, act_for, write_down
from matching.models import AccessLog, Candidate, Care, Match, MatchEvent, OnBehalf, State
from matching.move import NotAllowed
from portal.organisations.models import Organisation
from tests.matching.factories import FLOOR, WISH, a_candidate, a_match, a_vacancy
from tests.matching.intake.conftest import NUMBER, WORD, key
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def barno(walk_in) -> Candidate:
    person = walk_in()
    OnBehalf.objects.all().delete()
    AccessLog.objects.all().delete()
    return person


@pytest.fixture
def desk(one_click, barno):
    """Manizha, who has said why and by which paper."""
    client = one_click("manizha")
    client.post(url(barno, "begin/"), {"reason": "no_phone", "paper": "Agreement 8"})
    return client


def url(person: Candidate, rest: str = "") -> str:
    return f"/en/jobs/people/{person.uid}/assist/{rest}"


def acts() -> list[tuple[str, str, str]]:
    return list(OnBehalf.objects.order_by("pk").values_list("act", "reason", "paper"))


def test_first_the_word_and_the_paper(one_click, barno):
    client = one_click("manizha")
    page = client.get(url(barno)).content.decode()
    assert "Number of the paper" in page and "Барно" not in page
    assert client.get(url(barno, "name/"))["Location"] == url(barno)
    assert client.post(url(barno, "name/"), key() | {"given_name": "Zarina"})["Location"] == url(barno)
    assert "Write which paper" in client.post(url(barno, "begin/"), {"reason": "asked", "paper": ""}).content.decode()
    barno.refresh_from_db()
    assert barno.given_name == "Барно" and not OnBehalf.objects.exists() and not AccessLog.objects.exists()


def test_the_name_is_opened_with_the_word(desk, barno, cast):
    assert AccessLog.objects.filter(candidate=barno, user=cast["manizha"]).count() == 1
    assert "Барно" in desk.get(url(barno, "name/")).content.decode()


STEPS = [
    ("name", {"given_name": "Zarina", "family_name": "Sharipova"}, lambda person: person.given_name == "Zarina"),
    ("start", {"month": "6", "year": "1993"}, lambda person: (person.born_in.year, person.born_in.month) == (1993, 6)),
    ("languages", {"ru": "4", "kk": "", "en": ""}, lambda person: dict(person.languages.values_list("language", "level")) == {"ru": 4}),
    ("conditions", {"conditions": ["housing"]}, lambda person: person.conditions == ["housing"]),
    ("work", {"no-work": "1"}, lambda person: person.jobs.count() == 1),  # jobs on the list speak for themselves
    ("papers", {"add": "1", "category": "B", "issued_in": "TJ"}, lambda person: person.licences.get().category == "B"),
    ("place", {"home_region": "TJ-SU", "located_in": "TJ"}, lambda person: person.home_region_id == "TJ-SU"),
    ("phone", {"phone": "90 765 4321"}, lambda person: person.phone == "+992907654321"),
]


def test_each_step_is_answered_and_written_down(desk, barno):
    for step, said, holds in STEPS:
        if step != "phone":
            assert desk.get(url(barno, f"{step}/")).status_code == 200
        assert desk.post(url(barno, f"{step}/"), key() | said).status_code == 302
        barno.refresh_from_db()
        assert holds(barno), step
        assert acts()[-1] == ("changed_phone" if step == "phone" else step, "no_phone", "Agreement 8")
    assert len(acts()) == len(STEPS)


def test_what_is_typed_wrongly_stays_and_nothing_is_written_down(desk, barno):
    assert "Write your name" in desk.post(url(barno, "name/"), key() | {"given_name": ""}).content.decode()
    assert desk.post(url(barno, "start/"), key() | {"month": "1", "year": "2015"}).status_code == 200
    assert desk.post(url(barno, "phone/"), key() | {"phone": "12"}).status_code == 200
    assert acts() == []


def test_some_answers_are_the_persons_alone(desk, barno):
    for step in ("wage", "agency", "statistics", "nothing"):
        assert desk.get(url(barno, f"{step}/")).status_code == 404


def test_wages_stand_on_no_page_of_the_desk(desk, barno):
    Candidate.objects.update(wage_floor=FLOOR, wage_wish=WISH)
    pages = [desk.get(url(barno, step)).content.decode() for step in ("", "name/", "where/", "available/")]
    assert not any(number in page for page in pages for number in ("71,234", "71234", "98,765", "98765"))


@pytest.fixture
def job(barno, cast):
    return lambda state: a_match(a_vacancy(), barno, state, cast["manizha"])


ANSWERS = [
    (State.APPROVED, "accept", {}, State.ACCEPTED, "accepted"),
    (State.APPROVED, "turn_down", {"reason": "wage"}, State.TURNED_DOWN, "turned_down"),
    (State.OFFERED, "agree", {"offer": "1"}, State.AGREED, "agreed"),
    (State.OFFERED, "refuse", {"reason": "hours"}, State.REFUSED, "refused"),
    (State.ACCEPTED, "withdraw", {"reason": "health"}, State.WITHDRAWN, "withdrew"),
]


@pytest.mark.parametrize(("before", "what", "said", "after", "act"), ANSWERS, ids=[row[1] for row in ANSWERS])
def test_a_job_is_answered_by_move_with_the_real_actor(desk, barno, job, cast, before, what, said, after, act):
    match = job(before)
    assert f"-{what}/" in desk.get(url(barno)).content.decode()
    said = {f"{what}-{match.pk}-{name}" if name != "offer" else name: value for name, value in said.items()}
    assert desk.post(url(barno, f"{match.uid}-{what}/"), key() | said)["Location"] == url(barno)
    match.refresh_from_db()
    assert match.state == after
    assert MatchEvent.objects.filter(match=match, after=after).get().actor == cast["manizha"]
    assert acts() == [(act, "no_phone", "Agreement 8")]


def test_an_answer_that_is_not_possible_is_told_and_not_written_down(desk, barno, job):
    match = job(State.OFFERED)
    response = desk.post(url(barno, f"{match.uid}-agree/"), key() | {"offer": "7"})
    assert response.status_code == 409 and "new terms" in response.content.decode()
    assert desk.post(url(barno, f"{match.uid}-turn_down/"), key()).status_code == 200
    assert desk.post(url(barno, f"{match.uid}-sing/"), key()).status_code == 404
    assert acts() == [] and Match.objects.get().state == State.OFFERED


def test_a_match_of_somebody_else_is_none_of_theirs(desk, barno, agencies, cast):
    other = a_match(a_vacancy(), a_candidate(agencies["public"]), State.APPROVED, cast["manizha"])
    assert desk.post(url(barno, f"{other.uid}-accept/"), key()).status_code == 404


def test_the_word_is_for_one_person(desk, walk_in):
    other = walk_in(given_name="Сафар")
    assert desk.get(url(other, "name/"))["Location"] == url(other)


def test_finished_is_finished(desk, barno):
    desk.post(url(barno, "finish/"))
    assert desk.get(url(barno, "name/"))["Location"] == url(barno)


def test_a_person_leaves_by_their_word(desk, barno):
    assert desk.post(url(barno, "leave/"), key())["Location"] == "/en/jobs/people/"
    assert not Care.objects.open().filter(candidate=barno).exists() and acts()[0][0] == "left"
    assert desk.get(url(barno)).status_code == 404


def test_who_has_an_account_answers_alone(desk, barno, cast):
    Candidate.objects.filter(pk=barno.pk).update(user=cast["farrukh"], phone="")
    for response in (desk.get(url(barno)), desk.post(url(barno, "name/"), key() | {"given_name": "Zarina"})):
        assert response.status_code == 403 and "account of their own" in response.content.decode()
    barno.refresh_from_db()
    assert barno.given_name == "Барно" and acts() == []


def test_who_signs_in_meanwhile_is_not_answered_for(barno, cast):
    """The right is asked again when the use case holds what it needs; nothing of it stays."""

    def signs_in() -> None:
        Candidate.objects.filter(pk=barno.pk).update(user=cast["farrukh"], phone="")

    with pytest.raises(NotAllowed):
        act_for(barno, cast["manizha"], "name", WORD, NOW, signs_in)
    barno.refresh_from_db()
    assert barno.user is None and acts() == []


def test_strangers_find_nobody(barno, stranger, one_click):
    for client in (stranger, one_click("ildar")):
        for rest in ("", "name/", "work/"):
            assert client.get(url(barno, rest)).status_code == 404
        assert client.post(url(barno, "begin/"), {"reason": "asked", "paper": "1"}).status_code == 404
        assert client.post(url(barno, "leave/"), key()).status_code == 404
    assert Care.objects.open().filter(candidate=barno).exists()


def test_an_agency_that_is_not_checked_any_more_acts_for_nobody(desk, barno, agencies):
    Organisation.objects.filter(pk=agencies["public"].pk).update(vetted_at=None, vetted_by=None)
    assert desk.post(url(barno, "name/"), key() | {"given_name": "Zarina"}).status_code == 403
    assert acts() == []


def test_the_candidates_page_leads_here_and_tells_the_phone(desk, barno):
    page = desk.get(f"/en/jobs/people/{barno.uid}/").content.decode()
    assert url(barno) in page and "+992 90 123 4567" in page and NUMBER not in page


def test_staff_of_an_agency_before_are_named_by_their_agency_only(desk, barno, cast, agencies):
    write_down(barno, agencies["private"], cast["rustam"], Act.REGISTERED, WORD, NOW)
    write_down(barno, agencies["public"], cast["manizha"], Act.ACCEPTED, WORD, NOW)
    page = desk.get(f"/en/jobs/people/{barno.uid}/assist/").content.decode()
    assert agencies["private"].name in page and cast["rustam"].email not in page and cast["manizha"].email in page
