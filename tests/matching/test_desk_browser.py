"""The desk in a real browser: keys, no reload, and the same without a script."""

import pytest
from playwright.sync_api import expect

from matching.models import Match, State
from portal.organisations.models import Organisation
from tests.browser.jobs import sign_in
from tests.browser.steps import follow, settle
from tests.matching.factories import a_candidate, a_match, a_vacancy


@pytest.fixture
def three(settings, live_server, cast) -> list[Match]:
    settings.DEMO = True
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    vacancy = a_vacancy(openings=5)
    return [a_match(vacancy, a_candidate(agency, given_name=name)) for name in ("Anvar", "Bobo", "Vali")]


def open_desk(page, match: Match) -> None:
    sign_in(page, "en", "manizha")
    page.goto(f"/en/jobs/desk/{match.vacancy.uid}/")


def expect_person(page, initials: str) -> None:
    settle(page)
    expect(page.locator(".title h1")).to_contain_text(initials)


def test_keys_without_a_reload(page, three):
    open_desk(page, three[0])
    expect_person(page, "A. S.")
    page.evaluate("window.stays = true")
    page.keyboard.press("j")
    expect_person(page, "B. S.")
    page.keyboard.press("k")
    expect_person(page, "A. S.")
    page.keyboard.press("a")
    expect_person(page, "B. S.")
    page.keyboard.press("d")
    page.locator("[name=decline-reason][value=papers]").check()
    page.locator(".reason form button").first.click()
    expect_person(page, "V. S.")
    assert page.evaluate("window.stays")
    page.wait_for_url(f"**/{three[2].uid}/")
    assert list(Match.objects.order_by("pk").values_list("state", flat=True)) == [State.APPROVED, State.DECLINED, State.SUGGESTED]


def test_who_was_faster_without_a_reload(page, three):
    open_desk(page, three[0])
    expect_person(page, "A. S.")
    Match.objects.filter(pk=three[0].pk).update(state=State.DECLINED, touched=True)
    three[0].events.create(before=State.SUGGESTED, after=State.DECLINED, reason="skills", at=three[0].created_at)
    page.evaluate("window.stays = true")
    page.keyboard.press("a")
    expect(page.locator(".toast.warn")).to_contain_text("was faster")
    assert page.evaluate("window.stays")
    assert Match.objects.get(pk=three[0].pk).state == State.DECLINED


def test_without_a_script(open_page, three):
    page = open_page(1280, 800, java_script_enabled=False)
    open_desk(page, three[0])
    follow(page, page.get_by_role("button", name="Approve"))
    assert page.url.endswith(f"/{three[1].uid}/")
    assert Match.objects.get(pk=three[0].pk).state == State.APPROVED
