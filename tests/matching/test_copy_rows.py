"""COPY as arrays: what goes in comes out, and a row of another shape is refused."""

import numpy as np
import pytest
from django.db import connection

from matching.copy_rows import read_rows, sql_columns, write_rows

pytestmark = pytest.mark.django_db


def test_rows_go_in_and_come_out():
    rows = np.array([(-(2**63), 2**31 - 1, -1), (7, 0, 2**15 - 1)], dtype=[("a", "i8"), ("b", "i4"), ("c", "i2")])
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE pairs ({sql_columns(rows)}) ON COMMIT DROP")
    write_rows("pairs", rows)
    write_rows("pairs", rows[:0])
    assert np.array_equal(read_rows("SELECT a, b, c FROM pairs ORDER BY a", {}, {"a": "i8", "b": "i4", "c": "i2"}), rows)


def test_texts_truths_and_days_have_their_width():
    rows = read_rows("SELECT rpad(%(code)s, 6), true, DATE '2000-01-03'", {"code": "RU-TA"}, {"code": "S6", "is_so": "?", "day": "i4"})
    assert rows.tolist() == [(b"RU-TA ", True, 2)]


def test_no_rows():
    assert len(read_rows("SELECT 1::bigint WHERE false", {}, {"one": "i8"})) == 0


@pytest.mark.parametrize("select", ["SELECT NULL::bigint", "SELECT 1::integer", "SELECT 1::bigint, 2::bigint", "SELECT 'Ж'::text"])
def test_what_is_laid_out_otherwise_is_refused(select):
    with pytest.raises(ValueError, match="laid out"):
        read_rows(select, {}, {"one": "i8"})
