"""Rows in and out of the database by COPY, as NumPy arrays: a structured dtype is the layout of a row, no Python object is made of it.

Only columns of a fixed width that are never NULL: the statement says what stands for NULL, and pads texts to their width.
PostgreSQL's binary COPY is a header, then of each row the number of its fields and each field after its length, all big-endian.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Rows = NDArray[Any]
Values = Mapping[str, Any] | Sequence[Any]

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
SQL_TYPES = {"i8": "bigint", "i4": "integer", "i2": "smallint"}


def read_rows(statement: str, values: Values, fields: Mapping[str, str]) -> Rows:
    """What the SELECT gives, one record a row. `fields` names its columns with their NumPy types, in their order.

    "i8" is a bigint, "i4" an integer or a date (days since 2000), "i2" a smallint, "?" a boolean, "S6" a text of six bytes.
    Raises ValueError where a row is laid out otherwise, as by a NULL.
    """
    layout = _layout(fields)
    received = BytesIO()
    with connection.cursor() as cursor:
        query = cursor.mogrify(statement, values).decode()
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", received)
    body = received.getbuffer()[len(HEADER) : -len(TRAILER)]
    raw = np.frombuffer(body, layout) if len(body) % layout.itemsize == 0 else None
    if raw is None or any((raw[name] != length).any() for name, length in _lengths(fields, layout).items()):
        raise ValueError(f"A row is not laid out as {dict(fields)}.")
    rows = np.empty(len(raw), list(fields.items()))
    for name in fields:
        rows[name] = raw[name]
    return rows


def write_rows(table: str, rows: Rows) -> None:
    """Append the records to a table whose columns have the same names and widths."""
    fields = {name: rows.dtype[name].str[1:] for name in rows.dtype.names or ()}
    layout = _layout(fields)
    raw = np.empty(len(rows), layout)
    for name, length in _lengths(fields, layout).items():
        raw[name] = length
    for name in fields:
        raw[name] = rows[name]
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(fields)}) FROM STDIN (FORMAT binary)", BytesIO(HEADER + raw.tobytes() + TRAILER))


def sql_columns(rows: Rows) -> str:
    """The columns of a table that holds such records."""
    return ", ".join(f"{name} {SQL_TYPES[rows.dtype[name].str[1:]]}" for name in rows.dtype.names or ())


def _layout(fields: Mapping[str, str]) -> np.dtype[Any]:
    columns = [("#", ">i2")]
    for name, kind in fields.items():
        columns += [(f"#{name}", ">i4"), (name, f">{kind}")]
    return np.dtype(columns)


def _lengths(fields: Mapping[str, str], layout: np.dtype[Any]) -> dict[str, int]:
    """What stands before a row and before each of its fields."""
    return {"#": len(fields)} | {f"#{name}": layout[name].itemsize for name in fields}
