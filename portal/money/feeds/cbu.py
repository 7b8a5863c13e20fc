"""The Central Bank of Uzbekistan's JSON of a day: a list of objects, all values texts. On a day without rates it gives the last ones, or none."""

import json
from decimal import Decimal
from typing import Any

from portal.money.amounts import Currency
from portal.money.feeds import FeedProblem, Published, Row, published


def read(data: bytes) -> Published | None:
    found = _parse(data)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise FeedProblem("This is another file: no list of rates.")
    return published(
        Currency.UZS, "%d.%m.%Y", (Row(*(str(each.get(key, "")) for key in ("Date", "Ccy", "Nominal", "Rate"))) for each in found)
    )


def _parse(data: bytes) -> Any:
    try:
        return json.loads(data, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise FeedProblem(f"The file is no JSON, or incomplete: {type(error).__name__}.") from error
