"""axe finds nothing serious on any page, light or dark, and no page is wider than its window."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.jobs import sign_in
from tests.browser.learning import COURSE, choose_corridor, pass_check
from tests.portal.pages import public_pages

WIDTHS = [(320, 700), (360, 740), (1280, 800)]  # a small phone, a phone, an office
LOOKS = [("tg", "light"), ("ru", "dark")]
AXE_LOOKS_AT = {"light": 360, "dark": 1280}


def faults(page, scheme: str) -> list[str]:
    """Of the page as it is shown now, at all widths. axe is slow: it looks at what is light on a phone and at what is dark in an office."""
    found = []
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        if is_too_wide(page):
            found.append(f"wider than {width}")
        if width == AXE_LOOKS_AT[scheme]:
            found += serious(page)
    return found


def serious(page) -> list[str]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]  # what is no fault it need not describe
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found if fault["impact"] in ("serious", "critical")]


def is_too_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_public_pages(page, language, scheme):
    page.emulate_media(color_scheme=scheme)
    for name, url in public_pages(language).items():
        page.goto(url)
        assert faults(page, scheme) == [], name


def test_pages_of_a_learner_and_of_the_demo(loaded_demo, page, settings):
    settings.DEMO = True
    choose_corridor(page, "ru", "TJ-RU")
    page.goto(f"/ru/{COURSE}check/")
    assert serious(page) == []
    pass_check(page, "ru", "TJ-RU")
    assert serious(page) == [] and not is_too_wide(page)
    page.goto("/ru/demo/")
    assert serious(page) == []
    sign_in(page, "ru", "farrukh")
    for path in ("me/", "me/known/", "me/messages/", "me/erase/", "", COURSE, f"{COURSE}papers/1/", "demo/outbox/"):
        page.goto(f"/ru/{path}")
        assert serious(page) == [] and not is_too_wide(page), path
