"""Which counts an audit hides, so that nobody can be told from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ui.hide_small import hide_small

counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40))


@pytest.mark.parametrize(
    ("told", "hidden"),
    [
        ({"a": 10, "b": 500}, ""),
        ({"a": 9, "b": 500, "c": 30}, "ac"),  # else the total less the others is nine
        ({"a": 3, "b": 4, "c": 30, "d": 40}, "abc"),  # else the total says that these two are seven
        ({"a": 5, "b": 6, "c": 30}, "ab"),
        ({"a": 0, "b": 500}, ""),  # nobody to protect
        ({"a": 0, "b": 2, "c": 90, "d": 80}, "abd"),
        ({"a": 4}, "a"),
        ({}, ""),
    ],
)
def test_by_hand(told, hidden):
    assert hide_small(told) == set(hidden)


@given(counts)
def test_no_small_count_can_be_computed_from_the_total(told):
    hidden = hide_small(told)
    small = {name for name, count in told.items() if 0 < count < 10}
    assert small <= hidden <= told.keys()
    if small and hidden != told.keys():
        assert len(hidden) >= 2 and sum(told[name] for name in hidden) >= 10
    if not small:
        assert not hidden


@given(counts)
def test_no_more_is_hidden_than_it_takes(told):
    """Without the largest of the hidden ones that are not small, the rest would be one alone, or under ten together."""
    hidden = hide_small(told)
    others = [name for name in hidden if told[name] >= 10]
    if others:
        rest = hidden - {max(others, key=lambda name: told[name])}
        assert len(rest) < 2 or sum(told[name] for name in rest) < 10
        assert all(told[name] >= max(told[other] for other in others) for name in told.keys() - hidden)
