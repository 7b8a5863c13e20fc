"""The Bank of Russia's XML of a day: windows-1251, a comma before the decimals. On a day without rates it answers with the last ones before it."""

from portal.money.amounts import Currency
from portal.money.feeds import FeedProblem, Published, Row, elements, published
from portal.xml import text_of

NAME = "Foreign Currency Market"  # the bank of Moldova publishes the same elements under another name


def read(data: bytes) -> Published | None:
    root, children = elements(data, "ValCurs")
    if (name := root.get("name", "")) != NAME:
        raise FeedProblem(f"This is another list: its name is {name[:40]!r}, not {NAME!r}.")
    rows = (
        Row(root.get("Date", ""), text_of(each, "CharCode"), text_of(each, "Nominal"), text_of(each, "Value"))
        for each in children
        if each.tag == "Valute"
    )
    return published(Currency.RUB, "%d.%m.%Y", rows)
