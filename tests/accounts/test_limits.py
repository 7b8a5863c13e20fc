"""Codes cost money and wake people up."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from portal.outbox.models import Message
from tests.people import PHONE, ask

pytestmark = pytest.mark.django_db


def refusal(response) -> str:
    return str(response.context["form"].non_field_errors())


def test_a_few_a_minute_for_one_number(client):
    for _ in range(3):
        assert ask(Client(), PHONE).status_code == 302
    page = ask(Client(), PHONE)
    assert "wait a minute" in refusal(page)
    assert page.context["form"]["phone"].value() == PHONE
    assert ask(Client(), "+992900000008").status_code == 302


def test_a_dormitory_behind_one_address(client):
    for number in range(40):
        assert ask(Client(), f"+9929000001{number:02}").status_code == 302


def test_a_few_a_day_for_one_number(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    settings.CODES_A_DAY_FOR_ONE = 2
    for _ in range(2):
        assert ask(Client(), PHONE).status_code == 302
    assert "at most 2 codes a day" in refusal(ask(Client(), PHONE))
    Message.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert ask(Client(), PHONE).status_code == 302


def test_a_ceiling_for_all_together(settings):
    settings.CODES_A_DAY = 1
    assert ask(Client(), PHONE).status_code == 302
    assert "cannot send more codes today" in refusal(ask(Client(), "+992900000008"))


def test_without_valkey_a_page_says_what_to_do(client, settings, monkeypatch):
    from django.core.cache import caches

    monkeypatch.setitem(caches.settings, "default", {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:9/0"})
    monkeypatch.delattr(caches._connections, "default", raising=False)
    client.raise_request_exception = False
    page = ask(client, PHONE)
    monkeypatch.delattr(caches._connections, "default", raising=False)
    assert page.status_code == 503
    assert "Wait two minutes" in page.content.decode()
    assert not Message.objects.exists()
