"""Asking five banks for their rates: what is kept, when they are asked again, and what becomes of the worst answers. Real HTTP, real PostgreSQL."""

import io
import re
import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from portal.money import ask_bank
from portal.money.demo import load_demo_rates
from portal.money.feeds import FeedProblem
from portal.money.fetch_rates import NotAsked, fetch_due_rates, fetch_rates
from portal.money.models import DayRate, RateFeed
from portal.money.rates import mid_rates
from tests.money.conftest import FRIDAY
from tests.waiting import until

pytestmark = pytest.mark.django_db
Bank = RateFeed.Bank
NOON = datetime(2031, 3, 14, 7, 0, tzinfo=UTC)  # in Dushanbe
HOUR = timedelta(hours=1)


def written(currency: str, day: date = FRIDAY) -> dict[str, Decimal]:
    return dict(DayRate.objects.filter(currency=currency, day=day).values_list("base", "rate"))


def feed(bank: str) -> RateFeed:
    return RateFeed.objects.get(pk=bank)


class TestWhatIsKept:
    def test_all_banks_of_a_day(self, server):
        fetch_due_rates(NOON)
        assert written("RUB") == {"USD": Decimal("88.1234"), "TJS": Decimal("8.341"), "KGS": Decimal("1.0155"), "UZS": Decimal("0.0071204")}
        assert written("KZT") == {"USD": Decimal("471.3"), "RUB": Decimal("5.36"), "UZS": Decimal("0.0391")}
        assert written("KGS") == {
            "USD": Decimal("86.91"),
            "RUB": Decimal("0.9865"),
            "KZT": Decimal("0.1842"),
            "TJS": Decimal("9.2401"),
            "UZS": Decimal("0.0072"),
        }
        assert written("UZS") == {"USD": Decimal("12104.33"), "RUB": Decimal("137.36")}
        assert written("TJS") == {"USD": Decimal("9.412"), "RUB": Decimal("0.1068"), "UZS": Decimal("0.0007776")}
        rate = DayRate.objects.get(currency="TJS", base="UZS", day=FRIDAY)
        assert (rate.nominal, rate.source, rate.fetched_at, rate.is_demo) == (1000, "National Bank of Tajikistan", NOON, False)
        assert not RateFeed.objects.exclude(newest_day=FRIDAY, failures=0, problem="", answered_at=NOON).exists()
        assert {agent[:35] for agent in server.agents} == {"Mozilla/5.0 (compatible; Safar; +ht"}
        assert mid_rates(FRIDAY, FRIDAY).of("RUB", "TJS", FRIDAY).value == Decimal("0.1068")

    def test_the_same_again_writes_nothing_and_a_corrected_one_replaces(self, server):
        assert fetch_rates(Bank.CBR, FRIDAY, NOON) == 4
        assert fetch_rates(Bank.CBR, FRIDAY, NOON + HOUR) == 0
        server.said["cbr"][0] = ("USD", "1", "88,2000")
        assert fetch_rates(Bank.CBR, FRIDAY, NOON + HOUR) == 1
        assert written("RUB")["USD"] == Decimal("88.2") and DayRate.objects.filter(currency="RUB", fetched_at=NOON).count() == 3

    def test_it_replaces_what_the_demo_made_up_and_what_somebody_typed(self, server):
        load_demo_rates(FRIDAY)
        DayRate.objects.create(day=FRIDAY, currency="RUB", base="TJS", rate=Decimal("8.341"), nominal=10, source="a newspaper")
        assert fetch_rates(Bank.CBR, FRIDAY, NOON) == 4
        assert not DayRate.objects.filter(day=FRIDAY, currency="RUB").exclude(source="Bank of Russia", is_demo=False, fetched_at=NOON)
        assert DayRate.objects.get(day=FRIDAY, currency="KZT").is_demo

    def test_all_or_nothing(self, server):
        server.said["cbr"][3] = ("UZS", "10000", "0,0000")
        with pytest.raises(FeedProblem, match="UZS: a price of 0,0000 for 10000 cannot be"):
            fetch_rates(Bank.CBR, FRIDAY, NOON)
        assert written("RUB") == {} and feed("cbr").problem.startswith("UZS: a price")

    def test_the_other_shape_of_kazakhstan_and_only_its_newest(self, server, settings):
        settings.RATE_FEEDS["nbk"] = [f"http://127.0.0.1:{server.server_port}/rates_all.xml"]
        assert fetch_rates(Bank.NBK, FRIDAY, NOON) == 3
        with pytest.raises(NotAsked, match="only its newest"):
            fetch_rates(Bank.NBK, FRIDAY - timedelta(days=1), NOON)


