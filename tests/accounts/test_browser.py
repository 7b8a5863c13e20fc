"""Signing in with a real browser, and the console under its content policy (the `page` fixture fails on a break of it)."""

import pytest
from playwright.sync_api import expect

from portal.organisations.seed import seed_cast
from tests.browser.steps import follow
from tests.people import NOW, PHONE, newest_code


@pytest.fixture
def demo(settings, fresh_db):
    settings.DEMO = True
    seed_cast(NOW)


def test_signing_up(page, demo):
    page.goto("/en/sign-in/")
    page.get_by_label("Phone number").fill("12")
    follow(page, page.get_by_role("button", name="Send me a code"))
    expect(page.get_by_label("Phone number")).to_have_value("12")
    page.get_by_label("Phone number").fill("900 00 00 09")
    follow(page, page.get_by_role("button", name="Send me a code"))
    page.get_by_label("Code").fill("1")
    follow(page, page.get_by_role("button", name="Continue"))
    page.get_by_label("Code").fill(newest_code(PHONE))
    follow(page, page.get_by_role("button", name="Continue"))
    assert page.url.endswith("/en/")
    follow(page, page.get_by_role("link", name="Me", exact=True))
    follow(page, page.get_by_role("link", name="What Safar knows about me"))
    follow(page, page.get_by_role("link", name="Erase me"))
    page.get_by_label("Yes, erase everything").check()
    follow(page, page.get_by_role("button", name="Erase me"))
    expect(page.get_by_role("heading", name="You are erased")).to_be_visible()


def test_the_console(page, demo):
    page.goto("/en/demo/")
    follow(page, page.get_by_role("button", name="I am Timur"))
    assert page.url.endswith("/en/")
    page.set_viewport_size({"width": 1280, "height": 800})
    for path in ("", "organisations/organisation/", "organisations/organisation/add/", "accounts/user/", "outbox/message/"):
        page.goto(f"/admin/{path}")
    page.goto("/en/me/second-factor/")
    page.goto("/en/demo/outbox/")
    page.goto("/en/sign-in/agreement/")
