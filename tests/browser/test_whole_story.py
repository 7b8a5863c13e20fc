"""The whole story: Farrukh learns and signs up in Tajik, Ildar hires in Russian, Manizha decides in English, a real worker scores
between them, and in the end the money goes home. Its pictures are the tour's: `make pictures` puts them into docs/.
"""

import math
import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from matching.models import AccessLog, Candidate, Match, MatchEvent, State, Vacancy
from portal.accounts.models import User
from tests.browser.jobs import a_bricklayer, fill_profile, publish, reload_until_scored, sign_in, write_vacancy
from tests.browser.learning import answer_lesson, choose_corridor, sign_up
from tests.browser.steps import follow, settle

ADDRESS = "Казань, ул. Баумана, 1"
COURSE = "learn/before-you-go/"
PHONE = "900 00 00 55"


@pytest.fixture
def anvar(people: dict[str, User]) -> Candidate:
    """Another bricklayer in the same agency's care, without an account: somebody to choose between."""
    return a_bricklayer("Anvar", "Nazarov")


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def parts_add_up(page: Any) -> tuple[int, int]:
    """Both sides of the desk's match: each part's points and shares add up to what stands below them."""
    totals = []
    for table in page.locator("table.parts").all():
        rows = [row.split("/") for row in table.locator("td.number").all_inner_texts()]
        *parts, whole = [(number(points), number(share)) for points, share in rows]
        assert len(parts) > 2
        assert tuple(map(sum, zip(*parts, strict=True))) == whole
        assert whole[1] == 10_000
        totals.append(whole[0])
    job, person = totals
    return job, person