class TestDays:
    def test_what_kyrgyzstan_says_today_may_be_of_tomorrow(self, server):
        server.today = FRIDAY + timedelta(days=1)
        fetch_rates(Bank.NBKR, FRIDAY, NOON)
        assert written("KGS") == {} and len(written("KGS", server.today)) == 5 and feed("nbkr").newest_day == server.today

    def test_nothing_is_carried_over_a_weekend(self, server):
        sunday = FRIDAY + timedelta(days=2)
        server.today, server.holidays = sunday, {sunday, sunday - timedelta(days=1)}
        fetch_due_rates(NOON + timedelta(days=2))
        assert not DayRate.objects.filter(day__in=server.holidays, currency__in=["RUB", "KZT", "UZS"]).exists()
        assert written("RUB")["USD"] == Decimal("88.1234")  # one of the days that were missing
        assert [feed(bank).problem for bank in ("cbr", "nbk", "cbu")] == ["", "", ""]

    @pytest.mark.parametrize("bank", [Bank.CBR, Bank.CBU, Bank.NBK, Bank.NBT])
    def test_a_day_that_has_only_begun_has_no_rates_yet(self, server, bank):
        server.today = FRIDAY - timedelta(days=1)
        assert fetch_rates(bank, FRIDAY, NOON) == 0
        assert (feed(bank).failures, feed(bank).without) == (0, []) and not DayRate.objects.filter(source=bank.label).exists()
        server.today = FRIDAY
        assert fetch_rates(bank, FRIDAY, NOON + HOUR) > 0

    def test_a_server_that_gives_todays_for_a_day_it_does_not_have_is_not_believed(self, server):
        server.holidays = {FRIDAY - timedelta(days=1)}
        with pytest.raises(FeedProblem, match="Asked for 2031-03-13, it answers with rates of 2031-03-14"):
            fetch_rates(Bank.NBT, FRIDAY - timedelta(days=1), NOON)
        assert not DayRate.objects.filter(currency="TJS").exists()

    def test_days_just_past_are_asked_for_until_they_are_known(self, server):
        server.holidays = {FRIDAY - timedelta(days=2)}
        fetch_due_rates(NOON)
        days = {*DayRate.objects.filter(currency="RUB", fetched_at=NOON).values_list("day", flat=True)}
        assert days == {FRIDAY - timedelta(days=back) for back in (0, 1, 3, 4, 5)}
        assert feed("cbr").without == [FRIDAY - timedelta(days=2)]
        server.asked.clear()
        fetch_due_rates(NOON + HOUR)
        assert [path for path in server.asked if "cbr" in path] == ["/cbr?date_req=14/03/2031"]
        server.today += timedelta(days=7)
        server.holidays = {server.today - timedelta(days=1)}
        fetch_due_rates(NOON + timedelta(days=7))
        assert feed("cbr").without == [server.today - timedelta(days=1)]

    @pytest.mark.parametrize(
        ("bank", "shift", "sentence"),
        [
            (Bank.CBR, -15, "Asked for 2031-03-14, it answers with rates of 2031-02-27"),
            (Bank.NBKR, -15, "Its newest rates are of 2031-02-27"),
            (Bank.NBKR, 15, "Its newest rates are of 2031-03-29"),
            (Bank.NBT, -15, "Asked for 2031-03-14, it answers with rates of 2031-02-27"),
        ],
    )
    def test_rates_of_a_wrong_day_are_refused(self, server, bank, shift, sentence):
        server.today = FRIDAY + timedelta(days=shift)
        with pytest.raises(FeedProblem, match=sentence):
            fetch_rates(bank, FRIDAY, NOON)
        assert not DayRate.objects.filter(source=bank.label).exists()


