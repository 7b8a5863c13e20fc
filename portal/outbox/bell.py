"""The bell in the header of every page of somebody signed in."""

from functools import partial

from django.http import HttpRequest

from portal.hooks import Person
from portal.outbox.models import Message

MOST = 10  # counted no further: the bell then says 9+


def bell(request: HttpRequest) -> dict[str, object]:
    """A context processor. Nothing is counted until a page draws the bell, and nothing ever for a visitor."""
    return {"count_unread": partial(count_unread, getattr(request, "user", None))}


def count_unread(user: Person) -> int:
    return Message.objects.visible_to(user).in_app().filter(read_at=None)[:MOST].count()
