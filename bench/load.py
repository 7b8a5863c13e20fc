"""Fifty people at once on the pages of the journey: locust asks the web server that `make demo` starts, on the same two processors.

They read, as nearly everybody does nearly always. What locust waits for is all of it: the queue before the server, the page, the way back.
"""

import csv
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings

from bench.country import Country, country
from bench.harness import Line, Sizes
from bench.pages import Reader, crowd, signed_in
from portal.embedded.processes import start, wait_for
from tests import servers
from tests.waiting import free_port

SECONDS_A_PAGE = 0.5  # what a reader should not wait longer for, at the 95th percentile
ROOT = Path(__file__).parent.parent


def measure(sizes: Sizes) -> list[Line]:
    if find_spec("locust") is None:  # requirements-bench.txt
        return [Line("many readers at once", "locust is not installed")]
    users, seconds = sizes.load
    with country(Country(*sizes.country)), web_server() as port:
        stats = locust(port, [as_json(reader) for reader in crowd(users)], users, seconds, wait=(1, 5))
    return lines(stats, users, seconds)


@contextmanager
def web_server() -> Iterator[int]:
    """The port of a web server like the demo's, on the database that `DATABASE_URL` names."""
    port = free_port()
    web = [sys.executable, "-m", "gunicorn", "--config", "python:portal.embedded.web"]
    server = start("web", web, servers.folder() / "logs/bench-web.log", env=os.environ | {"PORT": str(port)}, cwd=ROOT)
    try:
        wait_for(lambda: answers(port), server, within=60)
        yield port
    finally:
        server.stop()


def as_json(reader: Reader) -> dict[str, object]:
    cookie = signed_in(reader.user).cookies.get(settings.SESSION_COOKIE_NAME)
    return {
        "who": reader.who,
        "cookie": f"{settings.SESSION_COOKIE_NAME}={cookie.value}" if cookie else "",
        "pages": [(page.name, page.path) for page in reader.pages],
    }


def answers(port: int, path: str = "/healthz") -> bool:
    with suppress(OSError), urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return bool(answer.status == 200)
    return False


def locust(port: int, readers: list[dict[str, object]], users: int, seconds: int, wait: tuple[float, float]) -> Path:
    """`wait`: how many seconds a reader spends on a page, from and to. All are there before it counts."""
    folder = servers.folder()
    (folder / "readers.json").write_text(json.dumps({"readers": readers, "wait": wait}))
    command = [
        sys.executable,
        "-m",
        "locust",
        "--locustfile",
        ROOT / "bench/locustfile.py",
        "--headless",
        "--only-summary",
        "--reset-stats",
    ]
    command += ["--users", str(users), "--spawn-rate", str(max(1, users // 5)), "--run-time", f"{seconds}s", "--stop-timeout", "10"]
    command += ["--host", f"http://localhost:{port}", "--csv", folder / "load"]
    env = os.environ | {"SAFAR_BENCH_READERS": str(folder / "readers.json")}
    run = start("locust", command, folder / "logs/bench-locust.log", env=env, cwd=ROOT)
    if run.process.wait() not in (0, 1):  # 1: some pages failed, and the lines say which
        raise RuntimeError(run.last_words())
    return folder / "load_stats.csv"


def lines(stats: Path, users: int, seconds: int) -> list[Line]:
    """From locust's table: the whole first, then each page, the slowest first."""
    with stats.open() as file:
        asked = [row for row in csv.DictReader(file) if int(row["Request Count"])]  # some pages had their turn before it counted
        rows = sorted(asked, key=lambda row: (row["Name"] != "Aggregated", -int(row["95%"])))
    return [line_of(row, users, seconds) for row in rows]


def line_of(row: dict[str, str], users: int, seconds: int) -> Line:
    asked, failed, p95 = int(row["Request Count"]), int(row["Failure Count"]), int(row["95%"])
    measured = f"{int(row['50%'])} ms, p95 {p95} ms" + (f", {failed} of {asked} failed" if failed else "")
    if row["Name"] == "Aggregated":
        return Line(f"{users} readers at once, {asked:,} pages in {seconds} s", measured, reached=None if not failed else False)
    return Line(f"… {row['Name']}", measured, f"p95 ≤ {SECONDS_A_PAGE * 1000:.0f} ms", not failed and p95 <= SECONDS_A_PAGE * 1000)
