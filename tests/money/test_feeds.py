"""What five central banks publish, byte by byte: what is read, and what is refused with a sentence. Values are invented."""

from datetime import date
from decimal import Decimal

import pytest

from portal.money.feeds import FeedProblem, Published, Rate, cbr, cbu, nbk, nbkr, nbt
from tests import rate_server
from tests.rate_server import BOMB, PAGE, SAID

DAY = date(2031, 3, 14)
READERS = {"cbr": cbr.read, "nbk": nbk.read, "nbkr": nbkr.read, "cbu": cbu.read, "nbt": nbt.read}
GOOD = {
    "cbr": rate_server.cbr(DAY, SAID["cbr"]),
    "nbk": rate_server.nbk(DAY, SAID["nbk"]),
    "nbkr": rate_server.nbkr(DAY, SAID["daily"]),
    "cbu": rate_server.cbu(DAY, SAID["cbu"]),
    "nbt": rate_server.nbt(DAY, SAID["nbt"]),
}


def rates(*written: tuple[str, int, str]) -> Published:
    return Published(DAY, tuple(Rate(base, nominal, Decimal(value)) for base, nominal, value in written))


class TestWhatTheySay:
    def test_the_bank_of_russia_in_windows_1251_with_commas(self):
        assert "Единица".encode("windows-1251") in GOOD["cbr"]
        said = rates(("USD", 1, "88.1234"), ("TJS", 10, "83.4100"), ("KGS", 100, "101.5500"), ("UZS", 10_000, "71.2040"))
        assert cbr.read(GOOD["cbr"]) == said
        assert [str(rate.of_one) for rate in said.rates] == ["88.1234000000", "8.3410000000", "1.0155000000", "0.0071204000"]

    def test_kazakhstan_in_both_shapes(self):
        said = rates(("USD", 1, "471.3"), ("RUB", 1, "5.36"), ("UZS", 100, "3.91"))
        assert nbk.read(GOOD["nbk"]) == said
        assert nbk.read(rate_server.nbk_newest(DAY, SAID["nbk"])) == said

    def test_kyrgyzstan_by_day_and_by_week(self):
        assert nbkr.read(GOOD["nbkr"]) == rates(("USD", 1, "86.9100"), ("RUB", 1, "0.9865"), ("KZT", 1, "0.1842"))
        assert nbkr.read(rate_server.nbkr(DAY, SAID["weekly"])) == rates(("TJS", 1, "9.2401"), ("UZS", 1, "0.0072"))

    def test_uzbekistan_in_texts_or_numbers(self):
        said = rates(("USD", 1, "12104.33"), ("RUB", 1, "137.36"))
        assert cbu.read(GOOD["cbu"]) == said
        as_numbers = GOOD["cbu"].replace(b'"12104.33"', b"12104.33").replace(b'"Nominal": "1"', b'"Nominal": 1')
        assert as_numbers != GOOD["cbu"] and cbu.read(as_numbers) == said

    @pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
    def test_tajikistan_in_whichever_encoding_it_is_in_truth(self, encoding):
        data = rate_server.nbt(DAY, SAID["nbt"], encoding)
        assert nbt.read(data) == rates(("USD", 1, "9.4120"), ("RUB", 1, "0.1068"), ("UZS", 1000, "0.7776"))

    def test_utf16_with_its_mark_is_read_and_a_comma_too(self):
        data = GOOD["nbt"].decode().replace("utf-8", "utf-16").replace("9.4120", "9,4120").encode("utf-16")
        assert nbt.read(data) == nbt.read(GOOD["nbt"])

    def test_blanks_within_a_price_and_children_in_another_order(self):
        moved = (
            GOOD["cbr"]
            .decode("windows-1251")
            .replace("<Nominal>1</Nominal>", "")
            .replace("88,1234</Value>", "88,1234</Value><Nominal>1</Nominal>", 1)
        )
        assert cbr.read(moved.encode("windows-1251")) == cbr.read(GOOD["cbr"])
        spaced = GOOD["cbu"].replace(b"12104.33", "12\u00a0104.33".encode())
        assert cbu.read(spaced) == cbu.read(GOOD["cbu"])

    @pytest.mark.parametrize(
        ("bank", "data"),
        [
            ("nbk", b'<?xml version="1.0" encoding="utf-8"?><rates></rates>'),
            ("nbk", b"<rss><channel></channel></rss>"),
            ("cbr", b'<ValCurs Date="14.03.2031" name="Foreign Currency Market"></ValCurs>'),
            ("cbu", b"[]"),
        ],
    )
    def test_no_rates_of_a_day_are_no_error(self, bank, data):
        assert READERS[bank](data) is None


