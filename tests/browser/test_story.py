"""Farrukh learns in Tajik, goes on in Kyrgyz, signs up, keeps his progress, passes, and a stranger checks his certificate."""

import re

from playwright.sync_api import expect

from portal.accounts.models import Consent, User
from tests.browser.learning import COURSE, answer_lesson, choose_corridor, pass_check, sign_up
from tests.browser.steps import follow

PHONE = "900 00 00 55"


def steps_done(page) -> str:
    return re.sub(r"\s", "", page.locator(".steps .count").first.inner_text())


def test_learn_switch_language_sign_up_and_certify(demo, page, open_page, shot):
    page.goto("/tg/")
    shot(page, "1-home-tg")
    choose_corridor(page, "tg", "TJ-RU")
    answer_lesson(page, "tg", "papers", "TJ-RU", wrong_first=True)
    shot(page, "2-next-lesson-tg")
    page.goto(f"/tg/{COURSE}")
    assert steps_done(page) == "1/4"

    follow(page, 'nav.langs a[hreflang="ky"]')
    assert page.url.endswith(f"/ky/{COURSE}")
    expect(page.locator("html")).to_have_attribute("lang", "ky")
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
    follow(page, "main form button")
    expect(page.locator(".certificate")).to_contain_text("Фаррух Раҳимов")
    shot(page, "4-certificate-ky")

    checking = open_page(locale="ru-RU")
    checking.goto("/verify/")
    checking.fill('input[name="code"]', certificate.lower())
    follow(checking, "button")
    expect(checking.locator("html")).to_have_attribute("lang", "ru")
    expect(checking.locator(".card.ok")).to_contain_text("Ф. Р.")
    shot(checking, "5-verify-ru")

    page.goto("/ky/me/known/")
    assert certificate.replace("-", "") in page.locator("main").inner_text().replace("-", "")
    page.goto("/ky/me/erase/")
    page.check('main input[type="checkbox"]')
    follow(page, "main form button")
    assert page.url.endswith("/erased/")
    assert not User.objects.filter(phone="+992900000055").exists()
    page.goto(f"/verify/{certificate}/")
    expect(page.locator(".card.bad")).to_be_visible()


def test_the_same_without_javascript_up_to_the_certificate(plain_page):
    choose_corridor(plain_page, "tg", "UZ-RU")
    for slug in ("papers", "border", "registration", "work-right"):
        answer_lesson(plain_page, "tg", slug, "UZ-RU")
    plain_page.goto(f"/tg/{COURSE}")
    assert steps_done(plain_page) == "4/4"
    code = pass_check(plain_page, "tg", "UZ-RU")
    plain_page.goto(f"/verify/{code}/")
    expect(plain_page.locator(".card.ok")).to_be_visible()
