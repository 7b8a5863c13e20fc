"""The counter of days and the steps after arrival, as somebody without a script uses them. Nothing is stored."""

import gzip
import json
import re
import shutil
import subprocess
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from orientation.models import Fact
from orientation.tools.calendar_file import calendar_of
from orientation.tools.limits import CODES, LONGER, RULES, limits_of
from orientation.tools.steps import plan, steps_of, texts
from portal.places.corridors import Corridor
from tests.servers import ROOT

pytestmark = pytest.mark.django_db
DAYS, STEPS = "/en/learn/days/", "/en/learn/steps/"


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def ask():
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")

    def send(url: str = DAYS, **form):
        response = client.post(url, form)
        assert not response.cookies and "no-store" in response.headers["Cache-Control"]
        return response

    return send


def ago(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def test_each_road_has_its_limits_and_their_numbers_are_the_facts(today):
    facts = {fact.code: fact for fact in Fact.objects.filter(code__in=CODES)}
    assert set(RULES) == set(Corridor) and set(facts) == set(CODES)
    for corridor, rules in RULES.items():
        assert all(corridor in facts[code].corridors for rule in rules for code in (rule.code, rule.span) if code)
        assert corridor not in LONGER or corridor in facts[LONGER[corridor]].corridors
    limits = limits_of(facts, today)
    assert (limits["RU-STAY-90"].days, limits["KZ-STAY-TJ"].days, limits["KZ-STAY-UZ-WINDOW"].days, limits["KZ-STAY-KG"].span) == (
        90,
        30,
        90,
        180,
    )
    facts["KZ-STAY-TJ"].next_number, facts["KZ-STAY-TJ"].next_from = 20, today
    assert limits_of(facts, today)["KZ-STAY-TJ"].days == 20
    for change in ({"status": Fact.Status.BILL}, {"valid_to": today - timedelta(days=1)}, {"unit": Fact.Unit.MONTH}):
        for field, value in change.items():
            setattr(facts["KZ-STAY-SPAN"], field, value)
        assert not {"KZ-STAY-TJ-WINDOW", "KZ-STAY-KG"} & set(limits_of(facts, today))


def test_an_answer_names_what_ends_first(ask, today):
    html = ask(corridor="TJ-KZ", entry=ago(today, 24), exit="").content.decode()
    last = today + timedelta(days=5)
    assert f"by {last:%d.%m.%Y}" in html and 'class="card warn"' in html and "25 / 30" in html and "25 / 90" in html
    assert "Citizens of Tajikistan in Kazakhstan: stay for one entry" in html and "KZ-STAY-UZ" not in html.split("days-data")[0]
    by_paper = ask(corridor="TJ-KZ", entry=ago(today, 24), exit="", document_ends=today.isoformat()).content.decode()
    assert f"by {today:%d.%m.%Y}" in by_paper and "<dd>Your document</dd>" in by_paper
    contract = {"entry": ago(today, 150), "exit": "", "contract_ends": ago(today, -200)}
    longer, still = (ask(corridor=corridor, **contract).content.decode() for corridor in ("KG-KZ", "TJ-KZ"))
    assert f"by {today + timedelta(days=200):%d.%m.%Y}" in longer and "Your days ended on" in still


def test_a_number_that_nobody_knows_gives_no_answer(ask, today):
    Fact.objects.filter(code="KZ-STAY-TJ").delete()
    html = ask(corridor="TJ-KZ", entry=ago(today, 5), exit="").content.decode()
    assert "is being checked" in html and "/ 90" not in html


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"corridor": "TJ-RU", "entry": "2026-02-31", "exit": ""}, "There is no such day."),
        ({"corridor": "TJ-RU", "entry": "2026-02-03", "exit": "<b>\x00"}, "There is no such day."),
        ({"corridor": "TJ-RU", "entry": "2999-01-01", "exit": ""}, "This day has not come yet."),
        ({"corridor": "TJ-RU", "entry": "2026-03-05", "exit": "05.02.2026"}, "This is before the day you came."),
        ({"corridor": "TJ-RU", "entry": "", "exit": "2026-03-05"}, "Write the day you came, too."),
        (
            {"corridor": "TJ-RU", "entry": ["2026-01-05", "2026-01-09"], "exit": ["2026-01-12", "2026-01-20"]},
            "you were still there from another time",
        ),
        ({"corridor": "TJ-RU", "entry": ["2026-01-05", "2026-01-09"], "exit": ["", ""]}, "write the day you left"),
        ({"corridor": "TJ-RU", "entry": ["2026-01-05"] * 201, "exit": [""] * 201}, "Write at most 200 stays."),
        ({"corridor": "TJ-RU", "entry": "", "exit": "", "document_ends": "never"}, "There is no such day."),
        ({"corridor": "RU-TJ", "entry": "2026-01-05", "exit": ""}, "Choose where you come from and where you go."),
        ({}, "Choose where you come from and where you go."),
    ],
)
def test_a_fault_stands_beside_its_field_and_what_was_typed_stays(ask, form, said):
    response = ask(**form)
    html = response.content.decode()
    assert (response.status_code == 400 and said in html and 'aria-invalid="true"' in html) or "at most" in said
    for typed in [form.get("entry", ""), form.get("exit", ""), form.get("document_ends", "")]:
        for text in typed if isinstance(typed, list) else [typed]:
            assert f'value="{text}"' in html.replace("&lt;b&gt;", "<b>\x00")
    assert 'data-answer role="status" hidden' in html


