"""Two people who take in the same file at the same moment take it in once."""

from django.utils import timezone

from remittances.imports.import_quotes import Counts, import_quotes
from remittances.imports.import_rpw import import_rpw
from remittances.models import Quote, RpwPrice
from tests.matching.test_seats import at_once
from tests.remittances.imports.rpw import row, write_csv
from tests.remittances.imports.test_quotes import price, table  # noqa: F401


def test_two_imports_at_once_are_one(fresh_db, price, tmp_path):  # noqa: F811
    (tmp_path / "prices.csv").write_bytes(table(price()).getvalue())
    release = write_csv(tmp_path / "rpw.csv", [row(period="2024_1Q", date="2024-02-17")])

    def prices() -> Counts:
        with (tmp_path / "prices.csv").open("rb") as file:
            return import_quotes(file, None, timezone.now())

    def quarters() -> tuple[int, int]:
        with release.open("rb") as file:
            counts = import_rpw(file, timezone.localdate())
        return counts.added, counts.unchanged

    first, second, *releases = at_once(prices, prices, quarters, quarters)
    assert sorted([first.added, second.added]) == sorted([first.unchanged, second.unchanged]) == [0, 1]
    assert sorted(releases) == [(0, 1), (1, 0)]
    assert (Quote.objects.count(), RpwPrice.objects.count()) == (2, 1)
