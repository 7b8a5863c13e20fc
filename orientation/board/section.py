"""What a section of the editors' board is made of."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do. `count` is how many of it there are; `url` is where it is done."""

    text: str
    note: str = ""
    url: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`icon` is a name of Material Symbols, which the console has. `text` says what is to be done; without `rows` the board says "Nothing waits."."""

    icon: str
    title: str
    text: str
    rows: Sequence[Row] = ()
