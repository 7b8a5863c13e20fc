"""The arithmetic: a worked example, the published formula, and both directions held against each other."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from remittances.compare import Price, receive, send, transfer_of

CENT = D("0.01")
MID = D(160)  # soʻm for a rouble
NO_FEE = Price(fee_fixed=D(0), fee_percent=D(0), fee_added=False, rate=D(156))
WITH_FEE = Price(fee_fixed=D(150), fee_percent=D(0), fee_added=True, rate=D("159.2"))


def sums(most: str = "100000000") -> st.SearchStrategy[D]:
    return st.decimals("0.01", most, places=2)


FIXED, PERCENT = st.decimals(0, 5000, places=2), st.decimals(0, 50, places=2)
TABLES = st.dictionaries(sums("50000"), st.tuples(FIXED, PERCENT), max_size=3).map(
    lambda table: tuple((above, *table[above]) for above in sorted(table))
)
PRICES = st.builds(
    Price,
    fee_fixed=FIXED,
    fee_percent=PERCENT,
    fee_added=st.booleans(),
    rate=st.decimals("0.00000001", "20000", places=8),
    bands=TABLES,
)


class TestWorkedExample:
    """15 000 roubles home. Service A takes "no fee" and changes at 156; B takes 150 roubles on top and changes at 159.2."""

    def test_without_a_fee(self):
        a = send(D(15000), NO_FEE, MID)
        assert (a.paid, a.fee, a.sending, a.changed, a.received) == (15000, 0, 15000, 15000, 2_340_000)
        assert (a.margin_pct, a.total_cost_pct) == (D("2.5"), D("2.5"))
        assert (a.lost, a.lost_of_1000) == (375, 25)

    def test_with_a_fee_on_top(self):
        """To send 15 000 one pays 15 150."""
        b = send(D(15150), WITH_FEE, MID)
        assert (b.paid, b.fee, b.sending, b.changed, b.received) == (15150, 150, 15000, 15000, 2_388_000)
        assert (b.fee_pct, b.margin_pct, b.total_cost_pct) == (1, D("0.5"), D("1.5"))
        assert b.lost == 225
        assert round(b.lost_of_1000, 2) == D("14.85")

    @pytest.mark.parametrize("paid", ["15000", "15150", "100000"])
    def test_no_fee_costs_more(self, paid):
        a, b = send(D(paid), NO_FEE, MID), send(D(paid), WITH_FEE, MID)
        assert b.received > a.received
        assert b.lost_of_1000 < a.lost_of_1000

    def test_the_same_fee_taken_out_of_the_sum(self):
        out = send(D(15000), Price(D(150), D(0), fee_added=False, rate=D("159.2")), MID)
        assert (out.sending, out.changed, out.received) == (15000, 14850, D("2364120"))
        assert (out.fee_pct, out.total_cost_pct) == (1, D("1.5"))

    def test_what_must_be_paid_for_a_sum(self):
        assert receive(D(2_388_000), WITH_FEE, MID).paid == 15150
        assert receive(D(2_340_000), NO_FEE, MID).paid == 15000
        assert receive(D("2364120"), Price(D(150), D(0), fee_added=False, rate=D("159.2")), MID).paid == 15000


def test_a_percentage_is_of_the_sending_amount():
    """On top: of what is sent without it. Taken out: of the whole sum."""
    on_top = send(D(10100), Price(D(0), D(1), fee_added=True, rate=D(1)), D(1))
    taken_out = send(D(10100), Price(D(0), D(1), fee_added=False, rate=D(1)), D(1))
    assert (on_top.sending, on_top.fee, on_top.fee_pct) == (10000, 100, 1)
    assert (taken_out.sending, taken_out.fee, taken_out.fee_pct, taken_out.received) == (10100, 101, 1, 9999)


@pytest.mark.parametrize("added", [True, False])
@pytest.mark.parametrize("paid", ["150", "149.99", "0.01"])
def test_a_fee_that_eats_the_whole_sum_sends_nothing(added, paid):
    assert send(D(paid), Price(D(150), D(0), added, rate=D("159.2")), MID) is None
    assert send(D("150.01"), Price(D(150), D(0), added, rate=D("159.2")), MID).received == D("1.59")


def test_less_than_a_hundredth_arrives_as_nothing():
    assert send(D("0.01"), Price(D(0), D(0), fee_added=True, rate=D("0.0125")), D("0.0125")) is None


def test_without_a_middle_rate_nothing_is_said_of_the_loss():
    transfer = send(D(15000), NO_FEE, None)
    assert transfer.received == 2_340_000
    assert (transfer.margin_pct, transfer.total_cost_pct, transfer.lost, transfer.lost_of_1000) == (None,) * 4


def test_an_offer_better_than_the_middle_rate_loses_less_than_nothing():
    transfer = send(D(1000), Price(D(0), D(0), fee_added=True, rate=D(161)), MID)
    assert transfer.margin_pct == D("-0.625")
    assert transfer.lost == D("-6.25")


class TestTableOfFees:
    """100 roubles up to 10 000, 200 up to 50 000, and from there 1 per cent."""

    BANDS = ((D(10_000), D(200), D(0)), (D(50_000), D(0), D(1)))

    def price(self, *, added: bool) -> Price:
        return Price(D(100), D(0), added, D(1), self.BANDS)

    @pytest.mark.parametrize(
        ("paid", "really", "fee", "arrives"),
        [
            ("10000", "10000", 100, "9900"),
            ("10100", "10100", 100, "10000"),
            ("10200", "10100", 100, "10000"),  # for 10 000.01 the fee is 200
            ("10200.01", "10200.01", 200, "10000.01"),
            ("50200", "50200", 200, "50000"),
            ("50500", "50200", 200, "50000"),
            ("50505", "50505", D("500.05"), "50004.95"),
        ],
    )
    def test_on_top(self, paid, really, fee, arrives):
        found = send(D(paid), self.price(added=True), None)
        assert (found.paid, found.fee, found.received) == (D(really), fee, D(arrives))

    @pytest.mark.parametrize(("paid", "arrives"), [("10000", "9900"), ("10000.01", "9800.01"), ("50000", "49800"), ("60000", "59400")])
    def test_taken_out(self, paid, arrives):
        assert send(D(paid), self.price(added=False), None).received == D(arrives)

    def test_a_larger_sum_with_a_smaller_fee_is_paid_where_that_is_less(self):
        free_from_1000 = ((D(1000), D(0), D(0)),)
        assert receive(D(990), Price(D(50), D(0), True, D(1), free_from_1000), None).paid == D("1000.01")
        assert receive(D(960), Price(D(50), D(0), False, D(1), free_from_1000), None).paid == D("1000.01")
        assert receive(D(900), Price(D(50), D(0), False, D(1), free_from_1000), None).paid == D(950)

    def test_of_a_sending_amount(self):
        on_top, taken_out = (transfer_of(D(20_000), self.price(added=added), D(1)) for added in (True, False))
        assert (on_top.paid, on_top.received, on_top.total_cost_pct) == (20_200, 20_000, 1)
        assert (taken_out.paid, taken_out.received, taken_out.total_cost_pct) == (20_000, 19_800, 1)


def line_of(sending: D, price: Price) -> tuple[D, D]:
    """Fixed and per cent, looked up in another way."""
    found = (price.fee_fixed, price.fee_percent)
    for above, fixed, percent in price.bands:
        found = (fixed, percent) if sending > above else found
    return found


@given(paid=sums(), price=PRICES, mid=st.decimals("0.0001", "20000", places=6))
def test_it_is_the_published_formula(paid, price, mid):
    """Fee and margin in per cent of the sending amount, worked out in another way: from the money itself."""
    transfer = send(paid, price, mid)
    if transfer is None:
        return
    assert transfer.changed + transfer.fee == transfer.paid <= paid
    assert transfer.paid == paid or (price.fee_added and transfer.sending in {above for above, _fixed, _percent in price.bands})
    assert transfer.sending == (transfer.changed if price.fee_added else paid)
    fixed, percent = line_of(transfer.sending, price)
    nominal = fixed + transfer.sending * percent / 100
    assert nominal <= transfer.fee < nominal + 2 * CENT
    assert transfer.received <= transfer.changed * price.rate < transfer.received + CENT
    cost = transfer.fee + transfer.sending * (mid - price.rate) / mid
    assert abs(transfer.total_cost_pct - cost / transfer.sending * 100) < D("1e-15") * (1 + abs(transfer.total_cost_pct))


@given(paid=sums(), one=PRICES, other=PRICES, mid=st.decimals("0.0001", "20000", places=6))
def test_more_received_is_less_lost(paid, one, other, mid):
    first, second = send(paid, one, mid), send(paid, other, mid)
    if first and second and first.paid == second.paid:
        assert (first.received > second.received) == (first.lost_of_1000 < second.lost_of_1000)
        assert (first.received == second.received) == (first.lost_of_1000 == second.lost_of_1000)


@given(wanted=sums(), price=PRICES, mid=st.decimals("0.0001", "20000", places=6))
@example(D(100_000_000), Price(D(5000), D(50), True, D("0.00000001")), D(1))
@example(D("0.01"), Price(D(0), D(0), False, D("19999.99999999")), D(1))
def test_both_directions_agree(wanted, price, mid):
    """What is paid for a sum brings at least that sum, and a hundredth less would not."""
    transfer = receive(wanted, price, mid)
    assert send(transfer.paid, price, mid) == transfer
    assert transfer.received >= wanted
    less = send(transfer.paid - CENT, price, mid) if transfer.paid > CENT else None
    assert less is None or less.received < wanted


@given(paid=sums(), price=PRICES)
def test_what_arrives_can_be_asked_for(paid, price):
    """The way there and back: nobody has to pay more than they paid."""
    transfer = send(paid, price, None)
    if transfer is not None:
        assert receive(transfer.received, price, None).paid <= paid


@given(paid=sums("99999999"), price=PRICES)
def test_whoever_pays_more_sends_not_less(paid, price):
    """But for a fee taken out whose next line is dearer."""
    first, second = send(paid, price, None), send(paid + CENT, price, None)
    if price.fee_added or line_of(paid, price) == line_of(paid + CENT, price):
        assert first is None or second.received >= first.received


@given(paid=sums(), price=PRICES, more=st.tuples(FIXED, PERCENT), mid=st.decimals("0.0001", "20000", places=6))
def test_more_fee_never_gives_more(paid, price, more, mid):
    fixed, percent = more
    dearer = replace(
        price,
        fee_fixed=price.fee_fixed + fixed,
        fee_percent=min(price.fee_percent + percent, D(50)),
        bands=tuple((above, f + fixed, min(p + percent, D(50))) for above, f, p in price.bands),
    )
    cheap, dear = send(paid, price, mid), send(paid, dearer, mid)
    assert dear is None or dear.received <= cheap.received
    one, other = transfer_of(paid, price, mid), transfer_of(paid, dearer, mid)
    assert other is None or other.total_cost_pct >= one.total_cost_pct
