"""How long may I stay: the engine on its table of worked examples, in Python and as the phone counts; then what must hold for all stays."""

import gzip
import json
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from orientation.tools.days import Kind, Limit, State, count_days, find_faults
from tests.servers import ROOT

TABLE = json.loads((Path(__file__).parent / "days.json").read_text())
TODAY = "2026-11-22"
SCRIPT = ROOT / "portal/ui/assets/days.js"
DAY = timedelta(days=1)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def limit(code: str) -> Limit:
    row = TABLE["limits"][code]
    return Limit(code, Kind(row["kind"]), row["days"], row["span"])


@pytest.mark.parametrize("case", TABLE["answers"], ids=lambda case: case["name"])
def test_the_worked_examples(case):
    papers = (case["papers"][0], day(case["papers"][1])) if "papers" in case else None
    answer = count_days(
        [limit(code) for code in case["limits"]],
        [(day(entry), day(exit_)) for entry, exit_ in case["stays"]],
        day(case.get("today", TODAY)),
        document_ends=day(case.get("document")),
        papers=papers,
    )
    state, entry, last, because, left, used = case["answer"]
    assert (answer.state, answer.entry, answer.last) == (state, day(entry), day(last))
    assert (answer.because, answer.left, answer.used) == (because, left, used)


@pytest.mark.parametrize("case", TABLE["faults"], ids=str)
def test_what_cannot_be_about_a_stay(case):
    found = find_faults([(day(entry), day(exit_)) for entry, exit_ in case["stays"]], day(TODAY))
    assert {f"{place}{name}": fault for (place, name), fault in found.items()} == case["faults"]


RUN = """
globalThis.document = { querySelector: () => null };
const table = JSON.parse(require('fs').readFileSync(0));
const { countDays, findFaults } = new Function(SCRIPT + '; return safarDays;')();
"""
ASK = """
const answers = table.answers.map((row) => {
  const found = countDays([...row.limits].map((code) => table.limits[code]), row.stays, row.today || TODAY, row.document, row.papers);
  return [found.state, found.entry, found.last, found.because, found.left, found.used];
});
const faults = table.faults.map((row) => findFaults(row.stays, TODAY));
"""


def test_the_phone_counts_the_same(request):
    """In node where there is one, else in our Chromium."""
    wanted = [[row["answer"] for row in TABLE["answers"]], [row["faults"] for row in TABLE["faults"]]]
    setup = f"const TODAY = {json.dumps(TODAY)}, SCRIPT = {json.dumps(SCRIPT.read_text())};"
    if node := shutil.which("node"):
        program = f"{setup}{RUN}{ASK}console.log(JSON.stringify([answers, faults]));"
        run = subprocess.run([node, "-e", program], input=json.dumps(TABLE), capture_output=True, text=True, check=True)
        assert json.loads(run.stdout) == wanted
    else:
        page = request.getfixturevalue("browser").new_page()
        page.add_script_tag(content=SCRIPT.read_text())
        assert (
            page.evaluate(
                f"(table) => {{ const TODAY = {json.dumps(TODAY)}, {{ countDays, findFaults }} = safarDays; {ASK} return [answers, faults]; }}",
                TABLE,
            )
            == wanted
        )
        page.close()


def test_the_script_is_small():
    assert len(gzip.compress(SCRIPT.read_bytes(), 6)) <= 3 * 1024


DAYS = some.dates(date(2025, 6, 1), date(2026, 11, 22))


@some.composite
def stays(draw, is_there=None):
    """Stays one after the other, the last one perhaps without an end."""
    marks = sorted(draw(some.sets(DAYS, min_size=1, max_size=12)))
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    return [*pairs, (marks[-1], None)] if len(marks) % 2 else pairs


LIMITS = some.lists(
    some.builds(Limit, some.sampled_from("ABC"), some.sampled_from(Kind), some.integers(1, 120), some.integers(121, 200)),
    min_size=1,
    max_size=3,
    unique_by=lambda each: each.code,
)


def present(told, answer, until):
    """Every day there, the stay of the answer going on until `until`."""
    days = {entry + number * DAY for entry, exit_ in told if exit_ for number in range((exit_ - entry).days + 1)}
    return days | {answer.entry + number * DAY for number in range((until - answer.entry).days + 1)}


def keeps(rule, told, answer, until):
    days = present(told, answer, until)
    match rule.kind:
        case Kind.ENTRY:
            return (until - answer.entry).days < rule.days
        case Kind.YEAR:
            return sum(each.year == until.year and each <= until for each in days) <= rule.days
        case _:
            return sum(until - rule.span * DAY < each <= until for each in days) <= rule.days


@settings(max_examples=15)
@given(LIMITS, stays(), some.randoms())
def test_the_last_day_keeps_to_every_limit_and_the_day_after_breaks_one(limits, told, chance):
    answer = count_days(limits, told, day(TODAY))
    if answer.last and answer.last >= answer.entry:
        assert all(keeps(rule, told, answer, answer.last) for rule in limits)
        assert not all(keeps(rule, told, answer, answer.last + DAY) for rule in limits)
    mixed = chance.sample(told, len(told))
    assert count_days(limits, mixed, day(TODAY)) == answer, "the order of stays does not matter"


@settings(max_examples=15)
@given(LIMITS, stays(), some.data())
def test_more_stays_never_give_more_days(limits, told, data):
    over = [stay for stay in told if stay[1]]
    fewer = [stay for stay in told if stay not in over or data.draw(some.booleans())]
    less, more = count_days(limits, told, day(TODAY)), count_days(limits, fewer, day(TODAY))
    assert less.left <= more.left
    assert less.last is None or more.last is None or less.state in (State.WAIT, State.NEVER) or less.last <= more.last


@settings(max_examples=15)
@given(LIMITS, stays(), DAYS)
def test_never_past_the_document(limits, told, ends):
    answer = count_days(limits, told, day(TODAY), document_ends=ends)
    assert answer.last is None or answer.last <= ends
    assert answer.left <= max(0, (ends - day(TODAY)).days + 1)
