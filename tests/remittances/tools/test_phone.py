"""The calculators on a phone: the same sums as the server's, the same reading of numbers, and all of it without a network."""

from datetime import date
from random import Random
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import QueryDict
from playwright.sync_api import expect

from orientation.models import Fact
from portal.money.parse import AmountProblem, read_amount
from remittances.tools.catalogue import BUDGET, TOOLS
from remittances.tools.fields import Kind, read_fields
from remittances.tools.rounding import DoesNotFit
from remittances.tools.views import known_numbers, middle_rates
from tests.browser.test_accessibility import faults
from tests.remittances.tools.asked import GOOD, by_chance
from tests.waiting import until

TYPED = [
    "15000",
    "15 000,50",
    "15.000",
    "15'000.5",
    "1,5",
    ".50",
    "0.500",
    "60.000,50",
    "1.2.3",
    "٣٤٥٫٥",
    "-5",
    "− 7",
    "1e15",
    "12,345,678.9",
]
TYPED += [
    "",
    " ",
    "1 00",
    "1.000.000",
    "1.0000",
    "12.",
    "5,",
    "abc",
    "1 000 000",
    "0,500",
    "۱۲۳",
    "1’000",
    "--1",
    "1-",
    "100 ₽",
    "1,234.567",
]

RUN = """(asked) => {
  const { known, tables } = JSON.parse(document.getElementById('tool-data').textContent);
  const isNumber = (name) => document.querySelector(`[name=${name}]`).dataset.kind;
  const text = (value) => (Array.isArray(value) ? value.map(text) : value === null ? null : String(value));
  return asked.map((told) => {
    const values = Object.fromEntries(Object.entries(told).map(([name, typed]) => [name, isNumber(name) ? (typed ? read(typed) : 0n) : typed]));
    try {
      const found = sum(values, (code) => known[code] && BigInt(known[code]), tables);
      return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, text(value)]));
    } catch (fault) {
      return [...fault];
    }
  });
}"""


def hundredths(value):
    if isinstance(value, tuple):
        return [hundredths(each) for each in value]
    return str(value) if isinstance(value, date) else None if value is None else str(int(value * 100))


def worked(tool, told: dict[str, str], known):
    asked = read_fields(tool.fields, QueryDict(urlencode(told)), {})
    assert asked.problems == {}, told
    try:
        found = tool.work(asked.values, known, asked.units)
    except DoesNotFit as problem:
        return [problem.field, problem.reason]
    return {name: hundredths(getattr(found, name)) for name in found.__dataclass_fields__}


@pytest.mark.usefixtures("rates")
def test_a_phone_counts_as_the_server_does(page, today):
    for slug, tool in TOOLS.items():
        facts = {fact.code: fact for fact in Fact.objects.filter(code__in=tool.known)}
        known = known_numbers(tool, facts, today) | (middle_rates(today)[0] if tool is BUDGET else {})
        chance = Random(slug)
        asked = []
        while len(asked) < 60:
            told = by_chance(tool, chance)
            is_whole = all(
                told[field.name].strip("0.") for field in tool.fields if field.required and field.kind not in (Kind.DAY, Kind.CHOICE)
            )
            asked += [told] if is_whole else []
        page.goto(f"/en/money/tools/{slug}/")
        assert page.evaluate(RUN, asked) == [worked(tool, told, known) for told in asked], slug
        for name, typed in GOOD[slug].items():
            field = page.locator(f"[name={name}]")
            field.select_option(typed) if field.evaluate("(field) => field.localName") == "select" else field.fill(typed)
        page.locator("form[data-tool] button").click()
        result = page.locator("[data-result]")
        shown, picture = result.inner_text(), result.locator("svg").inner_html()
        page.goto(page.url)
        assert (result.inner_text(), result.locator("svg").inner_html()) == (shown, picture), "the server says it letter by letter"
    for typed in TYPED:
        try:
            number = str(int(read_amount(typed) * 100))
        except AmountProblem:
            number = None
        assert page.evaluate("(typed) => { const found = read(typed); return found === null ? null : String(found); }", typed) == number, (
            typed
        )


@pytest.mark.usefixtures("rates")
def test_saved_calculators_count_without_a_network(open_page):
    page = open_page(service_workers="allow")
    page.goto("/tg/money/tools/")
    page.locator("[data-pack] button").click()
    until(lambda: page.locator("[data-pack] .chip:visible").count() == len(TOOLS))
    page.context.set_offline(True)
    for address in ("/tg/money/tools/loan/?borrowed=10%20000&payment=1400&months=10&currency=KGS&fee=200", "/tg/money/tools/loan/"):
        page.goto(address)
        if address.endswith("/"):
            for name, typed in GOOD["loan"].items():
                page.select_option(f"[name={name}]", typed) if name == "currency" else page.fill(f"[name={name}]", typed)
            page.locator("form[data-tool] button").click()
        expect(page.locator("[data-out=back]")).to_have_text("14\xa0200 соми қирғизӣ")
        assert parse_qs(urlsplit(page.url).query)["months"] == ["10"]
    page.goto("/tg/offline/")
    expect(page.locator('[data-kept-pages] a[href$="/tg/money/tools/"]')).to_be_visible()
    page.go_back()
    page.fill("[name=months]", "2,5")
    page.locator("form[data-tool] button").click()
    expect(page.locator("#months ~ [data-problem]")).to_be_visible()
    expect(page.locator("[data-result]")).to_be_hidden()
    page.context.set_offline(False)
    assert faults(page, "light") == []
