"""The National Bank of Tajikistan's XML of a day. Of a day that it does not have it silently gives today's: whoever asks compares the days."""

from portal.money.amounts import Currency
from portal.money.feeds import Published, Row, elements, published
from portal.xml import text_of


def read(data: bytes) -> Published | None:
    root, children = elements(data, "ValCurs")
    rows = (
        Row(root.get("Date", ""), text_of(each, "CharCode"), text_of(each, "Nominal"), text_of(each, "Value"))
        for each in children
        if each.tag == "Valute"
    )
    return published(Currency.TJS, "%Y-%m-%d", rows)
