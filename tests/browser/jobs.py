"""How people walk through the pages of jobs, whatever the language: by places and forms, not by words."""

import time
from datetime import date
from typing import Any

from matching.models import Occupation
from portal.organisations.models import Organisation

WORKER_WITHIN = 30  # seconds until a real worker has scored, on a busy machine


def sign_in(page: Any, language: str, key: str) -> None:
    page.goto(f"/{language}/demo/")
    page.click(f'form[action$="/{key}/"] button')
    page.wait_for_url(lambda url: "/demo/" not in url)


def reload_until(page: Any, selector: str) -> None:
    last = time.monotonic() + WORKER_WITHIN
    while not page.locator(selector).count():
        assert time.monotonic() < last, f"{selector} has not come within {WORKER_WITHIN} s"
        page.reload()


def fill_profile(page: Any, language: str, free_from: date, look: Any) -> None:
    """From the first page to the choice of the public agency; `look(step)` sees each step as it is sent."""
    place = f"/{language}/jobs/profile/"

    def go_on(step: str, following: str, selector: str = "main form button >> nth=0") -> None:
        look(step)
        page.click(selector)
        page.wait_for_url(f"**{place}{following}")

    page.goto(f"/{language}/jobs/")
    page.click(f'main a[href="{place}"]')
    go_on("begin", "start/", f'main a[href="{place}start/"]')
    page.check('[name="citizenship"][value="TJ"]')
    page.select_option('[name="month"]', "3")
    page.fill('[name="year"]', "1998")
    go_on("start", "name/")
    page.fill('[name="given_name"]', "Фаррух")
    page.fill('[name="family_name"]', "Раҳимов")
    go_on("name", "place/")
    page.select_option('[name="home_region"]', "TJ-KT")
    page.select_option('[name="located_in"]', "TJ")
    go_on("place", "languages/")
    page.select_option('[name="ru"]', "3")
    page.select_option('[name="en"]', "0")
    go_on("languages", "occupations/")
    bricklayer = str(Occupation.objects.get(slug="bricklayer").pk)
    page.locator("details", has=page.locator(f'[name="occupations"][value="{bricklayer}"]')).locator("summary").click()
    page.check(f'[name="occupations"][value="{bricklayer}"]')
    go_on("occupations", "work/")
    page.select_option('[name="occupation"]', bricklayer)
    page.fill('[name="years"]', "7")
    page.check('[name="is_current"]')
    page.click('button[name="add"]')
    page.wait_for_selector('button[name="remove"]')
    go_on("work", "skills/", f'main a[href="{place}skills/"]')
    for level in page.locator('select[name^="skill-"]').all()[:-1]:  # all but one: something is missing on purpose
        level.select_option("3")
    go_on("skills", "papers/", "main form > button >> nth=0")
    go_on("papers", "where/", f'main a[href="{place}where/"]')
    page.check('[name="RU"][value="wanted"]')
    for folded in page.locator("details", has=page.locator('[name="wanted_RU"][value="RU-TA"]')).all():  # the list, then its district
        folded.locator("> summary").click()
    page.check('[name="wanted_RU"][value="RU-TA"]')
    page.check('[name="KZ"][value="accepted"]')
    go_on("where", "wage/")
    page.fill('[name="wage_floor"]', "60 000")
    page.fill('[name="wage_wish"]', "90000")
    go_on("wage", "conditions/")
    page.check('[name="conditions"][value="housing"]')
    page.check('[name="conditions"][value="travel"]')
    go_on("conditions", "available/")
    page.fill('[name="available_on"]', free_from.isoformat())
    go_on("available", "agency/")
    first = page.locator('label.choice:has([name="agency"])').first
    assert first.locator(".chip").count() == 1, "the public service comes first"
    first.locator("input").check()
    page.check('[name="consent"]')
    look("agency")
    page.click("main form button >> nth=0")
    page.wait_for_selector('button[name="leave"]')


def write_vacancy(page: Any, language: str, address: str, starts_on: date, openings: int, look: Any) -> str:
    """The five steps up to "in review"; returns the vacancy's uid."""
    page.goto(f"/{language}/jobs/own/")
    page.click(f'main a[href="/{language}/jobs/own/new/"]')
    page.wait_for_url("**/own/new/")
    page.select_option('[name="occupation"]', "bricklayer")
    page.select_option('[name="region"]', "RU-TA")
    page.fill('[name="address"]', address)
    save(page, "place", look)
    page.wait_for_url("**/skills/")
    save(page, "skills", look)
    page.wait_for_url("**/requirements/")
    page.fill('[name="experience_months"]', "12")
    page.select_option('[name="minimum_ru"]', "1")
    page.select_option('[name="target_ru"]', "2")
    save(page, "requirements", look)
    page.wait_for_url("**/pay/")
    page.fill('[name="wage_amount"]', "95 000")
    page.check('[name="conditions"][value="housing"]')
    page.check('[name="conditions"][value="travel"]')
    page.fill('[name="hours_a_week"]', "40")
    page.fill('[name="starts_on"]', starts_on.isoformat())
    page.fill('[name="openings"]', str(openings))
    save(page, "pay", look)
    page.wait_for_url("**/check/")
    look("check")
    page.click('form[action$="/hand-in/"] button')
    page.wait_for_selector('form[action$="/take-back/"]')
    return page.url.split("/")[-3]


def publish(page: Any, language: str, uid: str, look: Any) -> None:
    """What an operator does with a vacancy that was handed in: from their own page to "published"."""
    page.goto(f"/{language}/")
    page.click(f'main a[href="/{language}/jobs/review/"]')
    page.click(f'main h2 a[href="/{language}/jobs/review/{uid}/"]')
    look("review")
    page.click('form[action$="/publish/"] button')
    page.wait_for_url("**/jobs/review/")


def save(page: Any, step: str, look: Any) -> None:
    look(step)
    page.click('main button[value="save"]')


def public_agency() -> Organisation:
    return Organisation.objects.get(name="Dushanbe Labour Agency")
