"""One person entered twice: both profiles in one agency's care become one, with the further of two matches; never across agencies."""

import threading
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import ForeignKey

from matching.answer import accept
from matching.fees import Told, answer_about_fees
from matching.intake.duplicates import fold_name, pairs_in_care_of
from matching.intake.merge import merge
from matching.intake.register_walk_in import register_walk_in
from matching.models import (
    AccessLog,
    AgencyLicence,
    Candidate,
    Care,
    CvShare,
    FeeAnswer,
    Interview,
    Invitation,
    Match,
    MatchEvent,
    MatchQuestion,
    OnBehalf,
    Reach,
    ScoringMark,
    Skill,
    State,
    StatisticsAnswers,
    Vacancy,
)
from matching.move import NotAllowed, NotPossible
from matching.note import note
from matching.open_person import open_person
from matching.person import NO_BIRTH
from matching.profile import add_job, add_licence, set_languages, set_skills
from matching.questions import ask
from placements.models import Placement
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.seed import seed_cast
from tests.matching.factories import a_match, a_vacancy
from tests.matching.intake.conftest import BARNO, NUMBER, WORD, key
from tests.people import NOW

pytestmark = pytest.mark.django_db
OTHER = "+992907777777"


@pytest.fixture
def twice(walk_in) -> tuple[Candidate, Candidate]:
    """The older one first; the younger is written in the other script."""
    return walk_in(), walk_in(OTHER, given_name="Barno", family_name="Sharipova", months=None)


def pairs(agencies) -> set[tuple[int, int]]:
    return {(pair.keep, pair.lose) for pair in pairs_in_care_of([agencies["public"]])}


def url(one: Candidate, other: Candidate) -> str:
    return f"/en/jobs/people/duplicates/{one.uid}/{other.uid}/"


def test_names_are_compared_across_scripts_and_order():
    for one, other in [
        (("Барно", "Шарипова"), ("Sharipova", "BARNO")),
        (("Ғайрат", "Юсупов"), ("Gayrat", "Yusupov")),
        (("Хуршед", ""), ("Hurshed", "")),
    ]:
        assert fold_name(*one) == fold_name(*other) != fold_name("Сафар")


def test_who_is_proposed(twice, agencies, walk_in):
    """The same name and month, or the same phone; a namesake of another month is somebody else."""
    old, new = twice
    family = walk_in(given_name="Сафар", born_in=date(1960, 1, 1))
    walk_in("+992906666666", born_in=date(1994, 6, 1))
    assert pairs(agencies) == {(old.pk, new.pk), (old.pk, family.pk)}


def test_two_with_accounts_are_two_people(twice, agencies, cast):
    old, new = twice
    Candidate.objects.filter(pk=old.pk).update(user=cast["farrukh"], phone="")
    Candidate.objects.filter(pk=new.pk).update(user=cast["aigul"], phone="")
    assert pairs(agencies) == set()


def test_never_across_agencies(twice, agencies, cast):
    old, new = twice
    new.care.update(agency=agencies["private"])
    assert pairs(agencies) == set()
    with pytest.raises(PermissionDenied):
        merge(old, new, cast["manizha"], WORD, NOW)


def test_nor_by_strangers(twice, stranger, one_click):
    old, new = twice
    for client in (stranger, one_click("ildar")):
        assert client.get(url(old, new)).status_code == 404
        assert client.post(url(old, new), key() | {"reason": "asked", "paper": "1"}).status_code == 404
    assert Candidate.objects.exclude(given_name="").count() == 2


def test_nor_two_who_are_not_alike(walk_in, cast, one_click):
    one, other = walk_in(), walk_in(OTHER, given_name="Сафар")
    with pytest.raises(NotPossible):
        merge(one, other, cast["manizha"], WORD, NOW)
    assert one_click("manizha").get(url(one, other)).status_code == 404


