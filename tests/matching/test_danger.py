"""Vacancies where nobody may be sent any more are closed in the same minute, and everybody concerned is told once."""

from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from matching import care, journey, review
from matching.danger import stop_unsafe_vacancies
from matching.models import DangerArea, EmployerFile, Match, State, Vacancy
from matching.move import NotPossible
from matching.next_steps import NEXT, STOPPED, next_step
from matching.open_person import may_open_person
from matching.publish import NotPublishable, submit
from matching.sign import sign
from matching.tell_stopped import JobStopped
from portal.accounts.models import User
from portal.organisations.models import SanctionEntry, SanctionHit
from portal.outbox.models import Message
from tests.matching.factories import DAY, a_candidate, a_match, a_member, a_user, a_vacancy, an_agency, an_organisation
from tests.matching.test_seats import at_once
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]
S = State


def danger(region: str = "RU-TA", **values) -> DangerArea:
    signed = {"signed_as": "Timur", "signed_at": NOW}
    return DangerArea.objects.create(**{"region_id": region, "reason": "x", "source_name": "y"} | signed | values)


def listed(organisation) -> SanctionHit:
    entry, _ = SanctionEntry.objects.get_or_create(
        list="un", reference="QDe.1", defaults={"kind": "entity", "name": "X", "names": ["X"], "folded": ["x"], "generated_on": DAY}
    )
    return SanctionHit.objects.create(entry=entry, organisation=organisation, name="X", found_at=NOW)


def armed(organisation) -> None:
    EmployerFile.objects.update_or_create(employer=organisation, defaults={"activities": ["25.11", "25.40"]})


PERILS = {
    "area": lambda vacancy: danger(vacancy.region_id),
    "sanctions": lambda vacancy: listed(vacancy.employer),
    "goods": lambda vacancy: armed(vacancy.employer),
}


@pytest.fixture
def employer(db) -> User:
    return a_member(an_organisation("employer", "RU"))


@pytest.fixture
def vacancy(employer) -> Vacancy:
    return a_vacancy(employer.memberships.get().organisation, employer, openings=10)


@pytest.fixture
def staff(db) -> User:
    return a_member(an_agency())


@pytest.fixture
def matches(vacancy, staff) -> dict[State, Match]:
    """One in every state."""
    agency = staff.memberships.get().organisation
    return {state: a_match(vacancy, a_candidate(agency, a_user()), state) for state in State}


def states(matches: dict[State, Match]) -> dict[State, str]:
    found = dict(Match.objects.order_by("pk").values_list("pk", "state"))
    return {state: found[match.pk] for state, match in matches.items() if match.pk in found}


EXPIRE = {S.APPROVED, S.ACCEPTED, S.SELECTED, S.OFFERED}
AFTER = {state: S.EXPIRED if state in EXPIRE else state for state in State if state != S.SUGGESTED}


@pytest.mark.parametrize("peril", PERILS)
def test_a_vacancy_is_stopped(peril, vacancy, matches):
    before = vacancy.seats_taken
    assert stop_unsafe_vacancies(NOW) == 0
    PERILS[peril](vacancy)
    assert vacancy not in Vacancy.objects.open_on(DAY)  # hidden at once, before anybody is told
    assert stop_unsafe_vacancies(NOW) == 1
    vacancy.refresh_from_db()
    assert (vacancy.status, vacancy.closed_at, vacancy.stopped_because, vacancy.stopped_at) == ("closed", NOW, peril, NOW)
    assert [(event.before, event.after, event.actor) for event in vacancy.events.all()] == [("published", "closed", None)]
    assert vacancy.seats_taken == before - 2 and hasattr(vacancy, "mark")  # selected and offered
    assert states(matches) == AFTER
    event = matches[S.OFFERED].events.last()
    assert (event.after, event.actor, event.at) == (S.EXPIRED, None, NOW)


def test_stopping_again_tells_nobody_again(vacancy, matches):
    danger()
    stop_unsafe_vacancies(NOW)
    count = Message.objects.count()
    later = NOW + timedelta(hours=2)
    assert stop_unsafe_vacancies(later) == 0 and Message.objects.count() == count
    vacancy.refresh_from_db()
    assert vacancy.stopped_at == NOW


