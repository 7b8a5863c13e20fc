"""How people walk through the pages of jobs, whatever the language: by places and forms, not by words."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from matching.models import Candidate, CandidateLanguage, CandidateSkill, Care, Job, Occupation
from matching.models.taxonomy import Importance
from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.browser.steps import follow
from tests.waiting import until


def sign_in(page: Any, language: str, key: str) -> None:
    page.goto(f"/{language}/demo/")
    follow(page, f'form[action$="/{key}/"] button')


def reload_until_scored(page: Any, selector: str) -> None:
    def is_there() -> bool:
        page.reload()
        return bool(page.locator(selector).count())

    until(is_there, sweep=("matching.score_marked", "now"))


def fill_profile(page: Any, language: str, free_from: date, look: Any) -> None:
    """From the first page to the choice of the public agency; `look(step)` sees each step as it is sent."""
    place = f"/{language}/jobs/profile/"

    def go_on(step: str, following: str, selector: str = "main form button >> nth=0") -> None:
        look(step)
        follow(page, selector)
        page.wait_for_url(f"**{place}{following}")

    page.goto(f"/{language}/jobs/")
    follow(page, f'main a[href="{place}"]')
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
    go_on("occupations", "work/", "main form > button >> nth=0")
    page.select_option('[name="occupation"]', bricklayer)
    page.select_option('[name="years"]', "7")
    page.check('[name="is_current"]')
    follow(page, 'button[name="add"]')
    expect(page.locator('button[name="remove"]')).to_have_count(1)
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
    follow(page, "main form button >> nth=0")
    expect(page.locator('button[name="leave"]')).to_have_count(1)


def write_vacancy(page: Any, language: str, address: str, starts_on: date, openings: int, look: Any) -> str:
    """The five steps up to "in review"; returns the vacancy's uid."""
    page.goto(f"/{language}/jobs/own/")
    follow(page, f'main a[href="/{language}/jobs/own/new/"]')
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
    follow(page, 'form[action$="/hand-in/"] button')
    expect(page.locator('form[action$="/take-back/"]')).to_be_attached()
    return page.url.split("/")[-3]


def publish(page: Any, language: str, uid: str, look: Any) -> None:
    """What an operator does with a vacancy that was handed in: from their own page to "published"."""
    page.goto(f"/{language}/")
    follow(page, f'main a[href="/{language}/jobs/review/"]')
    follow(page, f'main h2 a[href="/{language}/jobs/review/{uid}/"]')
    look("review")
    follow(page, 'form[action$="/publish/"] button')
    page.wait_for_url("**/jobs/review/")


def save(page: Any, step: str, look: Any) -> None:
    look(step)
    follow(page, 'main button[value="save"]')


def a_bricklayer(given_name: str, family_name: str, user: User | None = None) -> Candidate:
    """In the public agency's care, with all that the work needs."""
    now, trade = timezone.now(), Occupation.objects.get(slug="bricklayer")
    candidate = Candidate.objects.create(
        user=user,
        given_name=given_name,
        family_name=family_name,
        citizenship="TJ",
        born_in=date(1990, 5, 1),
        home_region_id="TJ-SU",
        located_in="TJ",
        has_worked=True,
        wanted_countries=["RU"],
        registered_at=now - timedelta(days=5),
    )
    candidate.wanted_occupations.add(trade)
    Job.objects.create(candidate=candidate, occupation=trade, months=30, ended_on=now.date().replace(day=1))
    CandidateLanguage.objects.create(candidate=candidate, language="ru", level=2)
    for need in trade.needs.filter(importance=Importance.ESSENTIAL):
        CandidateSkill.objects.create(candidate=candidate, skill=need.skill, level=2)
    Care.objects.create(candidate=candidate, agency=public_agency(), since=now, consent_version="1")
    return candidate


def public_agency() -> Organisation:
    return Organisation.objects.get(name="Dushanbe Labour Agency")
