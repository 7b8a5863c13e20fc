"""When a name on a list was somebody else's, or a danger ends, who was stopped is told; until then their first page says why."""

from datetime import timedelta

import pytest

from matching.danger import stop_unsafe_vacancies, tell_of_past_dangers
from matching.models import DangerArea, EmployerFile
from matching.sign import end_danger
from portal.accounts.models import User
from portal.organisations.decide_hit import decide_hit
from portal.organisations.find_hits import look_up
from portal.organisations.models import Organisation, SanctionEntry, SanctionHit
from tests.matching.factories import DAY, a_member, a_vacancy, an_agency, an_organisation
from tests.matching.test_danger import armed, danger, listed
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def operator(cast) -> User:
    return cast["timur"]


def on_a_list(organisation: Organisation) -> SanctionHit:
    SanctionEntry.objects.create(
        list="un",
        reference="QDe.7",
        kind="entity",
        name="X",
        names=[organisation.name],
        folded=[organisation.name.lower()],
        generated_on=DAY,
    )
    assert look_up(organisation, NOW) == 1
    return SanctionHit.objects.get()


def subjects(user: User) -> list[str]:
    return list(user.messages.filter(channel="app").order_by("pk").values_list("subject", flat=True))


@pytest.mark.parametrize("kind", ["employer", "agency"])
def test_somebody_else_is_meant(operator, kind):
    organisation = an_agency() if kind == "agency" else an_organisation("employer", "RU")
    Organisation.objects.filter(pk=organisation.pk).update(name="northwind")
    organisation.refresh_from_db()
    by, stranger = a_member(organisation), a_member(an_agency() if kind == "agency" else an_organisation("employer", "RU"))
    if kind == "employer":
        a_vacancy(organisation, by)
    hit = on_a_list(organisation)
    stop_unsafe_vacancies(NOW)
    [stopped] = subjects(by)
    assert stopped.startswith("Stopped: ") if kind == "employer" else stopped == "Your agency is stopped"
    decide_hit(hit, "same", "It is they.", by=operator, now=NOW)
    assert len(subjects(by)) == 1
    decide_hit(hit, "other", "Another country.", by=operator, now=NOW)
    assert subjects(by)[1:] == ["You are not stopped any more"] and not subjects(stranger)
    said = by.messages.filter(channel="app").order_by("pk").last().body
    assert ("People can choose you again" in said) == (kind == "agency") and ("publish vacancies again" in said) == (kind == "employer")


def test_the_danger_ends(operator):
    employer, other = (a_member(an_organisation("employer", "RU")) for _ in range(2))
    first, second = (a_vacancy(employer.memberships.get().organisation, employer) for _ in range(2))
    a_vacancy(other.memberships.get().organisation, other, region_id="RU-MOW")
    area = danger()
    stop_unsafe_vacancies(NOW)
    tell_of_past_dangers(NOW)
    assert len(subjects(employer)) == 1
    end_danger([area], by=operator, now=NOW)
    tell_of_past_dangers(NOW)  # today is the last day
    assert len(subjects(employer)) == 1
    for hour in range(3):
        tell_of_past_dangers(TOMORROW + timedelta(hours=hour))
    [told] = subjects(employer)[1:]
    assert told.startswith("The danger is over") and not subjects(other)
    body = employer.messages.filter(channel="app").order_by("pk").last().body
    assert body.count("– ") == 2 and str(first) in body and str(second) in body


@pytest.mark.parametrize("still", ["area", "sanctions"])
def test_what_something_else_stops_is_not_over(still):
    employer = a_member(an_organisation("employer", "RU"))
    vacancy = a_vacancy(employer.memberships.get().organisation, employer)
    danger(valid_to=DAY)
    stop_unsafe_vacancies(NOW)
    {"area": lambda: danger(), "sanctions": lambda: listed(vacancy.employer)}[still]()
    tell_of_past_dangers(TOMORROW)
    assert len(subjects(employer)) == 1


def test_a_danger_that_nobody_signed_is_none():
    employer = a_member(an_organisation("employer", "RU"))
    a_vacancy(employer.memberships.get().organisation, employer)
    area = danger(valid_to=DAY)
    stop_unsafe_vacancies(NOW)
    DangerArea.objects.filter(pk=area.pk).update(signed_as="", signed_at=None)
    tell_of_past_dangers(TOMORROW)
    assert len(subjects(employer)) == 1


WHY = {
    "sanctions": (lambda employer: listed(employer), "You are stopped", "finds out whether you are meant"),
    "goods": (armed, "You are stopped", "your activities are written down wrongly"),
    "area": (lambda employer: danger(valid_from=DAY - timedelta(days=9)), "Vacancies are stopped", "for work at another place"),
}


@pytest.mark.parametrize("why", WHY)
def test_the_first_page_of_an_employer_says_why_and_what_to_do(one_click, why):
    organisation = Organisation.objects.get(name="StroyKazan")
    a_vacancy(organisation)
    client, (stop, title, what_to_do) = one_click("ildar"), WHY[why]
    assert title not in client.get("/en/").content.decode()
    stop(organisation)
    stop_unsafe_vacancies(NOW)
    page = client.get("/en/").content.decode()
    assert title in page and what_to_do in page
    for model in (SanctionHit, EmployerFile, DangerArea):
        model.objects.all().delete()
    assert title not in client.get("/en/").content.decode()


def test_the_first_page_of_an_agency(one_click):
    client, hit = one_click("manizha"), listed(Organisation.objects.get(name="Dushanbe Labour Agency"))
    assert "Your agency is stopped" in client.get("/en/").content.decode()
    hit.delete()
    assert "Your agency is stopped" not in client.get("/en/").content.decode()
