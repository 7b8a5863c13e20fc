"""The bell in the header of every page of somebody signed in."""

from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest

from portal.hooks import Person
from portal.outbox.models import Message

MOST = 10  # counted no further: the bell then says 9+


def bell(request: HttpRequest) -> dict[str, object]:
    """A context processor. Nothing is counted until a page draws the bell, and nothing ever for a visitor."""
    return {"count_unread": partial(count_unread, getattr(request, "user", None))}


def with_unread(users: QuerySet[Any]) -> QuerySet[Any]:
    """For the user of a request: what is new to them comes with their row, so that the bell costs no query of its own."""
    newest = Message.objects.in_app().filter(to=OuterRef("pk"), read_at=None)[:MOST]
    found: QuerySet[Any] = users.annotate(unread=ArraySubquery(newest.values("pk")))
    return found


def count_unread(user: Person) -> int:
    """Whoever has signed in with this very request did not come `with_unread`."""
    if hasattr(user, "unread"):
        return len(user.unread)
    return Message.objects.visible_to(user).in_app().filter(read_at=None)[:MOST].count()
