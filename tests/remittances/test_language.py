"""A full comparison is in the language of its address: cards, chips, sums, and what is wrong with a sum."""

import pytest
from django.conf import settings

from portal.money.demo import load_demo_rates
from portal.money.models import DayRate
from remittances.demo import ROWS, load_demo_quotes
from tests.translations import test_pages

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_comparison_is_in_its_language(client, language, today, monkeypatch):
    DayRate.objects.all().delete()
    load_demo_rates(today)
    load_demo_quotes(today)
    monkeypatch.setattr(test_pages, "NAMES", [*test_pages.NAMES, *{row.provider for row in ROWS}])
    for asked in ("", "?direction=receive", "?amount=100", "?amount=abc", "?amount=0", "?amount=9999999999", "?amount=1,5555", "?from=XX"):
        test_pages.check(f"money{asked}", language, client.get(f"/{language}/money/{asked}"))
