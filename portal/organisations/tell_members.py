"""Telling the people of an organisation, or those who run Safar: each of them in their own language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.outbox.notice import Notice
from portal.outbox.tell import tell


def members_of(organisations: Iterable[Any]) -> QuerySet[User]:
    """Whoever is active there; who belongs to several of them, once. Rows or keys, or a query for keys."""
    people: QuerySet[User] = User.objects.filter(memberships__organisation__in=organisations, is_active=True)
    return people.order_by("pk").distinct()


def tell_members(organisation: Organisation | int, notice: Notice, now: datetime, key: str = "") -> int:
    """With a key each member once for ever. Returns how many were told."""
    return sum(tell(user, notice, now, key) is not None for user in members_of([organisation]))


def operators() -> QuerySet[User]:
    """Whoever may change organisations in the console."""
    right = {"codename": "change_organisation", "content_type__app_label": "organisations"}
    by_group = Q(**{f"groups__permissions__{name}": value for name, value in right.items()})
    by_right = Q(**{f"user_permissions__{name}": value for name, value in right.items()})
    people: QuerySet[User] = User.objects.filter(by_group | by_right | Q(is_superuser=True), is_active=True)
    return people.order_by("pk").distinct()
