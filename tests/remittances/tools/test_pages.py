"""/<language>/money/tools/: as somebody without a script uses them, and what strange addresses get."""

import gzip
import html as entities
import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from icalendar import Calendar

from orientation.models import Fact
from portal.money.models import DayRate
from remittances.tools.catalogue import TOOLS
from tests.portal.test_budgets import fetched, size_of
from tests.remittances.page import text_of
from tests.remittances.tools.asked import GOOD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
KB = 1024
GARBAGE = ["1e15", "-5", "NaN", "abc", "99999999999999", "1,2,3", "0001-01-01", "9999-12-31", "RU-XXX", "\x00", "٫", "' OR 1", "9" * 900]


def get(client: Client, slug: str, language: str = "en", **told: str):
    response = client.get(f"/{language}/money/tools/{slug}/?{urlencode(told)}")
    return response, text_of(response.content.decode().partition('<script id="tool-data"')[0])


def out(response, name: str) -> str:
    found = re.search(rf'data-out="{name}"[^>]*>([^<]*)<', response.content.decode())
    assert found
    return entities.unescape(found[1]).replace("\xa0", " ")


def problems(response) -> dict[str, str]:
    shown = response.context["fields"]
    return {each.field.name: each.problem for each in shown if each.problem}


@pytest.mark.parametrize("slug", TOOLS)
def test_each_counts_says_its_sources_and_gives_a_link_that_counts_the_same(client, slug, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        response, text = get(client, slug, **GOOD[slug])
    assert response.status_code == 200 and problems(response) == {} and "Your result" in text
    assert not response.cookies and response["Cache-Control"].startswith("public") and response["Safar-Keep"] == "asked"
    shared = response.context["asked"].link
    again = client.get(f"/en/money/tools/{slug}/{shared}")
    assert again.context["asked"].link == shared
    assert [value for _row, value in again.context["rows"]] == [value for _row, value in response.context["rows"]]
    codes = {*TOOLS[slug].facts, *TOOLS[slug].known}
    assert set(Fact.objects.filter(code__in=codes).values_list("code", flat=True)) == codes
    assert all(str(Fact.objects.get(code=code).title) in text for code in codes)


@pytest.mark.parametrize("language", ["tg", "en"])
def test_the_pages_weigh_little(client, language):
    for slug in ("", *(f"{slug}/?{urlencode(GOOD[slug])}" for slug in TOOLS)):
        response = client.get(f"/{language}/money/tools/{slug}")
        parts = fetched(response.content.decode())
        assert len(gzip.compress(response.content, 6)) <= 14 * KB
        assert sum(map(size_of, parts["js"])) <= 6 * KB, slug
        assert 1 + sum(map(len, parts.values())) <= 8


def test_the_first_page_leads_to_each_and_says_what_saving_weighs(client):
    html = client.get("/en/money/tools/").content.decode()
    assert all(f'href="/en/money/tools/{slug}/"' in html and f'data-paths="/en/money/tools/{slug}/' in html for slug in TOOLS)
    sizes = [int(size) for size in re.findall(r"(\d+) KB", html)]
    assert sizes[0] >= sum(sizes[1:]) > len(TOOLS)
    assert 'href="/en/money/tools/"' in client.get("/en/money/").content.decode()


def test_a_form_that_nobody_filled_in_has_no_result_and_no_complaint(client):
    for slug in TOOLS:
        response, _text = get(client, slug)
        assert response.status_code == 200 and problems(response) == {} and "data-result" in response.content.decode()
        assert re.search(r"data-result[^>]* hidden", response.content.decode()) and "Safar-Keep" not in response
    assert client.get("/en/money/tools/lottery/").status_code == 404


@pytest.mark.parametrize("slug", TOOLS)
def test_garbage_is_answered_with_a_sentence_and_kept_as_typed(client, slug):
    fields = TOOLS[slug].fields
    for shift in range(0, len(GARBAGE), 4):
        garbage = {field.name: GARBAGE[(place + shift) % len(GARBAGE)] for place, field in enumerate(fields)}
        response, text = get(client, slug, **garbage)
        assert response.status_code == 400
        assert all(field.name in problems(response) for field in fields if field.kind in ("choice", "day"))
        assert "None" not in text and "%(" not in text
    response, _text = get(client, slug, **GOOD[slug] | {fields[-1].name: "<b>1"})
    assert fields[-1].name in problems(response)
    assert 'value="&lt;b&gt;1"' in response.content.decode()


@pytest.mark.parametrize(
    ("slug", "field", "typed", "said"),
    [
        ("loan", "months", "2,5", "Write a whole number, without a comma."),
        ("loan", "months", "601", "This is too much for us to count with: 600 is the most. Look at the zeros."),
        ("loan", "borrowed", "0", "Write a sum that is more than zero."),
        ("loan", "fee", "-1", "Write zero or more."),
        ("loan", "fee", "10000", "The fees eat the whole loan. Look at the numbers again."),
        ("loan", "payment", "1", "With these payments you would give back less than you borrow. Look at the numbers again."),
        ("goal", "monthly", "1", "So it takes more than fifty years. Put more aside each month, or choose a smaller goal."),
        ("patent", "until", "2026-08-30", "The contract ends before the patent begins. Look at both days again."),
        ("patent", "until", "2026-02-30", "There is no such day. Write it like 05.03.2026."),
        ("wage", "days", "", "Write on how many days you worked longer."),
        ("wage", "status", "king", "Choose one of the list."),
        ("leaving", "wage", "15.000.00", "Write the sum in digits, for example 15,000 or 15,000.50."),
    ],
)
def test_each_fault_has_its_sentence(client, slug, field, typed, said):
    response, text = get(client, slug, **GOOD[slug] | {"interest": "0", field: typed})
    assert response.status_code == 400 and problems(response)[field] == said and said in text


def test_a_law_that_is_not_in_force_is_not_counted_with(client):
    Fact.objects.filter(code__in=["RU-MIN-WAGE-MOW", "RU-PATENT-FEE-MOW"]).update(valid_from="2025-01-01", valid_to="2025-12-31")
    response, _text = get(client, "wage", **GOOD["wage"])
    assert response.status_code == 200 and out(response, "lowest") == "–"
    response, _text = get(client, "patent", **GOOD["patent"])
    assert problems(response) == {"price": "We do not know this price today. Write what the region asks for one month."}
    response, _text = get(client, "patent", **GOOD["patent"], price="12 000")
    assert out(response, "total") == "84,000 ₽"
    Fact.objects.filter(code="RU-PATENT-TAX").update(status=Fact.Status.UNKNOWN)
    assert "place" in problems(get(client, "wage", **GOOD["wage"])[0])


@pytest.mark.parametrize(("region", "price"), [("RU-LEN", "RU-PATENT-FEE-SPE"), ("RU-KAM", "RU-PATENT-FEE-KAM")])
def test_a_patent_costs_what_its_region_asks(client, region, price):
    response, _text = get(client, "patent", **GOOD["patent"] | {"region": region})
    assert out(response, "price") == f"{Fact.objects.get(code=price).number:,.0f} ₽"


def test_a_budget_takes_the_middle_rate_and_says_of_which_day(client, today):
    response, text = get(client, "budget", **GOOD["budget"])
    assert out(response, "send") == "16,000 ₽" and out(response, "needed") == "2,000 TJS"  # 1 RUB = 0.125 TJS
    assert "Leave it empty to count with the middle rate of" in text
    typed, _text = get(client, "budget", **GOOD["budget"], thousand="100")
    assert out(typed, "send") == "20,000 ₽"
    DayRate.objects.all().delete()
    response, text = get(client, "budget", **GOOD["budget"])
    assert problems(response) == {"thousand": "We have no fresh rate. Write what 1,000 of your money is worth at home."}


def test_the_days_of_a_patent_go_into_a_calendar(client, today):
    until = date(today.year + 1, today.month, 1)
    told = {"region": "RU-MOW", "first": str(today), "until": str(until)}
    response, _text = get(client, "patent", **told)
    link = response.context["asked"].link
    assert f"/en/money/tools/patent/safar.ics{entities.escape(link)}" in response.content.decode()
    answer = client.get(f"/en/money/tools/patent/safar.ics{link}")
    days = [event["DTSTART"].dt for event in Calendar.from_ical(answer.content).walk("VEVENT")]
    shown = [f"{day:%d.%m.%Y}" for day in days]
    assert shown == response.context["pay_by"][1:] and days[0] > today  # the first was to pay yesterday
    assert client.get("/en/money/tools/patent/safar.ics?first=x").status_code == 404


def test_numbers_are_written_as_the_language_does(client):
    response, _text = get(client, "loan", "tg", **GOOD["loan"] | {"fee": "200,50"})
    assert out(response, "back") == "14 200,50 соми қирғизӣ"
    assert out(response, "yearly").endswith(" %")
