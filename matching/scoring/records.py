"""Reading records: which keys there must be, and that a value is of its kind."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from operator import index
from typing import Any

from matching.scoring.errors import BadValue, MissingKey, UnknownKey

Record = Mapping[str, Any]
INT64 = 1 << 63


def check_keys(record: Record, required: Collection[str], optional: Collection[str] = ()) -> None:
    """Raises MissingKey or UnknownKey. A key that we do not know is refused: it may be one that a score must not see."""
    if missing := [key for key in required if key not in record]:
        raise MissingKey(f"Missing: {', '.join(missing)}.")
    if unknown := sorted(str(key) for key in record if key not in required and key not in optional):
        raise UnknownKey(f"Unknown: {', '.join(unknown)}.")


def whole(value: Any, what: str, least: int = -INT64, most: int = INT64 - 1) -> int:
    try:
        number = index(value)
    except TypeError:
        raise BadValue(f"{what} is a whole number, not {value!r}.") from None
    if not least <= number <= most:
        raise BadValue(f"{what} is {least}..{most}, not {number}.")
    return number


def whole_or_none(value: Any, what: str, least: int, most: int = INT64 - 1) -> int | None:
    return None if value is None else whole(value, what, least, most)


def day(value: Any, what: str) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise BadValue(f"{what} is a date, not {value!r}.")
    return value


def day_or_none(value: Any, what: str) -> date | None:
    return None if value is None else day(value, what)


def wholes(values: Iterable[Any], what: str) -> tuple[int, ...]:
    return tuple(whole(value, what) for value in values)


def wishes(values: Mapping[str, Any], what: str, allowed: Collection[int]) -> dict[str, int]:
    for key, value in values.items():
        if value not in allowed:
            raise BadValue(f"{what} {key}: {value!r} is none of {sorted(allowed)}.")
    return {str(key): int(value) for key, value in values.items()}


def refused_ids(pairs: Iterable[Any]) -> frozenset[tuple[int, int]]:
    """Of candidate and vacancy. Raises BadValue."""
    return frozenset((whole(candidate, "refused candidate"), whole(vacancy, "refused vacancy")) for candidate, vacancy in pairs)
