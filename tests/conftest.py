"""The tests' own world: real servers, a database each, a real browser, a real worker. tests/servers.py starts them."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from signal import SIGKILL
from typing import Any

import django
import hypothesis
import pytest

from tests import servers

gc.set_threshold(20_000, 20, 20)  # at the usual 700 the sweeps cost a tenth of the tests' time
servers.join()  # before the settings are read
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in the tests' thread

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.utils import translation  # noqa: E402

from portal.embedded import chromium  # noqa: E402
from portal.embedded.processes import start, wait_for  # noqa: E402
from portal.ui import catalogues  # noqa: E402
from tests.strict import be_strict  # noqa: E402
from tests.waiting import PATIENCE  # noqa: E402

# Plain static files: live_server serves them from their folders, without hashed names.
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
be_strict()
django.setup()
if servers.WORKER == "main":
    catalogues.compile_all()  # before anybody reads one
    servers.lay_template()
del os.environ["DJANGO_SETTINGS_MODULE"]  # xdist's workers would inherit it, and read the settings before they have joined

hypothesis.settings.register_profile("same each run", derandomize=True, deadline=None)
hypothesis.settings.load_profile("same each run")

PAGE_WITHIN = 60_000  # milliseconds, on a busy machine
COMMITS = {"fresh_db", "transactional_db", "live_server", "celery_worker"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if {"browser", "loaded_demo"} & set(item.fixturenames):
            item.add_marker(pytest.mark.xdist_group("browser"))  # one Chromium and one loaded demo for all


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    servers.be_ready()
    gc.freeze()  # half a million objects of the collected tests, which no sweep need look at again


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing is left to do: servers.be_ready() gave this process a database with all migrations and the starter content."""


@pytest.fixture(autouse=True)
def _django_db_marker(request: pytest.FixtureRequest) -> None:
    """A test whose commits are real gets a database of its own; all others roll back."""
    if _commits(request) or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")


@pytest.fixture
def db(request: pytest.FixtureRequest) -> None:
    """Also for fixtures. A database of a test's own is dropped afterwards, not flushed: some tables let nobody empty them."""
    if not _commits(request) and "cast_rows" in request.fixturenames:
        request.getfixturevalue("_on_the_casts_database")
    request.getfixturevalue("fresh_db" if _commits(request) else "_django_db_helper")


def _commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(COMMITS & set(request.fixturenames) or (marker and marker.kwargs.get("transaction")))


@pytest.fixture(autouse=True)
def _live_server_helper() -> None:
    """Ours needs none of what pytest-django does around its own live_server."""


@pytest.fixture(autouse=True)
def _nothing_left_over() -> None:
    """Each test begins with an empty cache and in no language, whatever the last request of the one before chose."""
    cache.clear()
    translation.deactivate()


@pytest.fixture
def fresh_db(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[str]:
    """A database of the test's own: commits are real, and other processes see them through DATABASE_URL."""
    prepared = next((each for each in ("loaded_demo", "demo_cast", "cast_template") if each in request.fixturenames), None)
    template = request.getfixturevalue(prepared) if prepared else servers.TEMPLATE
    with servers.own_database(template) as name, servers.used(name, django_db_blocker):
        yield name


@pytest.fixture(scope="session")
def loaded_demo(django_db_blocker: Any) -> Iterator[str]:
    """A database with the whole demo, loaded once. Whoever asks for it and for a fresh one gets a copy; others may only read."""
    from django.utils import timezone

    from tests.matching.demo import SIZES, load

    with servers.own_database() as name:
        with servers.used(name, django_db_blocker):
            load(SIZES, timezone.now())
        yield name


@pytest.fixture(scope="session")
def cast_template(django_db_blocker: Any) -> Iterator[str]:
    """A database with the cast, seeded once: seeding costs more than most tests."""
    from django.utils import timezone

    from portal.organisations.seed import seed_cast
    from tests.people import NOW

    with servers.own_database() as name:
        with servers.used(name, django_db_blocker):
            seed_cast(min(NOW, timezone.now()))
        yield name


@pytest.fixture
def cast_rows(cast_template: str, db: None) -> None:
    """The cast are rows of the test's database, whether its commits are real or roll back."""


@pytest.fixture(scope="session")
def _casts_connection(cast_template: str) -> Iterator[Any]:
    from django.db import connections

    with servers.own_database(cast_template) as name:
        own = connections["default"]
        connection = type(own)(own.settings_dict | {"NAME": name})
        yield connection
        connection.close()


@pytest.fixture
def _on_the_casts_database(_casts_connection: Any) -> Iterator[None]:
    from django.db import connections

    own, connections["default"] = connections["default"], _casts_connection
    yield
    connections["default"] = own


@pytest.fixture
def transactional_db(fresh_db: str) -> str:
    return fresh_db


@pytest.fixture
def live_server(fresh_db: str) -> Iterator[Any]:
    """The site on a free port, with static files. `live_server.url` is its address."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    class Server(LiveServerThread):
        @property
        def url(self) -> str:
            return f"http://{self.host}:{self.port}"

    server = Server("localhost", static_handler=StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait(PATIENCE)
    if server.error:
        raise server.error
    yield server
    server.terminate()


@pytest.fixture
def empty_broker() -> None:
    """Without what other tests have left in it for workers that they never started."""
    from portal.celery import app

    with app.connection_for_write() as broker:
        broker.default_channel.client.flushdb()


@pytest.fixture
def celery_worker(fresh_db: str, empty_broker: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real worker for both queues, on the test's own database. On a busy machine too it hears of our wake-ups."""
    from portal.celery import app

    monkeypatch.setattr("portal.wake.PATIENCE", PATIENCE)
    command = [sys.executable, "-m", "celery", "--app", "portal.celery", "worker", "--queues", "now,bulk", "--concurrency", "2"]
    quiet = ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    log = servers.folder() / "logs" / f"worker-{servers.WORKER}.log"
    worker = start(
        "worker", [*command, *quiet], log, cwd=servers.ROOT, stop_signal=SIGKILL
    )  # it has nothing to keep: no time to say goodbye
    try:
        wait_for(lambda: bool(app.control.ping(timeout=0.3)), worker, within=PATIENCE)
        yield
    finally:
        worker.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PAGE_WITHIN)
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS, timeout=PAGE_WITHIN)
        yield chrome
        chrome.close()


@pytest.fixture
def open_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Opens a browser of one's own on the live server, a phone unless told. A script error or a break of the content security
    policy fails the test. Without a service worker: it shows what it has kept where the network, here a busy machine, is slow."""
    contexts, faults = [], []

    def open_one(width: int = 360, height: int = 740, **options: Any) -> Any:
        given = {"base_url": live_server.url, "viewport": {"width": width, "height": height}, "service_workers": "block"}
        context = browser.new_context(**given | options)
        contexts.append(context)
        context.set_default_timeout(PAGE_WITHIN)
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        context.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    return open_page()
