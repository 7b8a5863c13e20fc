"""Waking the workers. The work itself is marked in the database, so a broker that is away costs time and nothing else."""

from typing import Literal

import structlog

from portal.celery import app

log = structlog.get_logger(__name__)

PATIENCE = 0.5  # seconds, to connect and for each answer


def wake(task: str, queue: Literal["now", "bulk"] = "now") -> bool:
    """Send the task by name; False when the broker did not take it. Never raises, never retries."""
    try:
        with app.connection_for_write(
            connect_timeout=PATIENCE,
            transport_options={"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "max_retries": 0},
        ) as connection:
            app.send_task(task, queue=queue, connection=connection, retry=False)
    except Exception as error:
        log.warning("wake.failed", task=task, queue=queue, error=type(error).__name__)
        return False
    return True
