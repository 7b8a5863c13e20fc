"""Farrukh's plan: a roof that is shared, a reserve that is his alone; and ways to look at it as each of the cast."""

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from remittances.models import Goal, Plan
from remittances.plan.keep_plan import Terms, keep_plan
from remittances.plan.share_plan import join_plan, share_plan
from remittances.plan.write_goal import Wish, write_goal

PAY = Decimal(91_000)


@pytest.fixture
def farrukh(cast) -> User:
    return cast["farrukh"]


@pytest.fixture
def aigul(cast) -> User:
    return cast["aigul"]


@pytest.fixture
def plan(farrukh) -> Plan:
    return keep_plan(farrukh, Terms("RUB", PAY), timezone.now())


def a_goal(plan: Plan, title: str, target: int = 1000, **other: object) -> Goal:
    return write_goal(plan, Wish(**{"kind": "home", "title": title, "target": Decimal(target)} | other), plan.user, timezone.now())


@pytest.fixture
def roof(plan) -> Goal:
    return a_goal(plan, "A new roof", is_shared=True)


@pytest.fixture
def reserve(plan) -> Goal:
    return a_goal(plan, "For bad days", kind="reserve")


@pytest.fixture
def joined(plan, farrukh, aigul) -> Plan:
    """Aigul looks at it."""
    return join_plan(share_plan(plan, farrukh, timezone.now()), aigul, timezone.now())


@pytest.fixture
def as_(cast) -> Callable[[str], Client]:
    def sign_in(key: str) -> Client:
        client = Client()
        client.force_login(cast[key])
        return client

    return sign_in


def send(client: Client, path: str, **data: object):
    return client.post(f"/en/money/plan/{path}", {"submission_key": str(uuid4())} | data)
