"""`make centre`: one computer serves a classroom without internet. No demo people, and phones of the same network may come."""

import fcntl
import os
import socket
import struct

SIOCGIFADDR = 0x8915  # Linux: the address of a network card


def name() -> str:
    return os.environ.get("SAFAR_CENTRE", "")


def addresses() -> list[str]:
    """Of this computer in its networks; works where there is no way out of them."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _index, card in socket.if_nameindex():
            try:
                answer = fcntl.ioctl(probe, SIOCGIFADDR, struct.pack("256s", card.encode()[:15]))
            except OSError:  # it has none
                continue
            found.append(socket.inet_ntoa(answer[20:24]))
    return [address for address in found if not address.startswith("127.")]


def urls(port: int) -> list[str]:
    return [f"http://{address}:{port}/" for address in addresses()]


def environment() -> dict[str, str]:
    """What differs from a demo. Codes to sign in stand in the log of the worker: nothing else could carry them."""
    hosts = ["localhost", "127.0.0.1", "[::1]", socket.gethostname(), *addresses()]
    told = {"ALLOWED_HOSTS": ",".join(hosts), "OUTBOX_DELIVERY": "console", "SAFAR_DEMO": "0"}
    return {key: os.environ.get(key, value) for key, value in told.items()}
