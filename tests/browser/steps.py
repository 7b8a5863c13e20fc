"""Steps of somebody who waits for a page before looking at it."""

from typing import Any


def follow(page: Any, what: Any) -> None:
    """Click on what leads to another page, or to this one anew, and wait for that: Playwright's own click returns while the old one stands."""
    with page.expect_navigation():
        (page.locator(what).first if isinstance(what, str) else what).click()
