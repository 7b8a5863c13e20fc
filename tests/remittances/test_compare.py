"""The arithmetic: a worked example, the published formula, and both directions held against each other."""

from decimal import Decimal as D

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from remittances.compare import Price, receive, send

CENT = D("0.01")
MID = D(160)  # soʻm for a rouble
NO_FEE = Price(fee_fixed=D(0), fee_percent=D(0), fee_added=False, rate=D(156))
WITH_FEE = Price(fee_fixed=D(150), fee_percent=D(0), fee_added=True, rate=D("159.2"))


def sums(most: str = "100000000") -> st.SearchStrategy[D]:
    return st.decimals("0.01", most, places=2)


PRICES = st.builds(
    Price,
    fee_fixed=st.decimals(0, 5000, places=2),
    fee_percent=st.decimals(0, 50, places=2),
    fee_added=st.booleans(),
    rate=st.decimals("0.00000001", "20000", places=8),
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


@given(paid=sums(), price=PRICES, mid=st.decimals("0.0001", "20000", places=6))
def test_it_is_the_published_formula(paid, price, mid):
    """Fee and margin in per cent of the sending amount, worked out in another way: from the money itself."""
    transfer = send(paid, price, mid)
    if transfer is None:
        return
    assert transfer.changed + transfer.fee == transfer.paid == paid
    assert transfer.sending == (transfer.changed if price.fee_added else paid)
    nominal = price.fee_fixed + transfer.sending * price.fee_percent / 100
    assert nominal <= transfer.fee < nominal + 2 * CENT
    assert transfer.received <= transfer.changed * price.rate < transfer.received + CENT
    cost = transfer.fee + transfer.sending * (mid - price.rate) / mid
    assert abs(transfer.total_cost_pct - cost / transfer.sending * 100) < D("1e-15") * (1 + abs(transfer.total_cost_pct))


@given(paid=sums(), one=PRICES, other=PRICES, mid=st.decimals("0.0001", "20000", places=6))
def test_more_received_is_less_lost(paid, one, other, mid):
    first, second = send(paid, one, mid), send(paid, other, mid)
    if first and second:
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
    less = send(transfer.paid - CENT, price, mid)
    assert less is None or less.received < wanted


@given(paid=sums(), price=PRICES)
def test_what_arrives_can_be_asked_for(paid, price):
    """The way there and back: nobody has to pay more than they paid."""
    transfer = send(paid, price, None)
    if transfer is not None:
        assert receive(transfer.received, price, None).paid <= paid


@given(paid=sums("99999999"), price=PRICES)
def test_whoever_pays_more_sends_not_less(paid, price):
    first, second = send(paid, price, None), send(paid + CENT, price, None)
    assert first is None or second.received >= first.received
