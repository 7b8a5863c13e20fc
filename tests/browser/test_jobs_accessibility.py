"""axe finds nothing serious on the pages of jobs, light or dark, and none is wider than its window: phones, a small one, an office."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from matching import answer, contract, review, select
from matching.forms.offer import from_vacancy
from matching.forms.profile import FORMS
from matching.models import Match, Offer, ScoringAudit, ScoringRun, State, Vacancy
from matching.steps import BY_SLUG
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from tests.browser.jobs import public_agency, sign_in
from tests.browser.test_accessibility import LOOKS, faults


@pytest.fixture
def whole_demo(settings: Any, loaded_demo: str, live_server: Any) -> dict[str, User]:
    """All of the demo, and for Farrukh one match to answer and one with a contract that differs from the vacancy."""
    settings.DEMO = True
    people = {key: User.objects.get(phone=person.phone, email=person.email) for key, person in PEOPLE.items()}
    own, now = (
        Match.objects.filter(candidate__user=people["farrukh"], vacancy__employer__name="StroyKazan").order_by("-points"),
        timezone.now(),
    )
    first, second = own[:2]
    for match in (first, second):
        review.approve(match, people["manizha"], now)
    answer.accept(second, people["farrukh"], now)
    select.select(second, people["ildar"], now)
    told = {"hours_a_week": 60, "overtime": "none", "days_off": 1, "leave_days": 28, "paid_on": [10, 25], "wage_amount": 50_000}
    offer = Offer(**from_vacancy(second.vacancy) | told)
    contract.enter_offer(second, offer, people["manizha"], now)
    return people


def of(person: str) -> list[str]:
    """The pages of one of the cast, below /<language>/jobs/."""
    vacancies = Vacancy.objects.filter(employer__name="StroyKazan").order_by("pk")
    if person == "":
        return ["", "?place=RU-TA&occupation=nurse", f"{vacancies[0].uid}/", "?page=2"]
    if person == "farrukh":
        own = Match.objects.filter(candidate__user__phone=PEOPLE["farrukh"].phone).exclude(state=State.SUGGESTED).order_by("pk")
        steps = [f"profile/{slug}/" for slug in BY_SLUG]
        assert len(own) == 2 and set(FORMS) < set(BY_SLUG)
        contract = [f"mine/{match.uid}/contract/" for match in own if match.offers.exists()]
        return ["profile/", *steps, "profile/statistics/", "mine/", *(f"mine/{match.uid}/" for match in own), *contract]
    if person == "aigul":
        return ["mine/"]
    if person == "ildar":
        steps = [f"own/{vacancies[0].uid}/{step}/" for step in ("place", "skills", "requirements", "pay", "check")]
        busy = vacancies.filter(matches__state=State.ACCEPTED)[0]
        people = busy.matches.filter(state__in=(State.ACCEPTED, State.APPROVED))
        empty = Vacancy.objects.filter(employer__name="StroyKazan").exclude(matches__touched=True)[:1]
        lists = [f"own/{each.uid}/people/" for each in (busy, *empty)]
        return ["own/", "own/new/", *steps, *lists, *(f"own/{busy.uid}/people/{match.uid}/" for match in people)]
    if person == "nigora":
        return ["audit/", f"audit/{ScoringAudit.objects.all()[0].uid}/"]
    assert person == "manizha"
    cared = Match.objects.filter(candidate__care__agency=public_agency(), candidate__care__until=None)
    states = [cared.filter(state=state).first() for state in (State.SUGGESTED, State.DECLINED, State.OFFERED, State.ENDED)]
    desk = [f"desk/{match.vacancy.uid}/{match.uid}/" for match in states if match]
    selected = cared.filter(state=State.SELECTED)[0]
    forms = [f"desk/{selected.vacancy.uid}/{selected.uid}/offer/"]
    person_pages = [f"people/{selected.candidate.uid}/"]
    assert len(desk) == 4
    return ["desk/", *desk, *forms, *person_pages, "runs/", f"runs/{ScoringRun.objects.all()[0].uid}/"]


@pytest.fixture
def visit(whole_demo: dict[str, User], open_page: Callable[..., Any]) -> Any:
    return open_page()


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_pages_of_jobs(visit, language, scheme):
    """Each page in one of the looks, in turn: both would take a minute more."""
    visit.emulate_media(color_scheme=scheme)
    found, turn = [], LOOKS.index((language, scheme))
    for person in ("", "farrukh", "aigul", "ildar", "manizha", "nigora"):
        visit.context.clear_cookies()
        if person:
            sign_in(visit, language, person)
        for path in of(person)[turn :: len(LOOKS)]:
            response = visit.goto(f"/{language}/jobs/{path}")
            assert response.status == 200, path
            found += [(person, path, fault) for fault in faults(visit, scheme)]
    assert found == []