def test_two_hundred_stays_and_one_more_row(ask, today):
    entries = [ago(today, 2 * number) for number in range(1, 201)]
    assert ask(corridor="UZ-RU", entry=entries, exit=entries).status_code == 200
    html = ask(corridor="UZ-RU", entry=["31.02.26", "x"], exit=["", ""], more="1").content.decode()
    assert html.count('name="entry"') == 4 and 'value="31.02.26"' in html and "There is no such day" not in html.split("days-data")[0]


def test_strangers_send_no_form():
    for url in (DAYS, f"{STEPS}TJ-RU/"):
        assert Client().post(url, {"corridor": "TJ-RU"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert Client().get(f"{STEPS}TJ-US/").status_code == 404


def test_the_page_gives_the_phone_all_that_it_counts_with(client):
    html = client.get(DAYS).content.decode()
    data = json.loads(html.split('<script id="days-data" type="application/json">')[1].split("</script>")[0])
    read = re.search(r"const \{ ([\w, ]+) \} = JSON\.parse", (ROOT / "portal/ui/assets/days.js").read_text())[1]
    assert set(read.split(", ")) == set(data), "what the script reads"
    assert set(data["corridors"]) == set(data["shown"]) == set(Corridor.values) and data["limits"]["KZ-STAY-KG"] == {
        "code": "KZ-STAY-KG",
        "kind": "window",
        "days": 90,
        "span": 180,
    }
    assert all(code in data["limits"] and code in data["titles"] for codes in data["corridors"].values() for code in codes)


@pytest.mark.parametrize("corridor", Corridor)
def test_steps_of_each_road(corridor, today):
    steps = steps_of(corridor, today - timedelta(days=40), today)
    assert {step.key for step in steps} > {"registration", "stay"} and all(corridor in step.fact.corridor_codes for step in steps)
    assert all(step.is_late == (step.last is not None and step.last < today) for step in steps) and any(step.is_late for step in steps)
    assert all(step.late for step in steps if step.count), "what to do when it is over"
    assert all(set(texts(language)) == {row["key"] for row in plan()} for language in ("tg", "ky", "uz", "ru", "en"))


def test_last_days_count_from_the_day_of_entry(ask, today):
    entry = today - timedelta(days=20)
    html = ask(f"{STEPS}TJ-RU/", arrived=entry.isoformat()).content.decode()
    register, patent = entry + timedelta(days=14), entry + timedelta(days=29)
    assert f"<b>{register:%d.%m.%Y}</b>" in html and f"<b>{patent:%d.%m.%Y}</b>" in html
    late = html.split('data-step="registration"')[1].split("</section>")[0]
    assert "data-late hidden" not in late and "/en/help/" in late and 'data-count="15" data-unit="day"' in late
    calendar = Calendar.from_ical(ask(f"{STEPS}TJ-RU/", arrived=entry.isoformat(), calendar="1").content)
    days = {str(event["UID"]): event["DTSTART"].dt for event in calendar.walk("VEVENT")}
    assert days["TJ-RU-patent@safar"] == patent and "TJ-RU-registration@safar" not in days, "what is past is not in it"
    for typed in ("", "31.02.2026", "31.12.9999"):
        response = ask(f"{STEPS}TJ-RU/", arrived=typed, calendar="1")
        assert response.status_code == 400 and f'value="{typed}"' in response.content.decode()


def test_a_changed_fact_moves_the_day(today):
    Fact.objects.filter(code="RU-REG-TJ").update(number=7, unit=Fact.Unit.WORKING_DAY)
    friday = date(2026, 11, 20)
    last = {step.key: step.last for step in steps_of(Corridor.TJ_RU, friday, friday)}
    assert last["registration"] == date(2026, 11, 30) and last["copy"] is None and last["exam"] == last["patent"]


def facts_of(calendar: bytes) -> list[list[str]]:
    """Of each event what a phone knows it by, its day, and what it says; and of its alarm."""
    read = Calendar.from_ical(calendar)
    names = ("UID", "DTSTART", "DTSTAMP", "SUMMARY", "TRIGGER", "ACTION", "DESCRIPTION")
    parts = [part for event in read.walk("VEVENT") for part in (event, *event.subcomponents)]
    return [[str(read["PRODID"])], *([part[name].to_ical().decode() if name in part else "" for name in names] for part in parts)]


def test_without_a_network_the_phone_makes_the_same_calendar(request):
    """In node where there is one, else in our Chromium."""
    days = [("TJ-RU-registration", "Қайд; дар 15 рӯз, \\ " + "ҷ" * 90, date(2026, 12, 1)), ("TJ-RU-patent", "Patent", date(2027, 1, 1))]
    script, now = (ROOT / "portal/ui/assets/steps.js").read_text(), timezone.now().replace(microsecond=0)
    told = json.dumps([{"key": key, "title": title, "day": day.isoformat()} for key, title, day in days])
    ask = f"calendarOf({told}, 'tg', new Date('{now.isoformat()}'))"
    if node := shutil.which("node"):
        program = f"globalThis.document = {{ querySelector: () => null }}; {script}; process.stdout.write({ask})"
        made = subprocess.run([node, "-e", program], capture_output=True, check=True).stdout
    else:
        page = request.getfixturevalue("browser").new_page()
        page.add_script_tag(content=script)
        made = page.evaluate(ask).encode()
        page.close()
    assert facts_of(made) == facts_of(calendar_of(days, "tg", now)) and len(facts_of(made)) == 5
    assert max(map(len, made.split(b"\r\n"))) <= 75 and len(gzip.compress(script.encode(), 6)) <= 3 * 1024
