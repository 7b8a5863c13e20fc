"""Collectors write down what services ask; what is strange waits for a second person, and nothing is lost."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.organisations.models import SanctionEntry
from remittances.collect import Seen, collect_price
from remittances.models import ProviderHit, Quote, TransferService
from remittances.review import NotDecidable, decide_price
from tests.remittances.page import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]  # 1 RUB = 0.125 TJS
LIST = "/en/money/prices/"
HELD = "/en/money/prices/held/"
State = Quote.State


@pytest.fixture
def rustam(cast) -> User:
    """A trainer who collects prices, as the group of volunteers lets him."""
    cast["rustam"].groups.add(Group.objects.get(name="price collectors"))
    return User.objects.get(pk=cast["rustam"].pk)


@pytest.fixture
def service(quote) -> TransferService:
    found: TransferService = quote("Kind", "0.1225", seen=10, fee_percent="1", source="Their app").service
    return found


def a_price(today, rate="0.1225", **given) -> Seen:
    values = {"amount": Decimal(10_000), "fee_fixed": Decimal(0), "fee_percent": Decimal(1), "fee_added": True, "source": "Their app"}
    return Seen(**values | {"rate": Decimal(rate), "observed_on": today} | given)


def typed(**given: str) -> dict[str, str]:
    """What a collector types: 10 000 roubles, one per cent on top, 1 225 somoni received."""
    values = {"amount": "10 000", "fee": "1", "fee_kind": "percent", "fee_added": "yes", "received": "1225", "source": "Their app"}
    return values | {"observed_on": timezone.localdate().isoformat(), "submission_key": str(uuid4())} | given


class TestCollecting:
    def test_a_usual_price_is_seen_by_people_at_once(self, service, rustam, today):
        quote = collect_price(service, a_price(today), by=rustam)
        assert (quote.state, quote.observed_by, quote.held_because) == (State.ACCEPTED, rustam, "")
        assert quote in Quote.objects.listed(today)

    def test_ones_own_report_of_the_day_is_replaced(self, service, rustam, today):
        first = collect_price(service, a_price(today, "0.0600"), by=rustam)
        assert first.state == State.HELD and "upside down" in first.held_because and first not in Quote.objects.listed(today)
        second = collect_price(service, a_price(today), by=rustam)
        assert second.pk == first.pk and second.state == State.ACCEPTED
        assert collect_price(service, a_price(today, is_promotion=True), by=rustam).pk != first.pk
        assert collect_price(service, a_price(today - timedelta(days=1)), by=rustam).pk != first.pk

    def test_two_people_who_see_two_prices_wait_and_who_see_one_do_not(self, service, rustam, cast, today):
        first = collect_price(service, a_price(today), by=cast["timur"])
        assert collect_price(service, a_price(today, note="In the app"), by=rustam) == first
        other = collect_price(service, a_price(today, "0.1224"), by=rustam)
        assert other.state == State.HELD and "Somebody else" in other.held_because
        assert Quote.objects.listed(today).filter(observed_on=today).get() == first
        assert collect_price(service, a_price(today), by=rustam) == first and not Quote.objects.held().exists()

    def test_the_same_report_again_keeps_what_a_second_person_said(self, service, rustam, cast, today):
        strange = collect_price(service, a_price(today, "0.0600"), by=rustam)
        decide_price(strange, "accepted", "I saw it too", by=cast["timur"], now=timezone.now())
        again = collect_price(service, a_price(today, "0.0600"), by=rustam)
        assert (again.pk, again.state, again.decided_by) == (strange.pk, State.ACCEPTED, cast["timur"])

    def test_only_collectors(self, service, cast, today):
        for key in ("farrukh", "rustam", "elena", "manizha"):
            with pytest.raises(PermissionDenied):
                collect_price(service, a_price(today), by=cast[key])
        assert collect_price(service, a_price(today), by=cast["timur"]).pk


class TestReview:
    @pytest.fixture
    def strange(self, service, rustam, today) -> Quote:
        return collect_price(service, a_price(today, "0.0600", note="Twice as dear"), by=rustam)

    def test_accepted_in_the_place_of_another_one(self, strange, quote, cast, today):
        old = quote("Kind", "0.1224")
        decide_price(strange, "accepted", " Seen myself ", by=cast["gulnora"], now=timezone.now())
        old.refresh_from_db()
        assert (old.state, old.decided_because) == (State.REFUSED, "Another price of this day took its place.")
        assert Quote.objects.listed(today).get(observed_on=today) == strange
        assert Quote.objects.get(pk=strange.pk).decided_because == "Seen myself"

    def test_once_and_by_the_quicker_one(self, strange, cast):
        now = timezone.now()
        decided = decide_price(strange, "refused", "A slip", by=cast["timur"], now=now)
        assert decide_price(strange, "refused", "A slip", by=cast["timur"], now=now + timedelta(hours=1)).decided_at == decided.decided_at
        for verdict, by in [("accepted", "timur"), ("refused", "gulnora")]:
            with pytest.raises(NotDecidable, match="already"):
                decide_price(strange, verdict, "x", by=cast[by], now=now)

    def test_who_may_not(self, strange, rustam, cast, service, today):
        for verdict, reason in [("accepted", " "), ("held", "x")]:
            with pytest.raises(ValueError, match="reason"):
                decide_price(strange, verdict, reason, by=cast["timur"], now=timezone.now())
        for by in (rustam, cast["elena"], cast["farrukh"]):
            with pytest.raises(PermissionDenied):
                decide_price(strange, "accepted", "x", by=by, now=timezone.now())
        own = collect_price(service, a_price(today - timedelta(days=1), "0.0600"), by=cast["timur"])
        with pytest.raises(NotDecidable, match="yourself"):
            decide_price(own, "accepted", "x", by=cast["timur"], now=timezone.now())

    def test_the_page(self, strange, service, cast, today, one_click):
        own = collect_price(service, a_price(today - timedelta(days=1), "0.0600"), by=cast["timur"])
        timur = one_click("timur")
        html = timur.get(HELD).content.decode()
        text = text_of(html)
        for words in ("Kind", "Russia → Tajikistan", "upside down", "100 ₽ = 6.0000 TJS", "1 ₽ = 0.12250 TJS", "1%, on top of the sum"):
            assert words in text, words
        assert "Twice as dear" in text and text.count("Another person decides") == 1 and html.count('value="accepted"') == 1
        decide, key = f"{HELD}{strange.uid}/", str(uuid4())
        refused = timur.post(decide, {"verdict": "accepted", "reason": " ", "submission_key": key})
        assert refused.status_code == 400 and "Write the reason." in refused.content.decode()
        alone = timur.post(f"{HELD}{own.uid}/", {"verdict": "accepted", "reason": "x", "submission_key": str(uuid4())})
        assert alone.status_code == 409 and "You wrote this price down yourself" in alone.content.decode()
        for _twice in range(2):
            said = timur.post(decide, {"verdict": "refused", "reason": "A slip", "submission_key": key}, follow=True)
            assert said.redirect_chain == [(HELD, 302)]
        assert (
            "Refused. Nobody sees this price."
            in timur.post(decide, {"verdict": "refused", "reason": "A slip", "submission_key": str(uuid4())}, follow=True).content.decode()
        )
        assert timur.post(f"{HELD}{uuid4()}/", {"verdict": "refused", "reason": "x", "submission_key": key}).status_code == 404

    def test_the_page_is_for_operators(self, strange, rustam, one_click, signed_in):
        assert one_click("rustam").get(HELD).status_code == 403
        assert one_click("farrukh").get(HELD).status_code == 404
        assert "/me/second-factor/" in signed_in("timur").get(HELD)["Location"] and "/sign-in/" in Client().get(HELD)["Location"]
        assert one_click("rustam").post(f"{HELD}{strange.uid}/", {"verdict": "refused", "reason": "x"}).status_code == 403


class TestTable:
    """What a table may hold is tested with its import; here, that operators can send one and read what is wrong."""

    HEAD = "provider;from;to;pay_in;pay_out;payout_currency;fee_fixed;fee_percent;fee_added;rate;observed_on;source"
    SEND = f"{HELD}table/"

    def send(self, client: Client, *rows: str, name: str = "prices.csv"):
        file = SimpleUploadedFile(name, "\n".join([self.HEAD, *rows]).encode())
        return client.post(self.SEND, {"file": file, "submission_key": str(uuid4())}, follow=True)

    def test_all_of_it_or_nothing(self, service, one_click, today, cast):
        timur = one_click("timur")
        usual, strange = (
            f"kind;RU;TJ;card;card;TJS;0;1;yes;{rate};{today - timedelta(days=days)};A list" for days, rate in [(0, "0,1225"), (1, "0,06")]
        )
        assert "New prices: 1. Changed: 0. As before: 0. To check: 1." in self.send(timur, usual, strange).content.decode()
        assert Quote.objects.listed(today).get(observed_on=today).observed_by == cast["timur"] and Quote.objects.held().count() == 1
        refused = self.send(timur, usual, "kind;RU;TJ;card;card;TJS;0;1;yes;0;tomorrow;A list")
        text = text_of(refused.content.decode())
        assert refused.status_code == 400 and "Nothing of this table was taken in." in text
        assert "row 3, rate: Write the rate in digits" in text and "row 3, observed_on" in text
        assert "Choose the file." in timur.post(self.SEND, {"submission_key": str(uuid4())}).content.decode()
        assert "at most 200 KB" in self.send(timur, "x" * 200 * 1024).content.decode()

    def test_for_operators(self, rustam, one_click):
        assert self.send(one_click("rustam")).status_code == 403 and self.send(one_click("farrukh")).status_code == 404


class TestPages:
    @pytest.fixture
    def client(self, rustam, signed_in) -> Client:
        return signed_in("rustam")

    def test_who_waits_longest_stands_first(self, client, service, quote):
        quote("Today", "0.1225")
        never = quote("Never", "0.1225", is_promotion=True).service
        quote("Hidden", "0.1225", listed=False)
        quote("Elsewhere", "1", pair="RU-KG")
        refused = quote("Refused", "0.1225", seen=20).service
        Quote.objects.create(
            service=refused, rate=1, observed_on=timezone.localdate(), state=State.REFUSED, decided_because="x", source="x"
        )
        response = client.get(LIST, {"from": "RU", "to": "TJ"})
        assert [row.provider.name for row, _way, _done in response.context["rows"]] == ["Never", "Refused", "Kind", "Today"]
        text = text_of(response.content.decode())
        assert response.context["waiting"] == 3 and "There is no price yet." in text and "Written down today." in text
        assert f"/en/money/prices/{never.uid}/" in response.content.decode()
        assert "Choose where you send from" in client.get(LIST, {"from": "XX", "to": "\x00"}).content.decode()
        assert "No service between these two countries" in client.get(LIST, {"from": "KZ", "to": "UZ"}).content.decode()

    def test_a_price_is_written_down(self, client, service, rustam, today):
        page = f"{LIST}{service.uid}/"
        form = client.get(page).context["form"]
        assert (form["source"].value(), form["fee_kind"].value(), form["fee"].value()) == ("Their app", "percent", None)
        told = typed()
        assert "people see this price now" in client.post(page, told, follow=True).content.decode()
        assert client.post(page, told)["Location"] == f"{LIST}?from=RU&to=TJ"
        quote = Quote.objects.get(observed_on=today)
        assert (quote.rate, quote.fee_percent, quote.fee_fixed, quote.amount) == (Decimal("0.1225"), 1, 0, 10_000)
        assert (quote.observed_by, quote.state) == (rustam, State.ACCEPTED)
        form = client.get(page).context["form"]
        assert (form["rate"].value(), form["fee"].value()) == ("0.1225", "1")

    def test_the_rate_is_worked_out_of_what_is_left_after_the_fee(self, client, service, today):
        client.post(f"{LIST}{service.uid}/", typed(fee="200", fee_kind="money", fee_added="no", received="1 200,50"))
        assert Quote.objects.get(observed_on=today).rate == Decimal("0.1225")

    def test_a_strange_price_is_kept_and_the_collector_is_told(self, client, service, today):
        response = client.post(f"{LIST}{service.uid}/", typed(received="", rate="٨,١٦"), follow=True)
        assert "a second person looks at it first" in response.content.decode()
        assert Quote.objects.get(observed_on=today).state == State.HELD

    def test_what_cannot_be_is_said_and_what_was_typed_stays(self, client, service, today):
        page, tomorrow = f"{LIST}{service.uid}/", (today + timedelta(days=1)).isoformat()
        for slip, says in [
            ({"amount": "0"}, "It is more than zero"),
            ({"amount": "-5"}, "It is more than zero"),
            ({"amount": "1e15"}, "100,000,000 is the most. Look at the zeros."),
            ({"amount": "1" * 50}, "100,000,000 is the most"),
            ({"amount": "\x00"}, "Write the sum in digits"),
            ({"fee": ""}, "Where there is none, write 0."),
            ({"fee": "51"}, "at most 50 per cent"),
            ({"fee": "10000", "fee_kind": "money", "fee_added": "no"}, "takes the whole sum"),
            ({"fee_kind": "x"}, "Select a valid choice"),
            ({"received": ""}, "Write the rate, or what would be received."),
            ({"received": "", "rate": "0"}, "Write the rate in digits"),
            ({"received": "", "rate": "1e9"}, "999,999.99 is the most. Look at the zeros."),
            ({"received": "", "rate": "NaN"}, "Write the rate in digits"),
            ({"received": "9" * 30}, "is the most. Look at the zeros."),
            ({"received": "99999999999", "amount": "0,01"}, "does not go with the sum"),
            ({"rate": "0,13"}, "does not go with the rate"),
            ({"observed_on": tomorrow}, "still to come, or too long ago"),
            ({"observed_on": "0001-01-01"}, "still to come, or too long ago"),
            ({"observed_on": "soon"}, "Write the day like this"),
            ({"source": ""}, "Write where you saw the price."),
            ({"source": "x" * 121}, "at most 120 characters"),
            ({"link": "not a link"}, "This is not a web address."),
            ({"note": "a\x00b"}, "Null characters are not allowed"),
        ]:
            response = client.post(page, typed(**{"note": "Still here"} | slip))
            html = response.content.decode()
            assert response.status_code == 400 and says in html, (slip, response.context["form"].errors)
            assert "note" in slip or "Still here" in html
        assert not Quote.objects.filter(observed_on=today).exists()

    def test_only_collectors_and_only_services_on_the_list(self, service, rustam, signed_in, today):
        page = f"{LIST}{service.uid}/"
        assert "/sign-in/" in Client().get(LIST)["Location"] and "/sign-in/" in Client().post(page, typed())["Location"]
        farrukh, client = signed_in("farrukh"), signed_in("rustam")
        assert [farrukh.get(LIST).status_code, farrukh.get(page).status_code, farrukh.post(page, typed()).status_code] == [404] * 3
        assert client.get(f"{LIST}{uuid4()}/").status_code == 404 and client.get(page).status_code == 200
        entry = SanctionEntry.objects.create(
            list="un", reference="1", kind="entity", name="X", names=["X"], folded=["x"], generated_on=today
        )
        ProviderHit.objects.create(entry=entry, provider=service.provider, name="X", found_at=timezone.now())
        assert client.post(page, typed()).status_code == 404 and not Quote.objects.filter(observed_on=today).exists()
