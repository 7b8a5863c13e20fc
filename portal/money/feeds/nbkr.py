"""The XML of the National Bank of the Kyrgyz Republic: some currencies each day, the others, with our somoni and soʻm, each week. Only the newest."""

from portal.money.amounts import Currency
from portal.money.feeds import Published, Row, elements, published
from portal.xml import text_of


def read(data: bytes) -> Published | None:
    root, children = elements(data, "CurrencyRates")
    rows = (
        Row(root.get("Date", ""), each.get("ISOCode", ""), text_of(each, "Nominal"), text_of(each, "Value"))
        for each in children
        if each.tag == "Currency"
    )
    return published(Currency.KGS, "%d.%m.%Y", rows)
