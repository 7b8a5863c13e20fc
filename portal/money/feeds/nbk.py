"""The National Bank of Kazakhstan's XML, in both its shapes: of a day (`rates`, with one date for all) and the newest (`rss`, a date an item)."""

from portal.money.amounts import Currency
from portal.money.feeds import Published, Row, elements, published
from portal.xml import text_of


def read(data: bytes) -> Published | None:
    """`<rates></rates>`, of a day that its archive does not have, is no error."""
    root, children = elements(data, "rates", "rss")
    if root.tag == "rss":
        items = [item for channel in children for item in channel.findall("item")]
        day = ""
    else:
        items = [child for child in children if child.tag == "item"]
        day = next(((child.text or "").strip() for child in children if child.tag == "date"), "")
    rows = (
        Row(day or text_of(item, "pubDate"), text_of(item, "title"), text_of(item, "quant"), text_of(item, "description")) for item in items
    )
    return published(Currency.KZT, "%d.%m.%Y", rows)
