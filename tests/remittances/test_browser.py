"""The comparison on a phone: without a script, and as axe sees it."""

import pytest

from portal.money.demo import load_demo_rates
from portal.money.models import DayRate
from remittances.demo import load_demo_quotes
from tests.browser.test_accessibility import is_too_wide, serious


@pytest.fixture
def prices(live_server, today):
    DayRate.objects.all().delete()
    load_demo_rates(today)
    load_demo_quotes(today)


def test_without_a_script(browser, live_server, prices):
    context = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/money/")
    unit = page.locator(".unit")
    assert unit.inner_text() == "₽" and unit.is_visible()
    page.select_option("[name=from]", "KZ")
    assert not unit.is_visible(), "the page's sum was of roubles"
    page.select_option("[name=to]", "UZ")
    page.get_by_label("what arrives").check()
    page.fill("[name=amount]", "2 000 000 soʻm")
    page.get_by_role("button", name="Compare").click()
    assert page.locator("#compared").inner_text().replace("\xa0", " ").endswith("they receive 2,000,000 UZS")
    assert unit.inner_text() == "UZS" and unit.is_visible()
    assert page.input_value("[name=amount]") == "2,000,000"
    best = page.locator(".quote").first
    assert "you pay least" in best.inner_text()
    steps = best.locator("details li")
    assert not steps.first.is_visible()
    best.locator("summary").click()
    assert steps.first.is_visible() and steps.count() > 2
    page.fill("[name=amount]", "-5")
    page.get_by_role("button", name="Compare").click()
    assert page.input_value("[name=amount]") == "-5"
    assert "Write a sum that is more than zero." in page.locator("form .problems").inner_text()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide(page, prices, scheme):
    page.emulate_media(color_scheme=scheme)
    for url in ("/tg/money/", "/uz/money/?from=KZ&to=UZ&direction=receive&amount=99999999", "/ru/money/?amount=0"):
        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            page.goto(url)
            for summary in page.locator("summary").all()[:3]:
                summary.click()
            assert not is_too_wide(page), (url, width)
        assert serious(page) == [], url
