"""Ways out of the outbox. A gateway takes a message, returns when it is handed over and raises when it is not."""

import sys
from collections.abc import Callable

from portal.outbox.models import Message


def console(message: Message) -> None:
    """For development: the message on the worker's output."""
    sys.stdout.write(f"[{message.get_channel_display()} to {message.address}] {message.subject} {message.body}\n".replace("  ", " "))
    sys.stdout.flush()


def demo(message: Message) -> None:
    """For the demo: the row is what the outbox page shows, so there is nowhere further to carry it."""


GATEWAYS: dict[str, Callable[[Message], None]] = {"console": console, "demo": demo}
