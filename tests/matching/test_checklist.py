"""The list before departure: the last safe day of each step, for the worker, for the agency and for a phone's calendar."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from matching.checklist import ASK, DONE, LATE, TODO, checklist, last_day
from matching.models import LegalRoute, Match, State, VacancyPaper
from matching.preparation import before_departure
from orientation.models import Certificate, Course, CourseEdition, Fact
from portal.organisations.models import Organisation
from tests.matching.factories import a_candidate, a_match, a_user, a_vacancy, an_agency
from tests.portal.test_budgets import KB, zipped

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)  # a Monday
START = date(2027, 2, 1)  # a Monday


@pytest.fixture(autouse=True)
def signed():
    LegalRoute.objects.update(signed_as="Timur")


def a_job(citizenship: str = "TJ", region: str = "RU-TA", state: State = State.APPROVED, **given) -> Match:
    vacancy = a_vacancy(region_id=region, **{"starts_on": START} | given)
    for kind in ("kz_permit", "kz_enbek") if region.startswith("KZ") else ():
        VacancyPaper.objects.create(vacancy=vacancy, kind=kind, number="12", dated=TODAY)
    return a_match(vacancy, a_candidate(an_agency(), a_user(), citizenship=citizenship), state)


def steps(match: Match, today: date = TODAY) -> dict:
    items = checklist(Match.objects.get(pk=match.pk), match.offers.last(), today)
    assert len({item.code for item in items}) == len(items)
    return {item.code: item for item in items}


def days(found: dict) -> dict[str, str]:
    return {code: str(item.last_day or "") for code, item in found.items()}


def test_a_patent_is_made_after_arrival():
    found = steps(a_job())
    assert days(found) == {
        "course": "2027-01-01",
        "right": "2027-01-02",
        "contract": "2027-01-01",
        "ticket": "2027-01-02",
        "registration": "2027-01-16",  # 15 days, the day of entry is the first
        "medical": "2027-01-31",
        "patent": "2027-01-31",
        "exam": "2027-01-31",
        "copy": "",  # counted from a day that nobody knows yet
    }
    assert {code for code, item in found.items() if item.tone == TODO} == {*found} - {"contract"}
    assert found["contract"].tone == ASK  # no offer yet
    assert found["registration"].fact.code == "RU-REG-TJ" and found["registration"].fact.source_name


def test_without_a_permit_one_travels_until_the_day_before():
    found = steps(a_job("KG"))
    assert (found["right"].tone, found["ticket"].last_day) == (DONE, date(2027, 1, 31))
    assert days(found)["registration"] == days(found)["medical"] == "2027-03-01" and "patent" not in found


def test_an_employers_permit_is_there_before_travel():
    found = steps(a_job("TJ", "KZ-75"))
    assert found["right"].last_day == START - timedelta(days=45) and "before your agency has seen it" in found["right"].text
    assert found["ticket"].last_day == date(2027, 1, 31)  # a Sunday
    assert found["host"].last_day == date(2027, 2, 3)  # three working days: Monday to Wednesday
    assert (found["online"].tone, found["online"].last_day) == (ASK, None) and found["online"].fact.status_note


@pytest.mark.parametrize(
    ("number", "unit", "last"),
    [(1, "day", 29), (3, "day", 31), (1, "working_day", 29), (3, "working_day", 33), (2, "month", None), (99999, "day", None)],
)
def test_days_and_working_days(number, unit, last):
    friday = date(2027, 1, 29)
    assert last_day(Fact(number=number, unit=unit), friday) == (friday + timedelta(days=last - 29) if last else None)


def test_too_late():
    found = steps(a_job(), date(2027, 1, 3))
    late = {code for code, item in found.items() if item.tone == LATE}
    assert late == {"course", "right", "contract", "ticket"}
    assert all(found[code].tone == ASK and found[code].last_day is None for code in ("registration", "medical", "patent"))


def test_what_is_not_known_is_not_guessed():
    match = a_job()
    Fact.objects.filter(code="RU-REG-TJ").update(status=Fact.Status.UNKNOWN)
    Fact.objects.filter(code="RU-MEDICAL").update(number=None, unit="")
    Fact.objects.filter(code="RU-PATENT").update(valid_to=TODAY)  # over before anybody enters
    found = steps(match)
    for code in ("registration", "medical", "patent", "exam"):
        assert (found[code].tone, found[code].last_day) == (ASK, None)
    LegalRoute.objects.update(signed_as="")
    assert days(steps(match)) == {"course": "", "right": "", "contract": "", "ticket": ""}
    assert steps(match)["ticket"].tone == steps(match)["right"].tone == ASK


def test_no_first_day_no_dates():
    assert not any(days(steps(a_job(starts_on=None, status="draft", published_at=None))).values())


def test_a_ban_says_call():
    match = a_job()
    ban = {"effect": "ban", "origin": "TJ", "destination": "RU", "source_name": "x", "signed_as": "Timur"}
    LegalRoute.objects.create(**ban, regime="patent", region="RU-TA", activity="*")
    assert steps(match)["right"].tone == LATE and steps(match)["ticket"].tone == ASK


def test_papers_are_valid_on_the_first_day():
    match = a_job(licences=["B"], certificates=["height"])
    found = steps(match)
    assert found["licence-B"].tone == found["certificate-height"].tone == ASK and found["licence-B"].last_day == date(2027, 1, 1)
    held = match.candidate.certificates.create(code="height", valid_until=START - timedelta(days=1))
    assert steps(match)["certificate-height"].tone == TODO
    held.valid_until = START
    held.save()
    match.candidate.licences.create(category="B", issued_in="TJ")
    assert steps(match)["certificate-height"].tone == steps(match)["licence-B"].tone == DONE


def test_the_contract_sets_the_days():
    match = a_job(state=State.AGREED)
    match.offers.update(starts_on=START + timedelta(days=7), conditions=["travel"], agreed_at=timezone.now())
    found = steps(match)
    assert found["ticket"].last_day == date(2027, 1, 9) and "The employer pays for it" in found["ticket"].text
    assert found["contract"].tone == DONE


def test_who_has_left_counts_from_that_day():
    match = a_job(state=State.PLACED)
    found = steps(match, TODAY)  # placed on 21 November, see the factory
    assert {*found} == {"right", "registration", "medical", "patent", "exam", "copy"}
    assert found["registration"].last_day == date(2026, 12, 5) and found["right"].tone == TODO
    assert steps(match, date(2026, 12, 6))["registration"].tone == LATE


def test_who_is_there_already_has_entered_on_a_day_that_nobody_wrote_down():
    match = a_job()
    match.candidate.located_in = "RU"
    match.candidate.save()
    found = steps(match)
    assert found["registration"].last_day is None and found["registration"].tone == ASK
    match.candidate.papers.create(code="ru-patent", region="RU-TA", valid_until=START)
    found = steps(match)
    assert found["right"].tone == DONE and not {"patent", "exam", "copy"} & {*found}


def test_the_course_of_the_corridor():
    match = a_job()
    edition = CourseEdition.objects.filter(course__subject=Course.Subject.ORIENTATION).first()
    given = {"edition": edition, "issued_at": timezone.now(), "user": match.candidate.user}
    certificate = Certificate.objects.create(code="0123456789", corridor="TJ-KZ", **given)
    assert steps(match)["course"].tone == TODO
    Certificate.objects.filter(pk=certificate.pk).update(corridor="TJ-RU")
    assert steps(match)["course"].tone == DONE


def test_staff_read_the_same_steps_and_days():
    match = a_job(starts_on=timezone.now().date() + timedelta(days=100))
    said = {step.label: (step.text, step.tone) for step in before_departure(Match.objects.get(pk=match.pk), None)}
    assert said["Course before departure"][0].startswith("not done yet · by ") and said["Course before departure"][1] == "warn"
    assert said["Registration where you live"][0].startswith("by ") and "Free from" in said


@pytest.fixture
def mine(cast) -> Match:
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    start = timezone.now().date() + timedelta(days=100)
    return a_match(a_vacancy(starts_on=start, certificates=["height"]), a_candidate(agency, cast["farrukh"]), State.APPROVED)


def test_the_page(signed_in, mine, django_assert_max_num_queries):
    client = signed_in("farrukh")
    assert f"/en/jobs/mine/{mine.uid}/before/" in client.get(f"/en/jobs/mine/{mine.uid}/").content.decode()
    with django_assert_max_num_queries(18):
        response = client.get(f"/en/jobs/mine/{mine.uid}/before/")
    page = response.content.decode()
    assert "Last safe day" in page and "Citizens of Tajikistan: time without registration" in page and "before.ics" in page
    assert zipped(response.content) <= 12 * KB and "no-store" in response["Cache-Control"] and "htmx" not in page


def test_the_calendar_names_no_employer(signed_in, mine):
    client, url = signed_in("farrukh"), f"/en/jobs/mine/{mine.uid}/before.ics"
    response = client.get(url)
    assert response["Content-Type"].startswith("text/calendar") and response["Content-Disposition"].startswith("attachment")
    assert "private" in response["Cache-Control"] and "no-store" in response["Cache-Control"]
    events = {str(event["UID"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}
    ticket = events[f"{mine.uid}-ticket@safar"]
    assert str(ticket["SUMMARY"]) == "Safar: Ticket"
    assert ticket["DTSTART"].dt == mine.vacancy.starts_on - timedelta(days=30)
    assert ticket["DTEND"].dt - ticket["DTSTART"].dt == timedelta(days=1) and ticket["DTSTART"].params["VALUE"] == "DATE"
    (alarm,) = ticket.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-3, hours=9)
    for told in (mine.vacancy.employer.name, str(mine.vacancy), mine.vacancy.address):
        assert told not in response.content.decode().replace("\r\n ", "")
    assert {str(event["UID"]) for event in Calendar.from_ical(client.get(url).content).walk("VEVENT")} == {*events}


@pytest.mark.parametrize("page", ["before/", "before.ics"])
def test_only_ones_own_and_only_once_approved(signed_in, client, mine, page):
    url = f"/en/jobs/mine/{mine.uid}/{page}"
    assert client.get(url).status_code == 302  # to the sign-in
    assert signed_in("aigul").get(url).status_code == 404
    assert signed_in("manizha").get(url).status_code == 403  # reads it at the agency's desk
    farrukh = signed_in("farrukh")
    assert farrukh.post(url).status_code == 405
    for state, status in [(State.SUGGESTED, 404), (State.WITHDRAWN, 404), (State.PLACED, 200)]:
        Match.objects.filter(pk=mine.pk).update(state=state)
        assert farrukh.get(url).status_code == status
