"""One throw-away PostgreSQL and Valkey a test run; a database copied from one template for whoever needs it."""

import atexit
import os
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from portal.embedded.postgres import home_for, socket_folder, sql, start_postgres, url
from portal.embedded.processes import Service, start
from portal.embedded.valkey import start_valkey

ROOT = Path(__file__).parent.parent
FOLDER, SOCKETS = "SAFAR_TEST_FOLDER", "SAFAR_TEST_SOCKETS"
TEMPLATE, UNFINISHED = "template", "unfinished"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
# What a developer's own shell may have set, and no test may see.
NOT_INHERITED = ["DEBUG", "SAFAR_DEMO", "SAFAR_DATA", "PORT", "HTTPS", "ALLOWED_HOSTS", "OUTBOX_DELIVERY", "SITE_URL"]
laying: list[Service] = []  # the process that lays the template, in the first process


def folder() -> Path:
    return Path(os.environ[FOLDER])


def database_url(name: str) -> str:
    return url(Path(os.environ[SOCKETS]), name)


def run_sql(statement: str) -> None:
    sql(Path(os.environ[SOCKETS]), statement)


def join() -> None:
    """Give this process an address for its own database and a Valkey pair; the first process starts the servers for all."""
    if WORKER == "main":
        _start()
    number = 0 if WORKER == "main" else int(WORKER.removeprefix("gw")) + 1
    os.environ["DATABASE_URL"] = database_url(f"test_{WORKER}")
    os.environ["REDIS_URL"] = f"unix://{os.environ[SOCKETS]}/valkey.sock?db={2 * number}"


def join_alone() -> None:
    """For a program that is no test: the servers, the compiled catalogues, and a database with the starter content, one after the other."""
    join()
    lay_template("compile_messages")
    be_ready()


def lay_template(*before: str) -> None:
    """Begin with the tables and the starter content, which take as long as collecting the tests does."""
    run_sql(f"CREATE DATABASE {UNFINISHED}")
    command = [sys.executable, "-m", "tests.prepare", *before, "migrate", "load_content"]
    there = os.environ | {"DATABASE_URL": database_url(UNFINISHED)}
    laying.append(start("prepare", command, folder() / "logs" / "prepare.log", env=there, cwd=ROOT))


def be_ready() -> None:
    """Make this process's database once the template is there."""
    if WORKER == "main":
        template = laying[0]
        if template.process.wait() != 0:
            pytest.exit(f"The tests' database could not be prepared:\n{template.log.read_text()}", returncode=1)
        run_sql(f"ALTER DATABASE {UNFINISHED} RENAME TO {TEMPLATE}")
    while not sql(Path(os.environ[SOCKETS]), f"SELECT 1 FROM pg_database WHERE datname = '{TEMPLATE}'"):
        time.sleep(0.1)  # the first process ends us all if it fails
    run_sql(f"CREATE DATABASE test_{WORKER} TEMPLATE {TEMPLATE} STRATEGY file_copy")


def _start() -> None:
    for name in NOT_INHERITED:
        os.environ.pop(name, None)
    base = Path(tempfile.mkdtemp(prefix="safar-test-"))
    base.chmod(0o711)
    home = home_for(base)
    sockets = socket_folder(home)
    logs, static = base / "logs", base / "static"
    logs.mkdir()
    static.mkdir()
    os.environ |= {
        FOLDER: str(base),
        SOCKETS: str(sockets),
        "STATIC_ROOT": str(static),
        "SECRET_KEY": "only-for-tests-" * 4,
        "SAFAR_PEOPLE": "150",
        **{f"RATES_{bank}": "" for bank in ("CBR", "NBK", "NBKR", "CBU", "NBT")},  # no test asks a real bank
    }

    atexit.register(lambda: [shutil.rmtree(each, ignore_errors=True) for each in {base, home, sockets}])
    valkey = start_valkey(base / "valkey", sockets, logs, throw_away=True)
    atexit.register(valkey.service.stop)
    os.environ["REDIS_URL"] = valkey.url()
    postgres = start_postgres(home, sockets, logs, throw_away=True)
    atexit.register(postgres.service.stop)


@contextmanager
def own_database(template: str = TEMPLATE) -> Iterator[str]:
    """The name of a new copy of the template, dropped at the end whoever still uses it."""
    name = f"own_{uuid.uuid4().hex[:12]}"
    run_sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    try:
        yield name
    finally:
        run_sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def used(name: str, blocker: Any) -> Iterator[None]:
    """This process and those it starts work on that database; `blocker` is pytest-django's."""
    from django.db import connection, connections

    with blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        connections.close_all()
        patch.setitem(connection.settings_dict, "NAME", name)
        patch.setenv("DATABASE_URL", database_url(name))
        yield
        connections.close_all()
