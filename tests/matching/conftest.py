import pytest

from portal import celery
from tests.matching.labour import Market
from tests.matching.profiles import agencies, farrukh, trade  # noqa: F401
from tests.matching.vacancies import draft, published  # noqa: F401
from tests.people import cast, now, one_click, signed_in  # noqa: F401
from tests.waiting import free_port


@pytest.fixture
def gate_is_open(settings):
    """The demo signs for itself; elsewhere nobody is proposed before people have signed."""
    settings.DEMO = True


@pytest.fixture
def demo(settings, monkeypatch):
    """Matching is open: here, and in the workers that a test starts."""
    settings.DEMO = True
    monkeypatch.setenv("SAFAR_DEMO", "1")


@pytest.fixture
def market(cast_rows, demo) -> Market:
    return Market()


@pytest.fixture
def lasting_market(fresh_db, cast_rows, demo) -> Market:
    """One that other processes see."""
    return Market()


@pytest.fixture
def no_broker(monkeypatch):
    monkeypatch.setattr(celery.app.conf, "broker_write_url", f"redis://127.0.0.1:{free_port()}/0")