class TestAskingAgain:
    def test_only_whether_anything_is_new(self, server):
        fetch_rates(Bank.NBKR, FRIDAY, NOON)
        known = feed("nbkr")
        assert {address.rpartition("/")[2] for address in known.marks} == {"daily.xml", "weekly.xml"}
        assert set(known.marks.popitem()[1]) == {"If-None-Match", "If-Modified-Since"}
        server.said["weekly"][0] = ("TJS", "1", "9,3000")
        assert fetch_rates(Bank.NBKR, FRIDAY, NOON + HOUR) == 1
        assert feed("nbkr").answered_at == NOON + HOUR and written("KGS")["TJS"] == Decimal("9.3")

    def test_marks_of_other_days_are_forgotten(self, server):
        fetch_rates(Bank.CBR, FRIDAY, NOON)
        server.today += timedelta(days=1)
        fetch_rates(Bank.CBR, server.today, NOON + timedelta(days=1))
        fetch_rates(Bank.CBR, FRIDAY, NOON + timedelta(days=1))
        assert [address[-10:] for address in feed("cbr").marks] == ["15/03/2031"]

    def test_nothing_new_that_nobody_asked_about(self, server):
        server.plan.append("304")
        with pytest.raises(FeedProblem, match="HTTP 304"):
            fetch_rates(Bank.CBR, FRIDAY, NOON)

    def test_a_bank_that_fails_is_left_alone_longer_and_longer(self, server, settings):
        settings.RATE_FEEDS = {key: [] for key in settings.RATE_FEEDS} | {"cbr": server.addresses["cbr"]}
        server.plan.extend(["500"] * 7)
        moment, pauses = NOON, []
        for _attempt in range(7):
            fetch_due_rates(moment)
            fetch_due_rates(moment + timedelta(minutes=29))  # too early
            known = feed("cbr")
            pauses.append((known.ask_after - moment) / HOUR)
            moment = known.ask_after
        assert pauses == [0.5, 1, 2, 4, 8, 8, 8] and len(server.asked) == 7
        assert (known.failures, known.problem, known.newest_day) == (7, "The server answers with HTTP 500.", None)
        fetch_due_rates(moment)
        known = feed("cbr")
        assert (known.failures, known.problem, known.ask_after, known.newest_day) == (0, "", None, FRIDAY)

    def test_half_of_a_bank_is_kept_and_the_other_half_left_alone_longer(self, server, settings):
        settings.RATE_FEEDS = {bank: [] for bank in Bank} | {"nbkr": server.addresses["nbkr"]}
        server.plan.extend(["answer", "500"] * 2)
        fetch_due_rates(NOON)
        fetch_due_rates(NOON + HOUR)
        known = feed("nbkr")
        assert (known.failures, known.ask_after, known.newest_day) == (2, NOON + 2 * HOUR, FRIDAY)
        assert set(written("KGS")) == {"USD", "RUB", "KZT"}

    @pytest.mark.parametrize(
        ("said", "after"),
        [
            ("7200", 2 * HOUR),
            ("60", HOUR / 2),
            ("99999999", 24 * HOUR),
            ("Fri, 14 Mar 2031 10:00:00 GMT", 3 * HOUR),
            ("Fri, 14 Mar 2031 10:00:00 -0000", 3 * HOUR),
            ("Fri, 14 Mar 1999 10:00:00 GMT", HOUR / 2),
            ("soon", HOUR / 2),
            ("Fri, 14 Mar 99999999999999999999 10:00:00 GMT", HOUR / 2),
        ],
    )
    def test_a_bank_that_asks_us_to_wait(self, server, said, after):
        server.plan.append(f"wait {said}")
        with pytest.raises(FeedProblem, match="HTTP 503"):
            fetch_rates(Bank.CBU, FRIDAY, NOON)
        assert feed("cbu").ask_after == NOON + after

    @pytest.mark.parametrize(
        ("step", "sentence"),
        [
            ("403", "HTTP 403"),
            ("hang up", "does not answer"),
            ("speak another protocol", r"does not answer: \?\?"),
            ("stay silent", "does not answer: .*timed out"),
            ("drip", "takes longer than"),
            ("cut", "incomplete"),
            ("cut the line", "bytes too early"),
            ("page", "document type .* html"),
            ("bomb", "document type .* bomb"),
            ("huge", "longer than 1000000 bytes"),
            ("nothing", "no XML"),
            ("send away", "sends us to another one, http://localhost:"),
        ],
    )
    def test_what_goes_wrong_is_a_sentence_and_the_others_go_on(self, server, settings, step, sentence):
        settings.RATE_FEEDS = {key: [] for key in settings.RATE_FEEDS} | {bank: server.addresses[bank] for bank in ("nbk", "nbt")}
        RateFeed.objects.update(without=[FRIDAY - timedelta(days=back) for back in range(1, 6)])
        server.plan.append(step)
        fetch_due_rates(NOON)
        assert re.search(sentence, feed("nbk").problem)
        assert written("KZT") == {} and len(written("TJS")) == 3

    def test_the_same_server_may_send_us_on(self, server):
        server.plan.append("send on")
        assert fetch_rates(Bank.NBT, FRIDAY, NOON) == 3

    def test_nobody_at_the_address(self, server, settings):
        settings.RATE_FEEDS["cbr"] = ["http://127.0.0.1:1/"]
        with pytest.raises(FeedProblem, match=r"does not answer: .*refused"):
            fetch_rates(Bank.CBR, FRIDAY, NOON)

    def test_a_server_that_cannot_show_who_it_is(self, server, settings):
        server.encrypt(Path(__file__).with_name("untrusted.pem"))
        settings.RATE_FEEDS["cbr"] = [address.replace("http:", "https:") for address in server.addresses["cbr"]]
        with pytest.raises(FeedProblem, match="CERTIFICATE_VERIFY_FAILED"):
            fetch_rates(Bank.CBR, FRIDAY, NOON)
        assert not server.asked

    def test_an_empty_address_asks_nobody(self, settings):
        settings.RATE_FEEDS = {key: [] for key in settings.RATE_FEEDS}
        with pytest.raises(NotAsked, match="RATES_NBT is empty"):
            fetch_rates(Bank.NBT, FRIDAY, NOON)
        fetch_due_rates(NOON)
        assert not RateFeed.objects.exclude(asked_at=None).exists()