def test_from_the_first_lesson_to_money_at_home(demo, people, anvar, page, open_page, shot, tour):
    today = timezone.now().date()
    farrukh = learn_and_sign_up(page, tour)
    fill_profile(page, "tg", today + timedelta(days=14), lambda step: shot(page, f"jobs-1-profile-{step}-tg"))
    page.goto("/tg/jobs/profile/")
    assert re.findall(r"\d+", page.locator(".steps .count").inner_text()) == ["12", "12"]
    shot(page, "jobs-1-profile-whole-tg")
    tour(page, "04-profile")
    page.goto("/tg/jobs/mine/")
    assert page.locator(".empty").is_visible()
    shot(page, "jobs-1-no-match-yet-tg")

    employer = open_page(1280, 800)
    sign_in(employer, "ru", "ildar")
    employer.goto("/ru/jobs/own/")
    shot(employer, "jobs-2-own-empty-ru")
    uid = write_vacancy(employer, "ru", ADDRESS, today + timedelta(days=55), 1, lambda step: shot(employer, f"jobs-2-vacancy-{step}-ru"))
    operator = open_page(1280, 800)
    sign_in(operator, "en", "timur")
    publish(operator, "en", uid, lambda step: shot(operator, f"jobs-2-vacancy-{step}-en"))
    employer.reload()
    employer.wait_for_selector('main a[href$="/people/"]')
    shot(employer, "jobs-2-vacancy-published-ru")
    tour(employer, "05-vacancy")
    vacancy = Vacancy.objects.get(uid=uid)
    assert (vacancy.status, vacancy.created_by, vacancy.seats_taken) == (Vacancy.Status.PUBLISHED, people["ildar"], 0)

    desk = open_page(1280, 800)
    sign_in(desk, "en", "manizha")
    desk.goto("/en/jobs/desk/")
    reload_until_scored(desk, f'a[href="/en/jobs/desk/{uid}/"]')
    shot(desk, "jobs-3-desk-en")
    follow(desk, f'a[href="/en/jobs/desk/{uid}/"]')
    expect(desk.locator(".queue nav a")).to_have_count(2)
    match, other = vacancy.matches.get(candidate__user=farrukh), vacancy.matches.get(candidate=anvar)

    desk.click(f"#row-{match.uid}")
    settle(desk)
    heading = desk.locator(".title h1")
    expect(heading).to_contain_text("Ф. Р.")
    job, person = parts_add_up(desk)
    assert (job, person) == (match.fits_job, match.suits_person)
    ring = number(desk.locator(".title .ring text").text_content())
    assert ring == round(match.points / 100) == round(math.sqrt(job * person) / 100)
    assert desk.locator(".skills .chip").count() >= 4 and "60" not in re.findall(r"\d+", desk.locator(".parts >> nth=1").inner_text())
    shot(desk, "jobs-3-desk-match-en")
    tour(desk, "06-desk")
    desk.set_viewport_size({"width": 360, "height": 740})
    shot(desk, "jobs-3-desk-match-en-phone")
    desk.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"/tg/jobs/mine/{match.uid}/")
    assert page.locator("form[action$='/accept/']").count() == 0, "nobody hears of a suggestion before staff have looked"

    desk.click(f'form[action$="/{match.uid}/approve/"] button')
    settle(desk)
    expect(heading).to_contain_text("A. N.")
    desk.keyboard.press("a")
    settle(desk)
    expect(desk.locator(f"#row-{other.uid} .chip.neutral")).to_be_visible()
    assert set(vacancy.matches.values_list("state", flat=True)) == {State.APPROVED}

    employer.goto(f"/ru/jobs/own/{uid}/people/")
    assert employer.locator("main .card").count() == 2
    follow(employer, f'main h2 a[href$="/people/{match.uid}/"]')
    expect(employer.locator("h1")).to_have_text("Ф. Р.")
    assert_nobody_known(employer)
    assert employer.locator('form[action$="/person/"], form[action$="/select/"]').count() == 0
    shot(employer, "jobs-4-initials-ru")

    page.goto("/tg/jobs/mine/")
    shot(page, "jobs-4-my-matches-tg")
    follow(page, f'main h2 a[href="/tg/jobs/mine/{match.uid}/"]')
    shot(page, "jobs-4-my-match-tg")
    tour(page, "07-my-match")
    follow(page, 'form[action$="/accept/"] button')
    expect(page.locator('form[action$="/withdraw/"]')).to_be_attached()

    employer.reload()
    assert_nobody_known(employer)
    follow(employer, 'form[action$="/person/"] button')
    expect(employer.locator("h1")).to_have_text("Фаррух Раҳимов")
    assert farrukh.phone in re.sub(r"[^\d+]", "", employer.locator("main dl").inner_text())
    assert AccessLog.objects.get().user == people["ildar"]
    shot(employer, "jobs-5-person-ru")
    tour(employer, "08-person")
    follow(employer, 'form[action$="/select/"] button')
    expect(employer.locator('form[action$="/select/"]')).to_have_count(0)
    shot(employer, "jobs-5-selected-ru")

    desk.goto(f"/en/jobs/desk/{uid}/{match.uid}/")
    desk.click('a[href$="/offer/"]')
    settle(desk)
    form = desk.locator("form.offer")
    form.locator('[name="wage_amount"]').fill("90000")
    for name, typed in {"pay_day": "10", "second_pay_day": "25", "days_off": "2", "leave_days": "28"}.items():
        form.locator(f'[name="{name}"]').fill(typed)
    form.locator('[name="overtime"][value="none"]').check()
    shot(desk, "jobs-6-contract-form-en")
    form.locator("button").click()
    settle(desk)
    expect(desk.locator("tr.different")).to_have_count(1)
    shot(desk, "jobs-6-contract-en")

    page.goto(f"/tg/jobs/mine/{match.uid}/")
    different = page.locator("tr.different")
    assert different.count() == 1 and page.locator("main table tbody tr").count() == 10
    assert [number(text.split("₽")[0]) for text in different.locator("td").all_inner_texts()] == [90_000, 95_000]
    assert different.locator("td").first.evaluate("cell => getComputedStyle(cell).color") != page.locator(
        "tr:not(.different) td"
    ).first.evaluate("cell => getComputedStyle(cell).color")
    shot(page, "jobs-6-difference-tg")
    different.scroll_into_view_if_needed()
    tour(page, "09-contract")
    follow(page, 'form[action$="/agree/"] button')
    expect(page.locator('form[action$="/agree/"]')).to_have_count(0)

    desk.reload()
    shot(desk, "jobs-7-agreed-en")
    desk.click('form[action$="/depart/"] button')
    settle(desk)
    desk.wait_for_selector('form[action$="/end/"]', state="attached")
    shot(desk, "jobs-7-departed-en")
    page.goto("/tg/jobs/mine/")
    shot(page, "jobs-7-departed-tg")
    desk.click(".reason summary >> nth=0")
    desk.check('[name="end-reason"][value="finished"]')
    desk.click('form[action$="/end/"] button')
    expect(desk.locator(".history li")).to_have_count(8)
    shot(desk, "jobs-8-ended-en")
    page.goto("/tg/jobs/mine/")
    assert page.locator(f'main a.entry[href="/tg/jobs/mine/{match.uid}/"]').count() == 1
    shot(page, "jobs-8-ended-tg")

    send_home(page, shot, tour)

    vacancy.refresh_from_db()
    assert vacancy.seats_taken == vacancy.openings == 1
    ildar, manizha = people["ildar"], people["manizha"]
    moves = MatchEvent.objects.filter(match=match).order_by("pk").values_list("after", "actor")
    assert list(moves) == [
        (State.APPROVED, manizha.pk),
        (State.ACCEPTED, farrukh.pk),
        (State.SELECTED, ildar.pk),
        (State.OFFERED, manizha.pk),
        (State.AGREED, farrukh.pk),
        (State.PLACED, manizha.pk),
        (State.ENDED, manizha.pk),
    ]
    assert list(MatchEvent.objects.filter(match=other).values_list("after", "actor")) == [(State.APPROVED, manizha.pk)]
    assert Match.objects.get(pk=match.pk).state == State.ENDED


