"""The comparison on a phone: without a script, and as axe sees it."""

import pytest
from playwright.sync_api import expect

from portal.money.demo import load_demo_rates
from portal.money.models import DayRate
from remittances.demo import load_demo_quotes
from tests.browser.steps import follow
from tests.browser.test_accessibility import faults


@pytest.fixture
def prices(live_server, today):
    DayRate.objects.all().delete()
    load_demo_rates(today)
    load_demo_quotes(today)


def test_without_a_script(open_page, prices):
    page = open_page(java_script_enabled=False)
    page.goto("/en/money/")
    unit = page.locator(".unit")
    expect(unit).to_have_text("₽")
    expect(unit).to_be_visible()
    page.select_option("[name=from]", "KZ")
    expect(unit, "the page's sum was of roubles").not_to_be_visible()
    page.select_option("[name=to]", "UZ")
    page.get_by_label("what arrives").check()
    page.fill("#amount", "2 000 000 soʻm")
    follow(page, page.get_by_role("button", name="Compare"))
    expect(page.locator("#compared")).to_have_text("Kazakhstan → Uzbekistan: they receive 2,000,000 UZS")
    expect(unit).to_have_text("UZS")
    expect(unit).to_be_visible()
    expect(page.locator("#amount")).to_have_value("2,000,000")
    best = page.locator(".quote").first
    expect(best).to_contain_text("you pay least")
    steps = best.locator("details li")
    assert not steps.first.is_visible()
    best.locator("summary").first.click()
    expect(steps.first).to_be_visible()
    assert steps.count() > 2
    page.fill("#amount", "-5")
    follow(page, page.get_by_role("button", name="Compare"))
    expect(page.locator("#amount")).to_have_value("-5")
    expect(page.locator("form .problems")).to_contain_text("Write a sum that is more than zero.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide(page, prices, scheme):
    page.emulate_media(color_scheme=scheme)
    for url in ("/tg/money/", "/uz/money/?from=KZ&to=UZ&direction=receive&amount=99999999", "/ru/money/?amount=0"):
        page.goto(url)
        for summary in page.locator("summary").all()[:3]:
            summary.click()
        assert faults(page, scheme) == [], url