def test_the_page_compares_and_puts_together(twice, one_click, cast):
    old, new = twice
    AccessLog.objects.all().delete()
    client = one_click("manizha")
    listed = client.get("/en/jobs/people/duplicates/").content.decode()
    assert url(old, new) in listed and "Шарипова" not in listed
    page = client.get(url(new, old)).content.decode()
    assert page.index("Барно Шарипова") < page.index("Barno Sharipova"), "who stays comes first, however they are named in the address"
    assert AccessLog.objects.filter(user=cast["manizha"]).count() == 2
    assert client.post(url(old, new), key() | {"reason": "asked", "paper": ""}).status_code == 200
    assert client.post(url(old, new), key() | {"reason": "asked", "paper": "Agreement 5"})["Location"] == f"/en/jobs/people/{old.uid}/"
    row = OnBehalf.objects.get(act="merged")
    assert (row.candidate, row.staff, row.paper) == (old, cast["manizha"], "Agreement 5")
    assert "twice" in client.get("/en/jobs/people/duplicates/").content.decode()


def test_everything_comes_together(twice, cast, trade):
    old, new = twice
    first, second, third = [skill.pk for skill in trade["skills"]]
    set_skills(old, {first: 2, second: 3}, NOW)
    set_skills(new, {first: 4, second: 1, third: 2}, NOW)
    new.skills.filter(skill=first).update(is_verified=True)
    set_languages(new, {"ru": 4, "kk": 1}, NOW)
    add_job(new, trade["occupation"], 12, None, NOW)
    add_licence(new, "B", "TJ", NOW)
    Candidate.objects.filter(pk=new.pk).update(conditions=["housing"], available_on=date(2027, 1, 1))
    open_person(cast["manizha"], new, NOW)
    ScoringMark.objects.all().delete()

    assert merge(new, old, cast["manizha"], WORD, NOW).pk == old.pk
    old.refresh_from_db()
    held = {row.skill_id: (row.level, row.is_verified) for row in old.skills.all()}
    assert held == {first: (4, True), second: (3, False), third: (2, False)}
    assert dict(old.languages.values_list("language", "level")) == {"ru": 4, "kk": 1}
    assert sorted(old.jobs.values_list("months", flat=True)) == [12, 60] and old.licences.get().category == "B"
    assert (old.given_name, old.conditions, old.available_on) == ("Барно", ["housing"], date(2027, 1, 1))
    assert AccessLog.objects.filter(candidate=old, user=cast["manizha"]).exists()
    assert OnBehalf.objects.filter(candidate=old, act="registered").count() == 2
    assert set(ScoringMark.objects.values_list("candidate", flat=True)) == {old.pk, new.pk}
    assert old.care.open().exists()


def test_the_other_row_is_emptied_as_when_somebody_is_erased(twice, cast):
    old, new = twice
    merge(old, new, cast["manizha"], WORD, NOW)
    new.refresh_from_db()
    assert (new.given_name, new.phone, new.born_in, new.is_paused) == ("", "", NO_BIRTH, True)
    assert not new.care.open().exists() and not new.skills.exists() and not new.languages.exists()


def test_no_row_of_any_model_stays_with_who_goes(twice, cast, trade):
    """Whatever has a foreign key to a candidate; a new model needs a row here, and a step on hooks.merge_candidates."""
    old, new = twice
    set_skills(new, {trade["skills"][0].pk: 3}, NOW), add_job(new, trade["occupation"], 12, None, NOW), add_licence(new, "B", "TJ", NOW)
    open_person(cast["manizha"], new, NOW)
    new.certificates.create(code="welding", valid_until=date(2028, 1, 1)), new.papers.create(code="visa", valid_until=date(2028, 1, 1))
    new.cv_shares.create(token="link", language="ru", created_at=NOW), new.missed_claims.create(at=NOW)
    StatisticsAnswers.objects.create(candidate=new, sex="woman", consented_at=NOW, consent_version="1")
    Invitation.objects.create(
        agency=new.care.get().agency, phone=OTHER, invited_by=cast["manizha"], invited_at=NOW, answer="yes", answered_at=NOW, candidate=new
    )
    a_match(a_vacancy(), new, State.APPROVED, cast["manizha"])
    Reach.objects.create(candidate=new, month=date(2026, 11, 1), steps=1)
    about = [
        (model, field.name)
        for model in apps.get_app_config("matching").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Candidate
    ]
    assert [model for model, name in about if not model.objects.filter(**{name: new}).exists()] == []
    merge(old, new, cast["manizha"], WORD, NOW)
    left = {model.__name__ for model, name in about if model.objects.filter(**{name: new}).exists()}
    assert left == {"Care", "ScoringMark"}, "that the care of the emptied row has ended, and that scoring forgets it"
    assert Invitation.objects.get().candidate == old and not CvShare.objects.exists()


