"""Farrukh learns in Tajik, goes on in Kyrgyz, signs up, keeps his progress, passes, and a stranger checks his certificate."""

import re

from portal.accounts.models import Consent, User
from tests.browser.learning import COURSE, answer_lesson, choose_corridor, pass_check, sign_up

PHONE = "900 00 00 55"


def steps_done(page) -> str:
    return re.sub(r"\s", "", page.locator(".steps .count").first.inner_text())


def test_learn_switch_language_sign_up_and_certify(demo, page, browser, live_server, shot):
    page.goto("/tg/")
    shot(page, "1-home-tg")
    choose_corridor(page, "tg", "TJ-RU")
    answer_lesson(page, "tg", "papers", "TJ-RU", wrong_first=True)
    shot(page, "2-next-lesson-tg")
    page.goto(f"/tg/{COURSE}")
    assert steps_done(page) == "1/4"

    page.click('nav.langs a[hreflang="ky"]')
    page.wait_for_url(f"**/ky/{COURSE}")
    assert page.locator("html").get_attribute("lang") == "ky"
    assert steps_done(page) == "1/4"
    answer_lesson(page, "ky", "border", "TJ-RU")

    sign_up(page, "ky", PHONE, look=lambda: shot(page, "3-code-ky"))
    person = User.objects.get(phone="+992900000055")
    assert person.phone_verified_at and person.language == "ky" and Consent.objects.filter(user=person, withdrawn_at=None).exists()
    page.goto(f"/ky/{COURSE}")
    assert steps_done(page) == "2/4"
    for slug in ("registration", "work-right"):
        answer_lesson(page, "ky", slug, "TJ-RU")
    certificate = pass_check(page, "ky", "TJ-RU")
    page.fill('input[name="holder_name"]', "Фаррух Раҳимов")
    page.click("main form button")
    assert "Фаррух Раҳимов" in page.locator(".certificate").inner_text()
    shot(page, "4-certificate-ky")

    stranger = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 740}, locale="ru-RU")
    checking = stranger.new_page()
    checking.goto("/verify/")
    checking.fill('input[name="code"]', certificate.lower())
    checking.click("button")
    assert checking.locator("html").get_attribute("lang") == "ru"
    assert "Ф. Р." in checking.locator(".card.ok").inner_text()
    shot(checking, "5-verify-ru")
    stranger.close()

    page.goto("/ky/me/known/")
    assert certificate.replace("-", "") in page.locator("main").inner_text().replace("-", "")
    page.goto("/ky/me/erase/")
    page.check('main input[type="checkbox"]')
    page.click("main form button")
    page.wait_for_url("**/erased/")
    assert not User.objects.filter(phone="+992900000055").exists()
    page.goto(f"/verify/{certificate}/")
    assert page.locator(".card.bad").is_visible()


def test_the_same_without_javascript_up_to_the_certificate(plain_page):
    choose_corridor(plain_page, "tg", "UZ-RU")
    for slug in ("papers", "border", "registration", "work-right"):
        answer_lesson(plain_page, "tg", slug, "UZ-RU")
    plain_page.goto(f"/tg/{COURSE}")
    assert steps_done(plain_page) == "4/4"
    code = pass_check(plain_page, "tg", "UZ-RU")
    plain_page.goto(f"/verify/{code}/")
    assert plain_page.locator(".card.ok").is_visible()
