"""axe finds nothing serious on people's homes and the lists behind them, light or dark, and none is wider than its window."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from matching.models import ScoringMark, State, Vacancy
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from portal.organisations.seed import seed_cast
from tests.browser.jobs import sign_in
from tests.browser.test_accessibility import LOOKS, faults
from tests.matching.factories import a_candidate, a_match
from tests.portal.home import a_job, a_pair, named

LISTS = {
    "manizha": ["jobs/people/", "jobs/desk/waiting/", "jobs/desk/waiting/contracts/", "jobs/desk/second/"],
    "ildar": ["jobs/own/?show=people", "jobs/own/?show=unlisted"],
    "rustam": ["learn/facts/"],
    "timur": ["jobs/ready/"],
}


@pytest.fixture
def busy(settings: Any, live_server: Any) -> None:
    """Something waits for everybody, and Rustam is three things at once."""
    settings.DEMO = True
    seed_cast(timezone.now())
    agency, employer = named("Dushanbe Labour Agency"), named("StroyKazan")
    farrukh = a_candidate(agency, User.objects.get(phone=PEOPLE["farrukh"].phone))
    for state in (State.OFFERED, State.APPROVED, State.AGREED, State.ACCEPTED):
        a_match(a_job(employer), farrukh, state)
    for state in (State.SELECTED, State.APPROVED, State.ACCEPTED, State.SUGGESTED):
        a_pair(employer, agency, state, since_days=5)
    a_pair(employer, agency, State.AGREED, days=3)
    a_job(employer, days=10)
    a_job(employer, days=-40)
    draft = a_job(employer, status=Vacancy.Status.DRAFT, published_at=None)
    Organisation.objects.create(kind="employer", name="New", country_id="RU")
    ScoringMark.objects.create(vacancy=draft, marked_at=timezone.now() - timedelta(minutes=5))
    rustam = User.objects.get(email=PEOPLE["rustam"].email)
    for name in ("AlmatyFood", "Khatlon Labour Office"):
        Membership.objects.create(user=rustam, organisation=named(name))


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_homes(page: Any, busy: None, language: str, scheme: str) -> None:
    """Each home in both looks, the lists behind it in turn."""
    page.emulate_media(color_scheme=scheme)
    found, turn = [], LOOKS.index((language, scheme))
    for person in PEOPLE:
        page.context.clear_cookies()
        sign_in(page, language, person)
        assert page.url.endswith(f"/{language}/")
        for path in ["", *LISTS.get(person, [])[turn :: len(LOOKS)]]:
            assert page.goto(f"/{language}/{path}").status == 200, path
            found += [(person, path, fault) for fault in faults(page, scheme)]
    assert found == []
