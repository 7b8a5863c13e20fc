"""The cast as rows, and the ways in: fixtures for whatever folder imports them, and the steps of signing in."""

import re
from datetime import UTC, datetime

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings as the_settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.accounts.sign_in import sign_in as let_in
from portal.outbox.models import Message

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PHONE = "+992900000009"  # nobody of the cast


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def cast(cast_rows) -> dict[str, User]:
    users = {(user.phone, user.email): user for user in User.objects.all()}
    return {key: users[person.phone, person.email] for key, person in PEOPLE.items()}


@pytest.fixture
def signed_in(settings, cast):
    """A client signed in as one of the cast by code: no second factor. Without the pages that ask for the code, which cost more than
    most tests; whoever has a second factor goes through them."""

    def sign_in(key: str) -> Client:
        user = User.objects.get(pk=cast[key].pk)
        if not user.is_active or Authenticator.objects.filter(user=user).exists():
            return sign_in_by_code(Client(), user.phone or user.email)
        if user.phone and user.phone_verified_at is None:
            User.objects.filter(pk=user.pk).update(phone_verified_at=timezone.now())
        client, request = Client(), HttpRequest()
        request.session = SessionStore()
        let_in(request, user, timezone.now())
        record_authentication(request, user, "code")
        request.session.save()
        client.cookies[the_settings.SESSION_COOKIE_NAME] = request.session.session_key
        return client

    return sign_in


@pytest.fixture
def one_click(settings, cast):
    """A client signed in as the demo does it, which counts as a second factor while the demo is on."""
    settings.DEMO = True

    def sign_in(key: str) -> Client:
        client = Client()
        client.post(f"/en/demo/sign-in/{key}/")
        return client

    return sign_in


def ask(client: Client, address: str, *, language: str = "en", next_url: str = "", **extra: str):
    by_mail = "@" in address
    query = "&".join([*(["by=mail"] if by_mail else []), *([f"next={next_url}"] if next_url else [])])
    data = {"email": address} if by_mail else {"country": "TJ", "phone": address}
    return client.post(f"/{language}/sign-in/?{query}", data | extra)


def newest_code(address: str) -> str:
    return re.search(r"\d{6}", Message.objects.filter(address=address).first().body).group()


def type_code(client: Client, code: str, *, language: str = "en", next_url: str = ""):
    return client.post(f"/{language}/sign-in/code/{f'?next={next_url}' if next_url else ''}", {"code": code, "action": "verify"})


def sign_in_by_code(client: Client, address: str) -> Client:
    ask(client, address)
    type_code(client, newest_code(address))
    return client
