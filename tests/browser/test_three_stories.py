"""Three people, each with their own story and language: the candidate on a phone without scripts in Tajik, the employer in an office in
Russian, the agency in an office in Uzbek. What the others do meanwhile goes through their use cases. axe looks at each page on the way.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from matching import answer, contract, journey, questions, review, select
from matching.forms.offer import from_vacancy
from matching.interviews import Time, offer_times, take_time
from matching.models import Candidate, Match, MatchEvent, Offer, State, Vacancy
from placements.models import Placement
from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.browser.jobs import a_bricklayer, fill_profile, publish, save, sign_in
from tests.browser.steps import follow, settle
from tests.browser.test_accessibility import is_too_wide, serious
from tests.matching.factories import a_user
from tests.matching.vacancies import fill, make_draft, put_out

OFFICE = (1280, 800)


@pytest.fixture
def look(shot: Callable[[Any, str], None]) -> Callable[..., None]:
    """The page as it stands: nothing serious to axe, not wider than its window; a picture where pictures are asked for."""

    def at(page: Page, name: str, reader: Page | None = None) -> None:
        """`reader` opens the same page with scripts, which axe needs."""
        shot(page, f"story-{name}")
        if reader is not None:
            reader.context.add_cookies(page.context.cookies())
            reader.goto(page.url)
        assert serious(reader or page) == [] and not is_too_wide(reader or page), name

    return at


@pytest.fixture
def vacancy(people: dict[str, User]) -> Vacancy:
    """Published: bricklayers for Kazan, who are given a bed and the way there."""
    return put_out(fill(make_draft(people["ildar"]), people["ildar"]), people)


def interested(vacancy: Vacancy, given_name: str, family_name: str) -> Match:
    """Somebody in the public agency's care has found the vacancy."""
    candidate = a_bricklayer(given_name, family_name, a_user(language="tg"))
    return review.express_interest(candidate, vacancy, candidate.user, timezone.now())


def an_offer(match: Match, **differs: Any) -> Offer:
    told = {"hours_a_week": 40, "overtime": "none", "days_off": 2, "leave_days": 28, "paid_on": [10, 25]}
    return Offer(**from_vacancy(match.vacancy) | told | differs)


def states_of(match: Match) -> list[str]:
    return list(MatchEvent.objects.filter(match=match).order_by("pk").values_list("after", flat=True))


def test_the_candidate_without_scripts(people, vacancy, plain_page, page, look):
    reader, page = page, plain_page
    manizha, ildar = people["manizha"], people["ildar"]
    sign_in(page, "tg", "farrukh")
    fill_profile(page, "tg", timezone.now().date() + timedelta(days=14), lambda step: None)
    look(page, "candidate-1-profile", reader)

    page.goto("/tg/jobs/?place=RU-TA")
    follow(page, f'main a[href^="/tg/jobs/{vacancy.uid}/"]')
    look(page, "candidate-2-vacancy", reader)
    follow(page, 'form[action$="/for-me/"] button')
    match = Match.objects.get(vacancy=vacancy, candidate__user=people["farrukh"])
    mine = f"/tg/jobs/mine/{match.uid}/"
    assert page.url.endswith(mine)
    page.fill('form[action$="/ask/"] textarea', "Чанд кас дар як ҳуҷра?")
    follow(page, 'form[action$="/ask/"] button')
    look(page, "candidate-3-asked", reader)

    questions.answer(match.questions.get(), manizha, "Чор кас.", timezone.now())
    review.approve(match, manizha, timezone.now())
    page.goto("/tg/jobs/mine/")
    follow(page, f'main h2 a[href="{mine}"]')
    expect(page.locator("#ask")).to_contain_text("Чор кас.")
    look(page, "candidate-4-proposed", reader)
    follow(page, 'form[action$="/accept/"] button')

    offer_times(match, [Time(timezone.now() + timedelta(days=day), "phone") for day in (1, 2)], ildar, timezone.now())
    page.reload()
    look(page, "candidate-5-times", reader)
    follow(page, 'form[action*="/times/"] button')
    assert match.interviews.get().taken_at is not None
    select.select(match, ildar, timezone.now())
    contract.enter_offer(match, an_offer(match, wage_amount=70_000), manizha, timezone.now())

    page.goto(mine)
    expect(page.locator("tr.different")).to_have_count(1)
    look(page, "candidate-6-contract", reader)
    contract.enter_offer(match, an_offer(match), manizha, timezone.now())
    follow(page, 'form[action$="/agree/"] button')
    assert match.events.filter(after=State.AGREED).count() == 0, "nobody agrees to terms that they have not read"
    follow(page, 'nav.langs a[hreflang="ru"]')
    assert page.url.endswith(f"/ru/jobs/mine/{match.uid}/")
    follow(page, 'nav.langs a[hreflang="tg"]')
    follow(page, 'form[action$="/agree/"] button')
    follow(page, f'main a[href="{mine}money/"]')
    page.check('[name="asked"][value="no"]')
    follow(page, "main form button")

    follow(page, f'main a[href="{mine}before/"]')
    look(page, "candidate-7-before-departure", reader)
    with page.expect_download() as calendar:
        page.click('main a[href$="/before.ics"]')
    assert b"BEGIN:VEVENT" in calendar.value.path().read_bytes()

    page.goto(mine)
    follow(page, f'main a[href="{mine}contract/"]')
    look(page, "candidate-8-contract-in-two-languages", reader)
    page.goto(mine)
    follow(page, f'main a[href="/tg/placements/{match.uid}/"]')
    follow(page, 'main a[href$="/choices/"]')
    look(page, "candidate-9-how-to-be-asked", reader)
    page.check('[name="hours"][value="evening"]')
    page.fill('[name="trusted_name"]', "Мадина")
    page.fill('[name="trusted_phone"]', "901112233")
    follow(page, "main form button")
    journey.depart(match, manizha, timezone.now())
    page.reload()
    follow(page, 'form[action$="/arrived/"] button')
    look(page, "candidate-10-arrived", reader)
    assert Placement.objects.get(match=match).arrived_at is not None
    before = [State.APPROVED, State.ACCEPTED, State.SELECTED, State.OFFERED, State.OFFERED]
    assert states_of(match) == [*before, State.AGREED, State.PLACED]


