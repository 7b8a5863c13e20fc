"""A real demo, started as a person starts it, for the tests of this folder."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.servers import ROOT
from tests.waiting import PATIENCE, free_port, until

# What the tests' own servers set must not reach the demo.
OURS = ["DATABASE_URL", "REDIS_URL", "SECRET_KEY", "STATIC_ROOT", "DJANGO_SETTINGS_MODULE", "SAFAR_STARTED"]


def environment(data: Path, port: int | str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith(("MAKE", "MFLAGS"))}
    return kept | {"SAFAR_DATA": str(data), "PORT": str(port), "SAFAR_PEOPLE": "40"}


def make(target: str) -> list[str]:
    """The command line; the interpreter is the one that this environment was made from."""
    return ["make", target, f"PYTHON={sys._base_executable}"]  # type: ignore[attr-defined]


def run(target: str, data: Path, port: int | str = 8000) -> subprocess.CompletedProcess[str]:
    return subprocess.run(make(target), cwd=ROOT, env=environment(data, port), capture_output=True, text=True, timeout=PATIENCE)


def belongs(process: psutil.Process, data: Path) -> bool:
    """Children inherit SAFAR_DATA; PostgreSQL overwrites its environment, but works in the data folder."""
    with suppress(psutil.Error, OSError):
        return process.environ().get("SAFAR_DATA") == str(data) or Path(process.cwd()).is_relative_to(data)
    return False


class Demo:
    def __init__(self, data: Path, **more: str) -> None:
        self.data, self.port = data, free_port()
        self.output = data.with_suffix(".output")
        with self.output.open("w") as output:
            # A session of its own, like a terminal's, which hears Ctrl-C even where the tests run in the background and do not;
            # make and the supervisor are its foreground group.
            self.make = subprocess.Popen(
                make("demo"),
                cwd=ROOT,
                env=environment(data, self.port) | more,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )

    def says(self, text: str) -> bool:
        return text in self.output.read_text()

    def answers(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
        return False

    def page(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def processes(self) -> list[psutil.Process]:
        return [process for process in psutil.process_iter() if belongs(process, self.data)]

    def supervisor(self) -> psutil.Process:
        return next(process for process in self.processes() if "portal.embedded.demo" in process.cmdline())

    def wait_until_up(self) -> None:
        until(lambda: self.says("Ctrl-C ends it") or self.make.poll() is not None)
        assert self.answers(), self.output.read_text()

    def wait_until_gone(self) -> None:
        self.make.wait(timeout=PATIENCE)
        until(lambda: self.processes() == [])


@contextmanager
def running(data: Path, **more: str) -> Iterator[Demo]:
    demo = Demo(data, **more)
    try:
        demo.wait_until_up()
        yield demo
    finally:
        if demo.make.poll() is None:
            os.killpg(demo.make.pid, signal.SIGTERM)
        demo.wait_until_gone()