def test_who_has_an_account_stays(twice, cast):
    old, new = twice
    Candidate.objects.filter(pk=new.pk).update(user=cast["farrukh"], phone="")
    assert merge(old, new, cast["manizha"], WORD, NOW).pk == new.pk
    assert Candidate.objects.get(user=cast["farrukh"]).jobs.count() == 1


@pytest.fixture
def match(cast):
    return lambda vacancy, person, state: a_match(vacancy, person, state, cast["manizha"])


def test_matches_move(twice, cast, match):
    old, new = twice
    moved = match(a_vacancy(), new, State.ACCEPTED)
    untouched = match(a_vacancy(), new, State.SUGGESTED)
    merge(old, new, cast["manizha"], WORD, NOW)
    assert Match.objects.get(pk=moved.pk).candidate == old
    assert not Match.objects.filter(pk=untouched.pk).exists(), "scoring suggests whoever stays"


FURTHER = [
    (State.APPROVED, State.SELECTED),
    (State.SELECTED, State.APPROVED),
    (State.SUGGESTED, State.OFFERED),
    (State.DECLINED, State.APPROVED),
]


@pytest.mark.parametrize(("of_old", "of_new"), FURTHER)
def test_of_two_with_one_vacancy_the_further_stays(twice, cast, match, of_old, of_new):
    old, new = twice
    vacancy = a_vacancy(openings=2)
    matches = [match(vacancy, old, of_old), match(vacancy, new, of_new)]
    order = [State.DECLINED, State.SUGGESTED, State.APPROVED, State.SELECTED, State.OFFERED]
    stays, goes = sorted(matches, key=lambda row: -order.index(row.state))
    before = goes.state
    merge(old, new, cast["manizha"], WORD, NOW)
    stays.refresh_from_db(), goes.refresh_from_db(), vacancy.refresh_from_db()
    assert (stays.candidate, goes.candidate) == (old, new) and stays.state in (of_old, of_new)
    assert vacancy.seats_taken == (stays.state in (State.SELECTED, State.OFFERED))
    if before == State.DECLINED:
        assert goes.state == State.DECLINED
        return
    assert goes.state == State.WITHDRAWN
    event = MatchEvent.objects.filter(match=goes, after=State.WITHDRAWN).get()
    assert (event.actor, event.before) == (cast["manizha"], before) and event.note


def test_two_contracts_are_settled_first(twice, cast, match):
    old, new = twice
    match(a_vacancy(), old, State.AGREED), match(a_vacancy(), new, State.AGREED)
    with pytest.raises(NotPossible, match="Settle"):
        merge(old, new, cast["manizha"], WORD, NOW)
    assert Candidate.objects.exclude(given_name="").count() == 2