def test_who_is_told(vacancy, matches, staff, employer):
    colleague = a_member(staff.memberships.get().organisation)
    stranger = a_member(an_agency())
    User.objects.filter(pk=staff.pk).update(is_active=False)
    danger()
    stop_unsafe_vacancies(NOW)
    assert set(Message.objects.values_list("purpose", flat=True)) == {"job_stopped"}
    by_sms, by_mail = (Message.objects.filter(channel=channel) for channel in ("sms", "mail"))
    knew = {S.APPROVED, S.ACCEPTED, S.SELECTED, S.OFFERED, S.AGREED, S.PLACED}
    assert sorted(by_sms.values_list("to", flat=True)) == sorted(matches[state].candidate.user_id for state in knew)
    assert set(by_sms.values_list("body", flat=True)) == {"Safar: news about your job. Open Safar."}
    [mail] = by_mail.filter(to=colleague)
    assert mail.subject == f"Stopped: {vacancy}" and vacancy.employer.name in mail.body and "dangerous" in mail.body
    assert "1 person in your care is already there" in mail.body and "1 person in your care has agreed" in mail.body
    assert "proposals of 4 people in your care are closed" in mail.body
    [mail] = by_mail.filter(to=employer)
    assert "work at another place" in mail.body
    assert not Message.objects.filter(to__in=[staff, stranger]).exists()
    for message in Message.objects.all():
        assert "Sattorov" not in message.body and "Farrukh" not in message.body


def test_each_in_their_own_language(vacancy, matches, staff, employer):
    migrant = matches[S.OFFERED].candidate.user_id
    for pk, language in ((staff.pk, "tg"), (employer.pk, "ky"), (migrant, "uz")):
        User.objects.filter(pk=pk).update(language=language)
    danger()
    with translation.override("ru"):
        stop_unsafe_vacancies(NOW)
        assert translation.get_language() == "ru"
    messages = {message.to_id: message for message in Message.objects.exclude(channel="app")}
    assert [messages[pk].language for pk in (staff.pk, employer.pk, migrant)] == ["tg", "ky", "uz"]
    for user in (staff, employer):
        with translation.override(messages[user.pk].language):
            words = [str(vacancy), str(vacancy.region)]
        assert words[0] in messages[user.pk].subject and words[1] in messages[user.pk].body
    assert messages[staff.pk].subject != messages[employer.pk].subject


def test_the_short_message_is_short_in_every_language():
    """One SMS holds seventy letters of Cyrillic."""
    for language, _name in configured.LANGUAGES:
        with translation.override(language):
            assert len(JobStopped(Match()).sms()) < 70


def test_several_stopped_jobs_are_one_short_message(staff, employer):
    one, other = (a_vacancy(employer.memberships.get().organisation, employer) for _ in range(2))
    candidate = a_candidate(staff.memberships.get().organisation, a_user())
    for each in (one, other):
        a_match(each, candidate, S.APPROVED)
    danger()
    assert stop_unsafe_vacancies(NOW) == 2
    assert [candidate.user.messages.filter(channel=channel).count() for channel in ("sms", "app")] == [1, 2]
    for member in (staff, employer):
        [mail] = member.messages.filter(channel="mail")
        assert mail.subject == "Stopped: 2 vacancies" and mail.body.count(f"– {one}, {one.region}") == 2
    [mail] = staff.messages.filter(channel="mail")
    assert "The proposal of 1 person in your care is closed" in mail.body


def test_each_employer_and_each_cause_has_its_own_message(staff, employer):
    armed_one, other = a_member(an_organisation("employer", "RU")), employer
    for by in (armed_one, other):
        a_vacancy(by.memberships.get().organisation, by, region_id="RU-MOW")
        a_vacancy(by.memberships.get().organisation, by, region_id="RU-TA")
    danger("RU-TA")
    armed(armed_one.memberships.get().organisation)
    assert stop_unsafe_vacancies(NOW) == 3
    assert sorted("Weapons" in mail.body for mail in armed_one.messages.filter(channel="mail")) == [False, True]
    [mail] = other.messages.filter(channel="mail")
    assert "dangerous" in mail.body and mail.subject.startswith("Stopped: ")


def test_a_candidate_without_an_account_is_told_by_the_agency(vacancy, staff):
    a_match(vacancy, a_candidate(staff.memberships.get().organisation), S.ACCEPTED)
    danger()
    stop_unsafe_vacancies(NOW)
    assert not Message.objects.filter(channel="sms").exists()
    assert "The proposal of 1 person in your care is closed" in staff.messages.get(channel="mail").body


