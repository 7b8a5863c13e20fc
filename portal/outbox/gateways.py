"""Ways out of the outbox. A gateway takes a message and answers as portal/outbox/results.py says."""

import sys
from collections.abc import Callable

from portal.outbox import mail, smsc
from portal.outbox.models import Channel, Message
from portal.outbox.results import Receipt


def console(message: Message) -> Receipt:
    """For development: the message on the worker's output."""
    sys.stdout.write(f"[{message.get_channel_display()} to {message.address}] {message.subject} {message.body}\n".replace("  ", " "))
    sys.stdout.flush()
    return Receipt("console")


def demo(message: Message) -> Receipt:
    """For the demo: the row is what the outbox page shows, so there is nowhere further to carry it."""
    return Receipt("demo")


def live(message: Message) -> Receipt:
    return smsc.carry(message) if message.channel == Channel.SMS else mail.carry(message)


GATEWAYS: dict[str, Callable[[Message], Receipt]] = {"console": console, "demo": demo, "live": live}
