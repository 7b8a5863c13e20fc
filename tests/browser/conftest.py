import os
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from matching.demo.candidates import load_agencies
from matching.demo.pipeline import load_demo_pipeline
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.money.demo import load_demo_rates
from portal.organisations.seed import seed_cast
from remittances.demo import load_demo_quotes
from tests.servers import ROOT

SHOTS = ROOT / "test-results"
PICTURES = "PICTURES" in os.environ  # `make pictures` asks for them


@pytest.fixture
def demo(fresh_db: str, settings: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The demo's pages and a real worker that delivers to its outbox page."""
    settings.DEMO = True
    monkeypatch.setenv("SAFAR_DEMO", "1")
    request.getfixturevalue("celery_worker")


@pytest.fixture
def people(fresh_db: str, settings: Any) -> dict[str, User]:
    """The cast, the agencies and the demo's law: nobody has a profile, no vacancy is written."""
    settings.DEMO = True
    now = timezone.now()
    seed_cast(now)
    load_demo_rates(now.date())
    load_demo_quotes(now.date())
    load_agencies(now)
    load_demo_pipeline(now)
    return {key: User.objects.get(phone=person.phone, email=person.email) for key, person in PEOPLE.items()}


@pytest.fixture
def shot() -> Callable[[Any, str], None]:
    """Saves a picture of the page under test-results/, where pictures are asked for."""

    def save(page: Any, name: str) -> None:
        # Playwright hides the caret with style attributes; htmx would copy them, which the security policy forbids.
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True, caret="initial")

    return save if PICTURES else lambda page, name: None


@pytest.fixture
def tour() -> Callable[[Any, str], None]:
    """Saves what one sees of the page without scrolling as a picture of the tour."""

    def save(page: Any, name: str) -> None:
        page.screenshot(path=SHOTS / f"tour-{name}.png", caret="initial")

    return save if PICTURES else lambda page, name: None


@pytest.fixture
def plain_page(open_page: Callable[..., Any]) -> Any:
    """A phone with scripts switched off."""
    return open_page(java_script_enabled=False)