def test_a_merge_and_an_answer_at_once(fresh_db):
    """Both lock vacancy before candidate: one waits for the other, nobody deadlocks, and no seat or move is lost."""
    seed_cast(NOW)
    staff = User.objects.get(email="manizha@agency.example.org")
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    AgencyLicence.objects.create(agency=agency, destination="RU", number="1", issuer="Ministry")
    old, new = (register_walk_in(agency, phone, BARNO, staff, WORD, NOW) for phone in (NUMBER, OTHER))
    vacancy = a_vacancy()
    for person in (old, new):
        a_match(vacancy, person, State.APPROVED, staff)
    answered = Match.objects.get(candidate=new)
    barrier, ends = threading.Barrier(2), []

    def run(name: str, use_case) -> None:
        try:
            barrier.wait(timeout=20)
            use_case()
            ends.append(name)
        except (NotAllowed, NotPossible):
            ends.append(f"{name} too late")
        finally:
            connection.close()

    uses = {
        "merge": lambda: merge(old, new, staff, WORD, NOW),
        "accept": lambda: accept(answered, staff, NOW),
    }
    threads = [threading.Thread(target=run, args=item) for item in uses.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert "merge" in ends and len(ends) == 2
    kept = Match.objects.get(candidate=old)
    assert kept.state == (State.ACCEPTED if "accept" in ends else State.APPROVED)
    assert Match.objects.get(candidate=new).state == State.WITHDRAWN
    assert not Care.objects.open().filter(candidate=new).exists()
    assert Vacancy.objects.get(pk=vacancy.pk).seats_taken == 0 and Skill.objects.exists()


@pytest.mark.parametrize(("of_old", "of_new"), [(State.ACCEPTED, State.APPROVED), (State.ACCEPTED, State.OFFERED)])
def test_what_was_said_of_the_match_that_goes_stays_with_the_person(twice, cast, match, of_old, of_new):
    """Else nobody could erase it: the row that was emptied is nobody's any more."""
    old, new = twice
    Candidate.objects.filter(pk=old.pk).update(user=cast["farrukh"], phone="")
    vacancy = a_vacancy(openings=2)
    own, other = match(vacancy, Candidate.objects.get(pk=old.pk), of_old), match(vacancy, new, of_new)
    answer_about_fees(own, cast["farrukh"], Told("broker", told=("safar",)), NOW + timedelta(days=1))
    ask(own, cast["farrukh"], "Is there a bed?", NOW)
    notes = [note(row, cast["manizha"], "Called her.", NOW) for row in (own, other)]
    MatchEvent.objects.filter(match__in=(own, other)).update(note="Her knee hurts.")
    Interview.objects.create(match=other, starts_at=NOW + timedelta(days=2), way="phone", offered_by=cast["ildar"], offered_at=NOW)

    merge(old, new, cast["manizha"], WORD, NOW)
    gone, stays = Match.objects.get(candidate=new), Match.objects.get(candidate=old)
    assert FeeAnswer.objects.get().match == stays and MatchQuestion.objects.get().match == stays
    assert set(stays.notes.all()) == set(notes)
    assert not gone.events.filter(note__contains="knee").exists()
    assert gone.explanation["skills"] == gone.explanation["verify"] == [] and stays.explanation["verify"] != []
    assert not gone.interviews.exists()


def test_no_person_of_trust_stays_with_the_row_that_is_nobodys(twice, cast, match):
    vacancy = a_vacancy(openings=2)
    for person, name in zip(twice, ("Zarina", "Umed"), strict=True):
        row = match(vacancy, person, State.ACCEPTED)
        Placement.objects.create(match=row, trusted_name=name, trusted_phone="+992900000001", chosen_at=NOW)
    merge(*twice, cast["manizha"], WORD, NOW)
    assert Placement.objects.get().match == Match.objects.get(candidate=twice[0])


def test_a_wage_is_taken_over_whole_or_not_at_all(twice, cast):
    """A wish of one beside the least wage of the other may be below it, or in other money."""
    old, new = twice
    Candidate.objects.filter(pk=old.pk).update(wage_floor=90_000)
    Candidate.objects.filter(pk=new.pk).update(wage_wish=40_000, wage_currency="KZT")
    merge(old, new, cast["manizha"], WORD, NOW)
    old.refresh_from_db()
    assert (old.wage_floor, old.wage_wish, old.wage_currency) == (90_000, None, "RUB")


def test_a_wage_comes_with_its_money(twice, cast):
    old, new = twice
    Candidate.objects.filter(pk=new.pk).update(wage_wish=400_000, wage_currency="KZT")
    merge(old, new, cast["manizha"], WORD, NOW)
    old.refresh_from_db()
    assert (old.wage_floor, old.wage_wish, old.wage_currency) == (None, 400_000, "KZT")


def test_papers_to_stay_are_of_the_country_where_the_person_is(twice, cast):
    old, new = twice
    Candidate.objects.filter(pk=old.pk).update(located_in="RU", has_papers=None)
    Candidate.objects.filter(pk=new.pk).update(located_in="KZ", has_papers=True)
    merge(old, new, cast["manizha"], WORD, NOW)
    old.refresh_from_db()
    assert (old.located_in, old.has_papers) == ("RU", None)


def test_whose_work_is_found_has_worked(twice, cast, trade):
    old, new = twice
    old.jobs.all().delete()
    Candidate.objects.filter(pk=old.pk).update(has_worked=False)
    add_job(new, trade["occupation"], 12, None, NOW)
    merge(old, new, cast["manizha"], WORD, NOW)
    old.refresh_from_db()
    assert old.jobs.exists() and old.has_worked