def learn_and_sign_up(page: Any, tour: Any) -> User:
    """A lesson without an account, then a phone and a code; what was learnt comes along."""
    page.goto("/tg/")
    tour(page, "01-home")
    choose_corridor(page, "tg", "TJ-RU", COURSE)
    page.goto(f"/tg/{COURSE}border/")
    tour(page, "02-lesson")
    answer_lesson(page, "tg", "papers", "TJ-RU", COURSE, wrong_first=True)
    page.goto(f"/tg/{COURSE}papers/1/")
    tour(page, "03-question")
    sign_up(page, "tg", PHONE)
    page.goto(f"/tg/{COURSE}")
    assert re.sub(r"\s", "", page.locator(".steps .count").first.inner_text()) == "1/14"  # of the core lessons of his road
    return User.objects.get(phone="+992900000055")


def send_home(page: Any, shot: Any, tour: Any) -> None:
    """The wage is earned: which service brings the most of it home, and what does the first one take?"""
    page.goto("/tg/")
    follow(page, 'main a[href="/tg/money/"] >> nth=0')
    page.fill('[name="amount"]', "20.000,00")
    follow(page, "main form button")
    assert "amount=20.000" in page.url
    sums = [text.rstrip().rsplit(maxsplit=1) for text in page.locator(".offers").first.locator(".quote .big").all_inner_texts()]
    in_somoni = [float(re.sub(r"[^\d,]", "", amount).replace(",", ".")) for amount, unit in sums if unit == "сомонӣ"]
    assert len(sums) >= 5 and len(in_somoni) >= 3 and in_somoni == sorted(in_somoni, reverse=True)
    page.locator("#compared").evaluate("heading => heading.scrollIntoView({behavior: 'instant'})")
    tour(page, "10-money")
    page.locator(".quote summary >> nth=0").click()
    expect(page.locator(".quote details[open]")).to_have_count(1)
    shot(page, "8-money-tg")


def assert_nobody_known(page: Any) -> None:
    text = page.content()
    assert "Фаррух" not in text and "Раҳимов" not in text and "000000055" not in re.sub(r"\s", "", text)
