"""Steps of somebody who waits for a page before looking at it."""

from typing import Any

from playwright.sync_api import expect


def follow(page: Any, what: Any) -> None:
    """Click on what leads to another page, or to this one anew, and wait for that: Playwright's own click returns while the old one stands."""
    with page.expect_navigation():
        (page.locator(what).first if isinstance(what, str) else what).click()


def settle(page: Any) -> None:
    """Wait until htmx has nothing in hand: before, an earlier answer may still come, and a new link is one as without a script."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)
