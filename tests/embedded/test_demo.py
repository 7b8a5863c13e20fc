"""The demo as a whole: it starts, keeps its data, and leaves nothing behind whatever kills it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from portal.embedded.postgres import home_for, socket_folder, sql
from tests import servers
from tests.embedded.demo import Demo, run, running
from tests.waiting import free_port, until

pytestmark = pytest.mark.xdist_group("embedded")
PEOPLE = 300
NOT_PUBLIC = 5  # vacancies of the cast that are a draft, read, sent back or paused


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One data folder for all: the first start is cold, the others find what it left."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    yield folder
    run("demo-reset", folder)


def in_database(demo: Demo, statement: str) -> list[tuple[object, ...]]:
    return sql(socket_folder(home_for(demo.data)), statement)


def loaded(demo: Demo) -> list[object]:
    """How many there are of what the demo makes up, and how many of it twice. A small run more is what a busy machine had put off."""
    tables = ("candidate", "vacancy", "match", "matchevent", "scoringrun WHERE kind = 'full'")
    counts = [sql_count(demo, table) for table in tables]
    return [*counts, sql_count(demo, "candidate", "count(*) - count(DISTINCT uid)")]


def sql_count(demo: Demo, table: str, what: str = "count(*)") -> object:
    return sql(socket_folder(home_for(demo.data)), f"SELECT {what} FROM matching_{table}", database="safar")[0][0]


def names(processes: list[psutil.Process]) -> str:
    return " ".join(" ".join(process.cmdline()) for process in processes)


def is_loading(demo: Demo) -> bool:
    return any("load_demo" in names([process]) for process in demo.processes())


def nothing_outlives_make(demo: Demo, how: signal.Signals) -> None:
    """Make alone gets the signal, not its group as from a terminal."""
    demo.make.send_signal(how)
    demo.wait_until_gone()


# One story: each test ends the demo in another way, and the next one finds what it has left. A start costs seconds.


def test_a_load_is_left_alone_while_it_runs_and_gone_on_with_after_ctrl_c(data: Path) -> None:
    with running(data, SAFAR_PEOPLE=str(PEOPLE)) as demo:
        until(lambda: sql_count(demo, "candidate") >= 100)
        load = next(process for process in demo.processes() if "load_demo" in names([process]))
        load.suspend()  # however long it takes us to look
        assert sql_count(demo, "candidate") < PEOPLE
        assert "Demo data is loading" in demo.page("/en/")
        for refused in (run("demo-reset", data), run("demo", data, free_port())):
            assert refused.returncode != 0
            assert refused.stderr.splitlines()[0].startswith(f"A demo is already running on {data} (process ")
        assert demo.answers()
        load.resume()
        os.killpg(demo.make.pid, signal.SIGINT)
        demo.wait_until_gone()
        assert demo.says("nothing is left running") and not demo.says("Traceback") and not demo.says("Demo scores")

    with running(data, SAFAR_PEOPLE=str(PEOPLE)) as demo:
        until(lambda: sql_count(demo, "candidate") == PEOPLE and not is_loading(demo))  # on a busy machine the workers score meanwhile
        until(lambda: "Demo data is loading" not in demo.page("/en/"))
        whole = loaded(demo)
        assert whole[0] == PEOPLE and whole[1] == PEOPLE // 10 + NOT_PUBLIC and whole[-1] == 0
        assert (data / "logs" / "people.log").read_text() == ""
        everything = names(demo.processes())
        for part in ("postgres", "valkey-server", "gunicorn", "--queues now", "--queues bulk", " beat "):
            assert part in everything
        in_database(demo, "CREATE TABLE kept AS SELECT 7 AS value")
        key = (data / "secret-key").read_text()
        assert (data / "secret-key").stat().st_mode & 0o777 == 0o600
        demo.supervisor().kill()
        demo.wait_until_gone()

    with running(data, SAFAR_PEOPLE=str(PEOPLE)) as demo:
        until(lambda: not is_loading(demo))
        assert loaded(demo) == whole and not demo.says("Demo people")
        assert in_database(demo, "SELECT value FROM kept") == [(7,)]
        assert (data / "secret-key").read_text() == key
        nothing_outlives_make(demo, signal.SIGTERM)


def test_a_demo_that_loses_a_service_says_so_and_ends(data: Path) -> None:
    with running(data) as demo:
        next(process for process in demo.processes() if "valkey-server" in names([process])).kill()
        demo.wait_until_gone()
        assert demo.says("The demo stops because Valkey ended")


def test_a_power_cut_leaves_nothing_that_stops_the_next_start(data: Path) -> None:
    with running(data) as demo:
        for process in demo.processes():
            process.suspend()
        for process in demo.processes():
            process.kill()
        until(lambda: demo.processes() == [])
    home = home_for(data)
    (home / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n")  # by now another process has that number
    with running(data) as demo:
        assert demo.answers()
        nothing_outlives_make(demo, signal.SIGKILL)


def test_servers_that_are_given_are_used_until_an_interrupt_that_make_alone_hears(data: Path) -> None:
    """Also where the folder has its own: it holds the static files already."""
    socket = Path(os.environ[servers.SOCKETS]) / "valkey.sock"
    with (
        servers.own_database() as name,
        running(data, DATABASE_URL=servers.database_url(name), REDIS_URL=f"unix://{socket}?db=60") as demo,
    ):
        everything = names(demo.processes())
        assert "gunicorn" in everything
        assert "postgres" not in everything
        assert "valkey-server" not in everything
        nothing_outlives_make(demo, signal.SIGINT)