def test_the_employer_in_an_office(people, open_page, look):
    page, manizha = open_page(*OFFICE), people["manizha"]
    sign_in(page, "ru", "ildar")
    page.goto("/ru/jobs/own/")
    follow(page, 'main a[href="/ru/jobs/own/new/"]')
    page.select_option('[name="occupation"]', "bricklayer")
    page.select_option('[name="region"]', "RU-TA")
    page.fill('[name="address"]', "Казань, ул. Баумана, 1")
    page.locator('textarea[name="description"]').press_sequentially("Только мужчины.")
    expect(page.locator("#cautions .danger")).to_have_count(1)
    settle(page)
    look(page, "employer-1-caution")
    save(page, "place", lambda step: None)
    save(page, "skills", lambda step: None)
    page.wait_for_url("**/requirements/")
    save(page, "requirements", lambda step: None)
    page.fill('[name="wage_amount"]', "95 000")
    page.check('[name="conditions"][value="housing"]')
    page.fill('[name="hours_a_week"]', "40")
    page.fill('[name="starts_on"]', (timezone.now() + timedelta(days=60)).date().isoformat())
    page.fill('[name="openings"]', "2")
    save(page, "pay", lambda step: None)
    page.wait_for_url("**/check/")
    vacancy = Vacancy.objects.get()
    own = f"/ru/jobs/own/{vacancy.uid}"
    assert page.locator('form[action$="/hand-in/"]').count() == 0, "what the law forbids is not handed in"
    follow(page, f'main a[href="{own}/place/"]')
    page.fill('textarea[name="description"]', "Кладём стены вдвоём с мастером.")
    settle(page)
    save(page, "place", lambda step: None)
    page.goto(f"{own}/check/")
    look(page, "employer-2-ready")
    follow(page, 'form[action$="/hand-in/"] button')

    operator = open_page(*OFFICE)
    sign_in(operator, "ru", "timur")
    publish(operator, "ru", str(vacancy.uid), lambda step: look(operator, "employer-3-review"))
    vacancy.refresh_from_db()
    match = interested(vacancy, "Anvar", "Nazarov")
    review.approve(match, manizha, timezone.now())
    page.goto(f"{own}/people/")
    follow(page, f'main h2 a[href="{own}/people/{match.uid}/"]')
    assert "Nazarov" not in page.content() and page.locator('form[action$="/times/"]').count() == 0
    look(page, "employer-4-initials")

    answer.accept(match, match.candidate.user, timezone.now())
    page.reload()
    follow(page, 'form[action$="/person/"] button')
    assert "Nazarov" in page.locator("h1").inner_text()
    page.goto(f"{own}/people/{match.uid}/")
    page.locator("details", has=page.locator('form[action$="/times/"]')).locator("summary").click()
    page.check('[name="way"][value="phone"]')
    talk = (timezone.now() + timedelta(days=3)).replace(hour=10, minute=30)
    page.fill('[name="at_1"]', talk.strftime("%Y-%m-%dT%H:%M"))
    follow(page, 'form[action$="/times/"] button')
    take_time(match.interviews.get(), match.candidate.user, timezone.now())
    page.reload()
    look(page, "employer-5-talk")
    follow(page, 'form[action$="/select/"] button')
    contract.enter_offer(match, an_offer(match), manizha, timezone.now())
    page.reload()
    follow(page, 'main a[href$="/letter/"]')
    expect(page.locator("main")).to_contain_text("95")
    look(page, "employer-6-letter")
    vacancy.refresh_from_db()
    assert (vacancy.status, vacancy.seats_taken) == (Vacancy.Status.PUBLISHED, 1)


