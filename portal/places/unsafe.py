"""Hosts that no page links to, because carrying the link could harm the reader."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from portal.starter import read_yaml


@cache
def unsafe_hosts() -> dict[str, list[str]]:
    """host → countries where a link to it may be punished."""
    return {row["host"]: row["unsafe_in"] for row in read_yaml(Path(__file__).parent / "content/unsafe_hosts.yaml")}


def unsafe_in(url: str, hosts: dict[str, list[str]]) -> list[str]:
    host = (urlsplit(url).hostname or "").lower()
    return next((countries for name, countries in hosts.items() if host == name or host.endswith("." + name)), [])
