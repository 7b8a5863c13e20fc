from collections.abc import Iterator
from datetime import date

import pytest

from portal.money import ask_bank
from tests.people import cast, one_click  # noqa: F401
from tests.rate_server import RateServer

FRIDAY = date(2031, 3, 14)


@pytest.fixture
def server(settings, monkeypatch) -> Iterator[RateServer]:
    with RateServer(FRIDAY) as server:
        settings.RATE_FEEDS = server.addresses
        monkeypatch.setattr(ask_bank, "TIMEOUT", 0.15)
        monkeypatch.setattr(ask_bank, "PATIENCE", 0.15)
        yield server
        server.shutdown()
