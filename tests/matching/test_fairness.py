"""The audit's statistics, by hand and by what must hold for all counts."""

from fractions import Fraction
from math import comb, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.fairness import CHANCE, ENOUGH, Group, fisher, holm, verdicts

chances = st.lists(st.floats(0, 1), max_size=12)


def group(name: str, people: int, reached: int, table: tuple[str, ...] = ("sex", "listed")) -> Group:
    return Group(table, name, people, reached)


@st.composite
def several(draw) -> list[Group]:
    """Up to four groups in each of two tables, some of them too small to be compared."""
    found = []
    for table in (("sex", "listed"), ("citizenship", "listed")):
        for name in draw(st.sets(st.sampled_from("abcd"))):
            people = draw(st.integers(0, 90))
            found.append(group(name, people, draw(st.integers(0, people)), table))
    return draw(st.permutations(found))


class TestFisher:
    def test_the_lady_tasting_tea(self):
        """Eight cups, four with the milk first: all right by chance once in 70, as many wrong as often; 3 of 4 in (1 + 16) · 2 of 70."""
        assert isclose(fisher(group("milk", 4, 4), group("tea", 4, 0)), 2 / 70)
        assert isclose(fisher(group("milk", 4, 3), group("tea", 4, 1)), 34 / 70)
        assert isclose(fisher(group("milk", 4, 2), group("tea", 4, 2)), 1)

    @given(st.integers(0, 30), st.integers(0, 30), st.data())
    def test_is_what_counting_all_tables_gives(self, one, other, data):
        a, b = group("a", one, data.draw(st.integers(0, one))), group("b", other, data.draw(st.integers(0, other)))
        reached = a.reached + b.reached
        ways = [comb(one, i) * comb(other, reached - i) for i in range(reached + 1)]
        exact = Fraction(sum(way for way in ways if way <= ways[a.reached]), comb(one + other, reached))
        assert isclose(fisher(a, b), float(exact), rel_tol=1e-9)
        assert isclose(fisher(a, b), fisher(b, a), rel_tol=1e-9)


class TestHolm:
    def test_four_by_hand(self):
        """.005 · 4, .01 · 3, .03 · 2; then .04 · 1 is less than the one before, which holds it up."""
        assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])

    def test_one_is_left_as_it_is_and_none_is_no_fault(self):
        assert (holm([0.2]), holm([])) == ([0.2], [])

    def test_never_above_one(self):
        assert holm([0.4, 0.9, 0.8]) == [1, 1, 1]

    @given(chances)
    def test_only_ever_raises_and_keeps_the_order(self, raw):
        adjusted = holm(raw)
        assert all(low <= high <= 1 for low, high in zip(raw, adjusted, strict=True))
        in_order = [high for _low, high in sorted(zip(raw, adjusted, strict=True))]
        assert in_order == sorted(in_order)

    @given(chances.flatmap(lambda raw: st.tuples(st.just(raw), st.permutations(range(len(raw))))))
    def test_the_order_of_the_tests_changes_nothing(self, drawn):
        raw, order = drawn
        adjusted = holm(raw)
        assert holm([raw[place] for place in order]) == [adjusted[place] for place in order]

    @given(chances)
    def test_between_each_alone_and_bonferroni(self, raw):
        assert all(high <= min(1, len(raw) * low) for low, high in zip(raw, holm(raw), strict=True))


class TestVerdicts:
    def test_the_highest_rate_is_what_others_are_compared_with(self):
        """60 of 100 against 90 of 100, and 45 of 50 which is the same rate from fewer people."""
        low, few, best = verdicts([group("low", 100, 60), group("few", 50, 45), group("best", 100, 90)])
        assert (low.against, few.against, best.against) == ("best", "best", None)
        assert (low.ratio, few.ratio) == (pytest.approx(2 / 3), 1)
        assert (low.is_different, few.is_different, best.is_different) == (True, False, False)

    @pytest.mark.parametrize(("reached", "is_different"), [(800, False), (799, True)])
    def test_exactly_four_fifths_is_no_difference(self, reached, is_different):
        assert verdicts([group("a", 1000, reached), group("b", 1000, 1000)])[0].is_different is is_different

    @pytest.mark.parametrize(("people", "is_tested"), [(ENOUGH - 1, False), (ENOUGH, True)])
    def test_thirty_people_in_both_groups(self, people, is_tested):
        for pair in ([group("a", people, 0), group("b", 100, 100)], [group("a", 100, 0), group("b", people, people)]):
            found = verdicts(pair)[0]
            assert (found.against is not None, found.is_different) == (is_tested, is_tested)

    def test_a_small_group_with_the_highest_rate_is_not_what_others_are_compared_with(self):
        assert verdicts([group("a", 100, 40), group("b", 100, 50), group("tiny", 5, 5)])[0].against == "b"

    def test_a_low_rate_that_chance_explains(self):
        """21 of 30 against 27 of 30: 78 %, but as uneven a table comes by chance in one of ten."""
        found = verdicts([group("a", 30, 21), group("b", 30, 27)])[0]
        assert found.ratio < 0.8 and found.p > CHANCE and not found.is_different

    def test_more_tests_ask_for_more(self):
        pair = [group("a", 60, 34), group("b", 60, 47)]
        others = [group(name, 60, 30, ("region", "listed")) for name in "cdefgh"]
        assert verdicts(pair)[0].is_different and not verdicts([*pair, *others])[0].is_different

    def test_where_nobody_came_nothing_is_compared(self):
        assert [found.against for found in verdicts([group("a", 50, 0), group("b", 50, 0)])] == [None, None]

    def test_no_groups(self):
        assert verdicts([]) == []

    @given(several())
    def test_for_all_counts(self, groups):
        for told, found in zip(groups, verdicts(groups), strict=True):
            if found.against is None:
                assert (found.ratio, found.p, found.is_different) == (None, None, False)
            else:
                best = next(other for other in groups if (other.table, other.name) == (told.table, found.against))
                assert told.people >= ENOUGH and best.people >= ENOUGH
                assert 0 <= found.ratio <= 1 and 0 <= found.p <= 1
                assert found.is_different == (found.p < CHANCE and 5 * told.reached * best.people < 4 * best.reached * told.people)

    @given(several().flatmap(lambda groups: st.tuples(st.just(groups), st.permutations(range(len(groups))))))
    def test_the_order_of_the_groups_changes_nothing(self, drawn):
        groups, order = drawn
        found = verdicts(groups)
        assert verdicts([groups[place] for place in order]) == [found[place] for place in order]