def changed(bank: str, old: str, new: str) -> tuple[str, bytes]:
    encoding = "windows-1251" if bank in ("cbr", "nbkr") else "utf-8"
    data = GOOD[bank].decode(encoding).replace(old, new, 1).encode(encoding)
    assert data != GOOD[bank]
    return bank, data


FAULTS = {
    **{f"a page instead of {bank}": ((bank, PAGE.encode()), "document type|no JSON") for bank in READERS},
    **{f"{bank} cut short": ((bank, data[: len(data) * 2 // 3]), "incomplete") for bank, data in GOOD.items()},
    **{f"an empty answer of {bank}": ((bank, b""), "no XML|no JSON") for bank in READERS},
    "a page that is XML": (("nbkr", b"<html><body>later</body></html>"), "root element is html, not CurrencyRates"),
    "a bomb": (("cbr", BOMB.encode()), "document type"),
    "a bomb in UTF-16": (("cbr", BOMB.encode("utf-16")), "document type"),
    "a bomb in bytes that are no UTF-8": (("nbt", BOMB.replace("aaaaaaaaaa", "ааа").encode("windows-1251")), "document type"),
    "an outside entity": (("nbk", b'<!DOCTYPE rates SYSTEM "file:///etc/passwd"><rates/>'), "document type"),
    "one in another": (("nbk", b"<rates>" + b"<item>" * 100_000), "more than 40"),
    "lists in lists": (("cbu", b"[" * 100_000), "no JSON"),
    "an encoding nobody knows": (("cbr", GOOD["cbr"].replace(b"windows-1251", b"KOI-99")), "unknown encoding"),
    "neither JSON's encoding": (("cbu", '[{"Ccy": "Доллар"}]'.encode("windows-1251")), "no JSON"),
    "zero bytes": (("nbt", b"\x00" * 500), "no XML"),
    "an object": (("cbu", b'{"error": "no"}'), "no list of rates"),
    "a list of words": (("cbu", b'["USD", "RUB"]'), "no list of rates"),
    "Moldova's": (("cbr", rate_server.cbr(DAY, SAID["cbr"], "Official exchange rate")), "its name is 'Official exchange rate'"),
    "Moldova's for Tajikistan's": (("nbt", rate_server.cbr(DAY, SAID["cbr"], "Official exchange rate")), "'14.03.2031' is no day"),
    "no day": (changed("cbr", ' Date="14.03.2031"', ""), "does not say of which day"),
    "a day that is none": (changed("nbkr", "14.03.2031", "31.02.2031"), "'31.02.2031' is no day"),
    "two days": (changed("cbu", "14.03.2031", "13.03.2031"), "several days"),
    "no nominal": (changed("cbr", "<Nominal>10</Nominal>", ""), "TJS has no nominal"),
    "a nominal of nothing": (changed("nbk", "<quant>100</quant>", "<quant>0</quant>"), "UZS: '0' is no number of units"),
    "a nominal below": (changed("nbt", " 1000<", " -1000<"), "'-1000' is no number of units"),
    "a rate of zero": (changed("cbr", "88,1234", "0,0000"), "USD: a price of 0,0000 for 1 cannot be"),
    "a rate of a million": (changed("nbk", "471.3", "1000000"), "cannot be"),
    "a rate of a milliard": (changed("nbk", "471.3", "1000000000"), "is no price"),
    "a rate too small to keep": (changed("nbt", "0.7776", "0.00000001"), "cannot be"),
    "a rate below zero": (changed("nbt", "9.4120", "-9.4120"), "USD: '-9.4120' is no price"),
    "an exponent": (changed("cbu", "12104.33", "1.2E4"), "no price"),
    "no number": (changed("cbu", '"12104.33"', "NaN"), "USD: 'nan' is no price"),
    "digits of another script": (changed("nbt", "9.4120", "٩.٤١"), "no price"),
    "thousands that look like decimals": (changed("cbu", "12104.33", "12,104.33"), "no price"),
    "no price": (changed("nbk", "<description>471.3</description>", ""), "USD: '' is no price"),
    "a currency twice": (changed("nbk", "<title>RUB</title>", "<title>USD</title>"), "twice"),
    "none of ours": (("nbkr", rate_server.nbkr(DAY, [("JPY", "10", "5,7")])), "none of our currencies"),
    "its own money only": (("cbr", rate_server.cbr(DAY, [("RUB", "1", "1")])), "none of our currencies"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_faulty_answer(what):
    (bank, data), sentence = FAULTS[what]
    with pytest.raises(FeedProblem, match=sentence):
        READERS[bank](data)
