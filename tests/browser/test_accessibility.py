"""axe finds nothing serious on any page, light or dark, and no page is wider than the phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from tests.browser.jobs import sign_in
from tests.browser.learning import COURSE, choose_corridor, pass_check
from tests.portal.pages import public_pages


def serious(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found if fault["impact"] in ("serious", "critical")]


def is_too_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@pytest.mark.parametrize(("language", "scheme"), [("tg", "light"), ("uz", "dark"), ("ru", "dark"), ("ky", "light")])
def test_public_pages(page, language, scheme):
    page.emulate_media(color_scheme=scheme)
    for name, url in public_pages(language).items():
        page.goto(url)
        assert serious(page) == [], name
        assert not is_too_wide(page), name


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_its_window(page, width):
    page.set_viewport_size({"width": width, "height": 700})
    for language in ("tg", "ru"):
        for name, url in public_pages(language).items():
            page.goto(url)
            assert not is_too_wide(page), (language, name)


def test_pages_of_a_learner_and_of_the_demo(page, settings):
    settings.DEMO = True
    call_command("load_demo")
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
