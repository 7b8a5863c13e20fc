"""Signing in with a real browser, and the console under its content policy (the `page` fixture fails on a break of it)."""

import pytest

from portal.organisations.seed import seed_cast
from tests.people import NOW, PHONE, newest_code


@pytest.fixture
def demo(settings, fresh_db):
    settings.DEMO = True
    seed_cast(NOW)


def test_signing_up(page, demo):
    page.goto("/en/sign-in/")
    page.get_by_label("Phone number").fill("12")
    page.get_by_role("button", name="Send me a code").click()
    assert page.get_by_label("Phone number").input_value() == "12"
    page.get_by_label("Phone number").fill("900 00 00 09")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill("1")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code").fill(newest_code(PHONE))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/en/")
    page.get_by_role("link", name="Me", exact=True).click()
    page.get_by_role("link", name="What Safar knows about me").click()
    page.get_by_role("link", name="Erase me").click()
    page.get_by_label("Yes, erase everything").check()
    page.get_by_role("button", name="Erase me").click()
    page.get_by_role("heading", name="You are erased").wait_for()


def test_the_console(page, demo):
    page.goto("/en/demo/")
    page.get_by_role("button", name="I am Timur").click()
    page.wait_for_url("**/en/")
    page.set_viewport_size({"width": 1280, "height": 800})
    for path in ("", "organisations/organisation/", "organisations/organisation/add/", "accounts/user/", "outbox/message/"):
        page.goto(f"/admin/{path}")
    page.goto("/en/me/second-factor/")
    page.goto("/en/demo/outbox/")
    page.goto("/en/sign-in/agreement/")
