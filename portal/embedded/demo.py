"""`make demo` and `make centre`: everything Safar needs, from wheels, for as long as this process lives."""

import os
import re
import shutil
import signal
import socket
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from types import FrameType

from portal.embedded import centre, data_folder
from portal.embedded.postgres import home_for, socket_folder, start_postgres
from portal.embedded.processes import Refusal, Service, end_with_parent, start, wait_for
from portal.embedded.progress import say
from portal.embedded.valkey import start_valkey

ROOT = Path(__file__).resolve().parent.parent.parent
STEPS = ["migrate", "compile_messages", "load_content", "collectstatic", "load_demo"]
QUEUES = ["now", "bulk"]
PEOPLE = "people"  # the process that loads them
STOP_ORDER = [["prepare", PEOPLE], ["web", "beat", *QUEUES], ["Valkey"], ["PostgreSQL"]]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
STOP_WITHIN = 12.0  # seconds for all of them together


class Stop(BaseException):
    """Somebody asked the demo to end, or whoever started it is gone."""


def on_signal(number: int, frame: FrameType | None) -> None:
    ignore_signals()
    raise Stop


def ignore_signals() -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)


def chosen_port() -> int:
    """PORT, found free before anything is started."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Refusal(f"PORT must be a number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            raise Refusal(f"Port {text} cannot be used ({error.strerror}): choose another, for example `make demo PORT=8765`.") from error
    return int(text)


def make_waits_for_us(parent: int) -> bool:
    """Whether our parent is a make that was told to end by SIGINT or SIGHUP: it passes neither on, it waits.

    What tells it from a make at work is that it neither catches nor ignores the signal any more.
    """
    status = Path(f"/proc/{parent}/status").read_text()
    handled = {int(mask, 16) for mask in re.findall(r"^Sig(?:Cgt|Ign):\s*(\w+)", status, re.MULTILINE)}
    return status.startswith("Name:\tmake\n") and any(
        not any(mask >> number - 1 & 1 for mask in handled) for number in (signal.SIGINT, signal.SIGHUP)
    )


class Demo:
    def __init__(self, data: Path, lock: int, port: int) -> None:
        self.data, self.lock, self.port = data, lock, port
        self.logs = data / "logs"
        self.services: dict[str, Service] = {}

    def run(self, parent: int) -> None:
        """Start everything, then watch until something ends."""
        if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
            self.start_servers()
        os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY") or data_folder.secret_key(self.data)
        self.prepare()
        self.start_web()
        self.start_workers()
        if centre.name():
            say(f"Learners open one of these addresses: {' '.join(centre.urls(self.port)) or 'none yet: this computer is in no network'}")
        else:
            say(f"Sign in as anybody of the cast, and read their messages: http://localhost:{self.port}/en/demo/")
            self.start_python(PEOPLE, "django", "load_demo", "--by-workers", "--verbosity", "0", talks=True)
        say(f"Ctrl-C ends it; the data stays in {self.data}")
        while os.getppid() == parent and not make_waits_for_us(parent):
            self.check_people()
            for name, service in self.services.items():
                if service.ended:
                    raise Refusal(f"The demo stops because {name} ended: {service.last_words()} (log: {service.log})")
            time.sleep(0.5)

    def check_people(self) -> None:
        """The load ends by itself. One that fails leaves a site that works, with fewer people on it."""
        people = self.services.get(PEOPLE)
        if people is not None and people.ended:
            del self.services[PEOPLE]
            if people.process.returncode != 0:
                say(f"Not all demo people could be loaded: {people.last_words()} (log: {people.log}). The next start goes on with them.")

    def start_servers(self) -> None:
        """PostgreSQL and Valkey, each unless the environment names one to use."""
        home = home_for(self.data)
        if home != self.data:
            say(f"{self.data} is closed to PostgreSQL's unprivileged user, whose files are under {home.parent} instead")
        data_folder.check_disk(home, shutil.disk_usage(home).free)
        sockets = socket_folder(home)
        try:
            if not os.environ.get("DATABASE_URL"):
                postgres = start_postgres(home, sockets, self.logs, keep_open=(self.lock,))
                self.services["PostgreSQL"] = postgres.service
                if not postgres.sql("SELECT 1 FROM pg_database WHERE datname = 'safar'"):
                    postgres.sql("CREATE DATABASE safar")
                os.environ["DATABASE_URL"] = postgres.url("safar")
                say("PostgreSQL is up")
            if not os.environ.get("REDIS_URL"):
                valkey = start_valkey(self.data / "valkey", sockets, self.logs, keep_open=(self.lock,))
                self.services["Valkey"] = valkey.service
                os.environ["REDIS_URL"] = valkey.url()
                say("Valkey is up")
        except Refusal as refusal:
            raise Refusal(f"The data folder {self.data} cannot be used: {refusal}. `make demo-reset` clears it.") from refusal

    def start_python(self, name: str, *arguments: str, talks: bool = False) -> Service:
        command = [sys.executable, "-m", *arguments]
        self.services[name] = start(name, command, self.logs / f"{name}.log", cwd=ROOT, keep_open=(self.lock,), talks=talks)
        return self.services[name]

    def prepare(self) -> None:
        steps = STEPS[:-1] if centre.name() else STEPS
        step = self.start_python("prepare", "portal.embedded.prepare", *steps, talks=True)
        if step.process.wait() != 0:
            own = " `make demo-reset` starts afresh." if "PostgreSQL" in self.services else ""
            raise Refusal(f"Safar could not prepare its data: {step.last_words()} (log: {step.log}).{own}")
        del self.services["prepare"]

    def start_web(self) -> None:
        web = self.start_python("web", "gunicorn", "--config", "python:portal.embedded.web")
        wait_for(self.web_answers, web, within=60)
        say(f"Safar answers at http://localhost:{self.port}/")

    def web_answers(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def start_workers(self) -> None:
        celery = ("celery", "--app", "portal.celery")
        quiet = ("--without-gossip", "--without-mingle", "--concurrency", "2", "--loglevel", "INFO")
        for queue in QUEUES:
            self.start_python(queue, *celery, "worker", "--queues", queue, "--hostname", f"{queue}@%h", *quiet)
        self.start_python("beat", *celery, "beat", "--scheduler", "celery.beat:Scheduler")
        say("Workers and the clock are starting")

    def stop(self) -> None:
        data_folder.disown(self.lock)
        if self.services:
            say("Stopping")
        deadline = time.monotonic() + STOP_WITHIN
        for names in STOP_ORDER:
            group = [self.services[name] for name in names if name in self.services]
            for service in group:
                service.ask_to_stop()
            for service in group:
                patience = deadline - time.monotonic()
                service.stop(within=patience if service.name == "PostgreSQL" else min(patience, 2.5))


def main() -> None:
    parent = os.getppid()
    for each in SIGNALS:
        signal.signal(each, on_signal)
    end_with_parent(signal.SIGTERM, parent)
    data = data_folder.chosen_folder()
    lock = data_folder.take(data)
    port = chosen_port()
    demo = Demo(data, lock, port)
    os.environ.update(SAFAR_DATA=str(data), PORT=str(port), STATIC_ROOT=str(data / "static"))
    os.environ.update(centre.environment() if centre.name() else {"SAFAR_DEMO": "1"})
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    try:
        demo.run(parent)
    finally:
        ignore_signals()
        demo.stop()


if __name__ == "__main__":
    try:
        main()
    except Stop:
        say("Stopped; nothing is left running")
    except Refusal as refusal:
        sys.exit(str(refusal))