class TestByHand:
    @pytest.fixture
    def run(self, server, monkeypatch):
        """On the server's day, whatever today is; returns what it says."""
        monkeypatch.setattr(timezone, "now", lambda: NOON)

        def run(*arguments: str) -> list[str]:
            out = io.StringIO()
            call_command("fetch_rates", *arguments, stdout=out, stderr=out)
            return out.getvalue().splitlines()

        return run

    def test_all_banks_today(self, run):
        assert run() == [
            "Bank of Russia, 2031-03-14: 4 rates written.",
            "National Bank of Kazakhstan, 2031-03-14: 3 rates written.",
            "National Bank of the Kyrgyz Republic, 2031-03-14: 5 rates written.",
            "Central Bank of Uzbekistan, 2031-03-14: 2 rates written.",
            "National Bank of Tajikistan, 2031-03-14: 3 rates written.",
        ]

    def test_the_days_since_one_the_newest_first(self, run, server):
        server.holidays = {FRIDAY - timedelta(days=1)}
        assert run("--bank", "nbk", "--since", "2031-03-12") == [
            "National Bank of Kazakhstan, 2031-03-14: 3 rates written.",
            "National Bank of Kazakhstan, 2031-03-13: 0 rates written.",
            "National Bank of Kazakhstan, 2031-03-12: 3 rates written.",
        ]
        assert run("--bank=nbkr", "--day=2031-03-12") == [
            "National Bank of the Kyrgyz Republic, 2031-03-12: This bank publishes only its newest rates."
        ]

    def test_a_problem_of_one_bank_is_told_and_the_others_go_on(self, run, server, capsys):
        server.plan.extend(["answer", "page"])
        with pytest.raises(CommandError, match="Not everything came: National Bank of Kazakhstan"):
            run("--day=2031-03-14")
        assert len(server.asked) == 6 and written("KZT") == {} and written("TJS")

    @pytest.mark.parametrize(
        "arguments",
        [["--day=2031-03-15"], ["--day=1999-12-31"], ["--since=yesterday"], ["--bank=ecb"], ["--day=2031-03-14", "--since=2031-03-01"]],
    )
    def test_nonsense_is_refused(self, run, server, arguments):
        with pytest.raises(CommandError):
            run(*arguments)
        assert not server.asked


def test_two_workers_do_not_ask_one_bank_at_once(server, fresh_db, monkeypatch):
    monkeypatch.setattr(ask_bank, "TIMEOUT", 20)
    server.plan.append("stay silent")
    refusals = []

    def ask():
        try:
            fetch_rates(Bank.CBR, FRIDAY, NOON)
        except NotAsked as reason:
            refusals.append(str(reason))
        finally:
            connections.close_all()

    first = threading.Thread(target=ask)
    first.start()
    until(lambda: server.asked)
    ask()
    first.join()
    assert refusals == ["Another worker is asking this bank just now."]
    assert len(written("RUB")) == 4 and fetch_rates(Bank.CBR, FRIDAY, NOON) == 0