@pytest.mark.parametrize("state", [S.AGREED, S.PLACED])
def test_people_of_a_vacancy_that_was_closed_before(vacancy, staff, state):
    """The employer has filled and closed it; who is there, or about to leave, is told all the same."""
    match = a_match(vacancy, a_candidate(staff.memberships.get().organisation, a_user()), state)
    Vacancy.objects.update(status="closed", closed_at=NOW - timedelta(days=9))
    other = a_vacancy(vacancy.employer, status="closed")
    danger()
    assert stop_unsafe_vacancies(NOW) == 1 and stop_unsafe_vacancies(NOW) == 0
    vacancy.refresh_from_db()
    other.refresh_from_db()
    assert (vacancy.stopped_because, vacancy.closed_at) == ("area", NOW - timedelta(days=9)) and other.stopped_because == ""
    assert match.candidate.user.messages.filter(channel="sms").count() == staff.messages.filter(channel="mail").count() == 1
    match.refresh_from_db()
    assert match.state == state and next_step(match) == STOPPED[state]
    if state == S.AGREED:
        with pytest.raises(NotPossible, match="Nobody is sent there"):
            journey.depart(match, staff, NOW)


def test_what_is_stopped_twice_for_two_reasons_is_told_twice(vacancy, staff):
    a_match(vacancy, a_candidate(staff.memberships.get().organisation, a_user()), S.PLACED)
    listed(vacancy.employer)
    stop_unsafe_vacancies(NOW)
    danger()
    assert stop_unsafe_vacancies(NOW) == 1 and stop_unsafe_vacancies(NOW) == 0
    assert ["dangerous" in mail.body for mail in staff.messages.filter(channel="mail").order_by("pk")] == [False, True]


@pytest.mark.parametrize(
    ("first", "last", "starts_in", "stopped"),
    [
        (0, 0, 40, 1),
        (-9, -1, 40, 0),
        (1, None, 0, 0),
        (1, None, 1, 1),  # the first day of work
        (30, 50, 40, 1),
        (41, None, 40, 0),
        (-9, -1, -5, 0),  # it was dangerous when work began, and is not any more
        (None, None, 40, 1),
    ],
)
def test_the_days_of_danger(vacancy, first, last, starts_in, stopped):
    days = {name: None if day is None else DAY + timedelta(days=day) for name, day in (("valid_from", first), ("valid_to", last))}
    Vacancy.objects.update(starts_on=DAY + timedelta(days=starts_in))
    danger(**days)
    assert stop_unsafe_vacancies(NOW) == stopped == int(vacancy not in Vacancy.objects.safe_on(DAY))


def test_the_day_comes_first_in_the_east(employer):
    organisation = employer.memberships.get().organisation
    kazan, kamchatka = (a_vacancy(organisation, region_id=region, starts_on=DAY) for region in ("RU-TA", "RU-KAM"))
    for vacancy in (kazan, kamchatka):
        danger(vacancy.region_id, valid_from=DAY + timedelta(days=1))
    evening = NOW.replace(hour=13)
    assert stop_unsafe_vacancies(evening) == 1
    kamchatka.refresh_from_db()
    assert kamchatka.stopped_because == "area"
    assert stop_unsafe_vacancies(evening.replace(hour=21, minute=30)) == 1  # midnight in Kazan


def test_what_stops_nothing(vacancy, employer):
    danger("RU-TUL")
    danger(signed_as="")
    EmployerFile.objects.create(employer=vacancy.employer, activities=["25.11", "30.11", "425.4"], suspended_because="Charged workers")
    hit = listed(vacancy.employer)
    SanctionHit.objects.filter(pk=hit.pk).update(verdict="other", reason="Another country", decided_by=employer, decided_at=NOW)
    a_vacancy(status="draft")
    assert stop_unsafe_vacancies(NOW) == 0 and not Message.objects.exists()
    assert vacancy not in Vacancy.objects.safe_on(DAY)  # suspended: hidden, and open again when that ends


def test_a_few_employers_at_a_time():
    for number in (2, 1, 1):
        organisation = an_organisation("employer", "RU")
        for _ in range(number):
            a_vacancy(organisation)
    danger()
    assert [stop_unsafe_vacancies(NOW, most=2) for _ in range(3)] == [2, 2, 0]


def test_the_database_holds_nothing_stopped_that_is_open(vacancy):
    with pytest.raises(IntegrityError), transaction.atomic():
        Vacancy.objects.update(stopped_because="area", stopped_at=NOW)


def test_publishing_is_refused_with_the_reason(employer):
    draft = a_vacancy(employer.memberships.get().organisation, employer, status="draft")
    danger()
    with pytest.raises(NotPublishable, match="dangerous"):
        submit(draft, employer, NOW)


