"""What makes the demo the same each time: a seed, names for its rows, and how many there are."""

from dataclasses import dataclass
from datetime import date
from random import Random
from uuid import UUID, uuid5

SEED = "safar"
SPACE = UUID("5afa0000-0000-4000-8000-000000000000")


def uid_of(what: object) -> UUID:
    """A row with this uid has been loaded already, whatever became of it since."""
    return uuid5(SPACE, f"{SEED}-{what}")


def chance_of(what: object) -> Random:
    """Each row has dice of its own: leaving one out changes no other."""
    return Random(f"{SEED}-{what}")


@dataclass(frozen=True, slots=True)
class Sizes:
    """Everything grows with the number of candidates, the cast among them."""

    people: int

    @property
    def vacancies(self) -> int:
        return max(20, self.people // 10)

    @property
    def employers(self) -> int:
        return min(40, max(6, self.people // 50))

    @property
    def trades(self) -> int:
        """The most common ones: few people in many trades would find nothing."""
        return max(10, self.people // 12)

    @property
    def matches(self) -> int:
        """That people have acted on."""
        return max(40, self.people // 8)


def month_before(day: date, months: int) -> date:
    """The first day of the month that many months before."""
    total = day.year * 12 + day.month - 1 - months
    return date(total // 12, total % 12 + 1, 1)