def press(page: Page, what: str) -> None:
    """At the desk htmx answers, and no new page opens."""
    page.click(what)
    settle(page)


def test_the_agency_in_an_office(people, vacancy, open_page, look):
    page, manizha = open_page(*OFFICE), people["manizha"]
    first, second, third = (interested(vacancy, name, "Nazarov") for name in ("Anvar", "Bobur", "Davron"))
    sign_in(page, "uz", "manizha")
    page.goto("/uz/jobs/desk/waiting/")
    page.select_option('[name="country"]', "KZ")
    press(page, "form.filters button")
    assert page.locator('[name="match"]').count() == 0
    page.select_option('[name="country"]', "RU")
    page.select_option('[name="show"]', State.SUGGESTED)
    press(page, "form.filters button")
    expect(page.locator('[name="match"]')).to_have_count(3)
    look(page, "agency-1-queue")
    page.fill('form.inline [name="name"]', "Rossiya")
    press(page, "form.inline button")
    press(page, "form.kept a")
    for match in (first, second):
        page.check(f'[name="match"][value="{match.uid}"]')
    press(page, 'button[value="approve"]')
    expect(page.locator('[name="match"]')).to_have_count(1)
    look(page, "agency-2-batch")
    assert [states_of(match) for match in (first, second, third)] == [[State.APPROVED], [State.APPROVED], []]
    page.check(f'[name="match"][value="{third.uid}"]')
    press(page, 'button[value="take"]')
    third.refresh_from_db()
    assert third.assigned_to == manizha
    follow(page, 'nav.langs a[hreflang="uz"]')
    assert page.url.endswith("/uz/jobs/desk/waiting/"), "where the queue stands, not where its forms go"

    page.goto("/uz/jobs/people/")
    follow(page, 'main a[href="/uz/jobs/people/new/"]')
    look(page, "agency-3-walk-in")
    for name, typed in {"given_name": "Барно", "family_name": "Шарипова", "year": "1994", "phone": "901234567", "paper": "12"}.items():
        page.fill(f'[name="{name}"]', typed)
    page.select_option('[name="month"]', "5")
    page.select_option('[name="trade"]', "bricklayer")
    page.select_option('[name="reason"]', index=1)
    follow(page, "main form > button")
    assert Candidate.objects.get(given_name="Барно").care.get().agency == Organisation.objects.get(name="Dushanbe Labour Agency")
    look(page, "agency-4-registered")

    answer.accept(first, first.candidate.user, timezone.now())
    select.select(first, people["ildar"], timezone.now())
    page.goto(f"/uz/jobs/desk/{vacancy.uid}/{first.uid}/")
    press(page, 'a[href$="/offer/"]')
    form = page.locator("form.offer")
    for name, typed in {"pay_day": "10", "days_off": "2", "leave_days": "28", "wage_amount": "74 000"}.items():
        form.locator(f'[name="{name}"]').fill(typed)
    form.locator('[name="overtime"][value="none"]').check()
    look(page, "agency-5-contract")
    press(page, "form.offer button")
    expect(page.locator("tr.different")).to_have_count(1)
    look(page, "agency-6-offered")
    assert states_of(first)[-1] == State.OFFERED and first.offers.get().entered_by == manizha