def test_an_agency_on_a_list_is_chosen_by_nobody_and_sends_nobody(vacancy, staff, matches):
    agency = staff.memberships.get().organisation
    undecided = a_candidate(user=a_user())
    assert agency in [offered.agency for offered in care.agencies_for(undecided, NOW)]
    hit = listed(agency)
    assert agency not in [offered.agency for offered in care.agencies_for(undecided, NOW)]
    with pytest.raises(care.NotOffered):
        care.choose_agency(undecided, agency, NOW)
    for act in (lambda: review.approve(matches[S.SUGGESTED], staff, NOW), lambda: journey.depart(matches[S.AGREED], staff, NOW)):
        with pytest.raises(NotPossible, match="agency"):
            act()
    journey.withdraw(matches[S.AGREED], staff, NOW, "other")  # ways out stay open
    assert stop_unsafe_vacancies(NOW) == 0
    hit.delete()
    review.approve(matches[S.SUGGESTED], staff, NOW)


def test_an_employer_on_a_list_reads_no_names(matches, employer):
    assert may_open_person(employer, matches[S.ACCEPTED].candidate)
    listed(employer.memberships.get().organisation)
    assert not may_open_person(employer, matches[S.ACCEPTED].candidate)


def test_pages_say_it(vacancy, matches, client):
    danger()
    stop_unsafe_vacancies(NOW)
    match = Match.objects.select_related("vacancy").get(pk=matches[S.OFFERED].pk)
    assert next_step(match) == STOPPED[S.EXPIRED] != NEXT[S.EXPIRED]
    client.force_login(match.candidate.user)
    for page in ("/en/", f"/en/jobs/mine/{match.uid}/"):
        assert "Safar has stopped this job" in client.get(page).content.decode()
    Vacancy.objects.update(stopped_at=NOW - timedelta(days=4))  # no news any more
    assert "Safar has stopped this job" not in client.get("/en/").content.decode()


@pytest.mark.parametrize("state", [S.AGREED, S.PLACED])
def test_the_first_page_says_what_the_short_message_is_about(vacancy, matches, client, state):
    hit, title = listed(vacancy.employer), str(STOPPED[state].title)
    stop_unsafe_vacancies(NOW)
    client.force_login(matches[state].candidate.user)
    assert title in client.get("/en/").content.decode()
    hit.delete()  # somebody else is meant: whoever has a contract may go
    assert title not in client.get("/en/").content.decode()
    assert title not in client.get(f"/en/jobs/mine/{matches[state].uid}/").content.decode()


def test_the_employer_reads_why_for_as_long_as_it_holds(vacancy, employer, client):
    page, hit = f"/en/jobs/own/{vacancy.uid}/check/", listed(vacancy.employer)
    stop_unsafe_vacancies(NOW)
    client.force_login(employer)
    said = client.get(page).content.decode()
    assert "stopped: the employer’s name is on a sanctions list" in said
    assert "Safar sends nobody there until a person has looked at it." in said
    assert "A person at Safar finds out whether you are meant." in said
    hit.delete()
    assert "sanctions list" not in client.get(page).content.decode()


# Races


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_person_at_once(transactional_db):
    agency, organisation = an_agency(), an_organisation("employer", "RU")
    staff, by = a_member(agency), a_member(organisation)
    one, other = (a_vacancy(organisation, by, openings=9) for _ in range(2))
    people = [a_candidate(agency, a_user()) for _ in range(3)]
    for first, second, candidate in zip([one] * 3, [other] * 3, people, strict=True):
        a_match(first, candidate, S.ACCEPTED)
        a_match(second, candidate, S.APPROVED)
    waiting = a_match(one, a_candidate(agency, a_user()))
    danger()
    outcomes = at_once(
        lambda: stop_unsafe_vacancies(NOW),
        lambda: stop_unsafe_vacancies(NOW),
        lambda: review.approve(waiting, staff, NOW),
    )
    assert sum(outcome for outcome in outcomes[:2] if isinstance(outcome, int)) == 2 and isinstance(outcomes[2], NotPossible)
    assert set(Match.objects.order_by("pk").values_list("state", flat=True)) == {S.EXPIRED}
    told = [who.messages.filter(channel="mail").count() for who in (staff, by)]
    assert Message.objects.filter(channel="sms").count() == 3 and told == [1, 1]
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_operators_sign_at_once(transactional_db):
    operators = [User.objects.create_user(email=f"operator{number}@example.org", is_staff=True, is_superuser=True) for number in range(2)]
    area = danger(signed_as="", signed_at=None, entered_by=a_user())
    a_vacancy()
    at_once(*[lambda who=who: sign([DangerArea.objects.get(pk=area.pk)], by=who, now=NOW) for who in operators])
    area.refresh_from_db()
    assert area.signed_by in operators and stop_unsafe_vacancies(NOW) == 1
