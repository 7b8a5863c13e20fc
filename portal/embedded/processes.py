"""Processes that never outlive the one that started them."""

import ctypes
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals
from typing import Any

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)


class Refusal(Exception):
    """One sentence that says why Safar does not start and what to do about it."""


def end_with_parent(how: Signals, parent: int) -> None:
    """Have the kernel send this process a signal when its parent dies, however that happens."""
    if sys.platform == "linux":
        libc.prctl(PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:
        os.kill(os.getpid(), how)


def identity(user: int | None) -> dict[str, Any]:
    """What makes subprocess start something as another user; nothing for None."""
    return {} if user is None else {"user": user, "group": user, "extra_groups": []}


@dataclass
class Service:
    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: Signals

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def last_words(self) -> str:
        lines = [line.strip() for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        faults = [line for line in lines if re.search("FATAL|PANIC|error", line, re.IGNORECASE)]
        last = (faults or lines or ["it said nothing"])[-1]
        return re.sub("^.*?(?=FATAL|PANIC)", "", last)

    def wait(self, within: float) -> bool:
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(within)
        return self.ended

    def ask_to_stop(self) -> None:
        self.process.send_signal(self.stop_signal)

    def stop(self, within: float = 5) -> None:
        """End the service and whatever it started, by force where asking takes too long."""
        self.ask_to_stop()
        self.wait(within)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, SIGKILL)
        self.process.wait()


def start(
    name: str,
    command: Sequence[str | Path],
    log: Path,
    *,
    stop_signal: Signals = SIGTERM,
    orphan_signal: Signals = SIGKILL,
    user: int | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    keep_open: Sequence[int] = (),
    talks: bool = False,
) -> Service:
    """Start a process in a session of its own, so that a Ctrl-C in the terminal reaches only us.

    `orphan_signal` is what it gets when we die without stopping it. It holds the `keep_open` files for as long as it lives.
    One that `talks` writes to our terminal, its errors to the log.
    """
    parent = os.getpid()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=None if talks else output,
            stderr=output,
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(orphan_signal, parent),
            env=env,
            cwd=cwd,
            pass_fds=keep_open,
            **identity(user),
        )
    return Service(name, process, log, stop_signal)


def wait_for(ready: Callable[[], bool], service: Service, within: float) -> None:
    """Poll until the service answers; a service that ends or stays silent is a refusal."""
    deadline = time.monotonic() + within
    while not ready():
        if service.ended:
            raise Refusal(f"{service.name} did not start: {service.last_words()} (log: {service.log})")
        if time.monotonic() > deadline:
            raise Refusal(f"{service.name} did not answer within {within:.0f} s; its log is {service.log}")
        time.sleep(0.03)
