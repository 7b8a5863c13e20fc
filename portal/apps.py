from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, Tags, register
from django.db import connections


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"

    def ready(self) -> None:
        register(postgres_is_new_enough, Tags.database)


def postgres_is_new_enough(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[Error]:
    """`migrate` and `check --database` refuse an older server with a sentence: uuidv7() is PostgreSQL 18's."""
    servers: list[tuple[str, Any]] = [(alias, connections[alias]) for alias in databases or []]
    return [
        Error(f"Safar needs PostgreSQL 18 or newer; database {alias!r} runs {server.pg_version // 10000}.", id="safar.E001")
        for alias, server in servers
        if server.pg_version < 180000
    ]
