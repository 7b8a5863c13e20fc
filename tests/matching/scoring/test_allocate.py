"""Stage 2: what it promises, held against all choices there are, an integer program, and on a large market against a proof of its own."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from bench.allocate import Market, is_best, market
from matching.scoring import allocate
from matching.scoring.errors import BadValue

POINTS = st.sampled_from([0, 1, 3_500, 7_212, 9_999, 10_000])


def made(pairs: dict[tuple[int, int], int], seats: list[int], **told: Any) -> Market:
    """`pairs`: points by (candidate, vacancy)."""
    people = 1 + max((i for i, _ in pairs), default=0)
    found = {"open_by_candidate": [0] * people, "open_by_vacancy": [0] * len(seats), "waits": [0] * people, "minimum": 3} | told
    minimum = found.pop("minimum")
    edges = np.array(list(pairs), np.int32).reshape(-1, 2)
    whole = {name: np.array(values, np.int64) for name, values in found.items()}
    return Market(edges, np.array(list(pairs.values()), np.int64), np.array(seats, np.int64), minimum=minimum, **whole)


@st.composite
def markets(draw: st.DrawFn, people: int = 4, vacancies: int = 3, edges: int = 9) -> Market:
    all_pairs = [(i, j) for i in range(people) for j in range(vacancies)]
    pairs = draw(st.lists(st.sampled_from(all_pairs), unique=True, max_size=edges))

    def numbers(count: int, most: int) -> list[int]:
        return draw(st.lists(st.integers(0, most), min_size=count, max_size=count))

    return made(
        {pair: draw(POINTS) for pair in pairs} | {(people - 1, vacancies - 1): 5_000},
        numbers(vacancies, 2),
        open_by_candidate=[draw(st.sampled_from([0, 0, 0, 1, 4, 5])) for _ in range(people)],
        open_by_vacancy=numbers(vacancies, 6),
        waits=numbers(people, 12),
        minimum=draw(st.integers(0, 4)),
    )


def worths(given: Market, choices: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of each choice (choices × edges): whether the caps hold, what the people served weigh, and all the rest of its worth."""
    people, places = given.edges.T
    by_candidate = choices @ (people[:, None] == np.arange(len(given.waits)))
    by_vacancy = choices @ (places[:, None] == np.arange(len(given.seats_left)))
    fits = (by_candidate <= np.maximum(5 - given.open_by_candidate, 0)).all(axis=1) & (by_vacancy <= given.cap).all(axis=1)
    weight = (1 + np.minimum(given.waits, 10)) * (given.open_by_candidate == 0)
    return fits, (by_candidate > 0) @ weight, choices @ given.points + 10_000 * np.minimum(by_vacancy, given.short).sum(axis=1)


@given(markets())
@settings(derandomize=True, deadline=None, max_examples=150)
def test_of_all_choices_there_are_it_is_a_best_one(given: Market) -> None:
    every = (np.arange(2 ** len(given.edges))[:, None] >> np.arange(len(given.edges)) & 1).astype(np.int64)
    fits, weight, rest = worths(given, every)
    graph = len(np.unique(given.edges[:, 0]))
    value = 10_000 * (graph + 1) * weight + rest

    chosen = given.allocate()
    fits_chosen, weight_chosen, rest_chosen = worths(given, chosen[None].astype(np.int64))
    assert fits_chosen.all()
    assert 10_000 * (graph + 1) * weight_chosen + rest_chosen == value[fits].max()
    assert weight_chosen == weight[fits].max()  # people before all else, although the rest may be worth more than B
    assert rest_chosen == rest[fits & (weight == weight_chosen)].max()
    served = np.array([given.served(choice > 0) for choice in every[fits]])
    assert given.served(chosen) == served.max()  # nobody who waits costs another's place for nothing
    assert is_best(given, chosen)
    for choice in np.flatnonzero(fits)[::7]:
        assert is_best(given, every[choice] > 0) == (value[choice] == value[fits].max())


@given(markets(people=12, vacancies=6, edges=45))
@settings(derandomize=True, deadline=None, max_examples=25)
def test_an_integer_program_finds_nothing_better(given: Market) -> None:
    chosen = given.allocate()
    _, weight, rest = worths(given, chosen[None].astype(np.int64))
    best_weight = solved(given, lambda people, _: people)
    assert weight == best_weight
    assert rest == solved(given, lambda _, rest: rest, at_least=best_weight)
    assert 10_000 * (len(np.unique(given.edges[:, 0])) + 1) * weight + rest == solved(
        given, lambda people, rest: 10_000 * (len(np.unique(given.edges[:, 0])) + 1) * people + rest
    )


def solved(given: Market, aim: Any, at_least: int = 0) -> int:
    """The greatest `aim`(weight of people served, rest of the worth) of an integer program, where the people weigh `at_least` as much."""
    model = cp_model.CpModel()
    chosen = [model.new_bool_var(f"{i}-{j}") for i, j in given.edges]
    people, rest = [], [int(points) * taken for points, taken in zip(given.points, chosen, strict=True)]
    for i, waits in enumerate(given.waits):
        mine = [taken for taken, edge in zip(chosen, given.edges, strict=True) if edge[0] == i]
        model.add(sum(mine) <= max(0, 5 - int(given.open_by_candidate[i])))
        if given.open_by_candidate[i] == 0:
            people.append((served := model.new_bool_var(f"{i}")) * (1 + min(int(waits), 10)))
            model.add(sum(mine) >= served)
    for j, short in enumerate(given.short):
        listed = sum(taken for taken, edge in zip(chosen, given.edges, strict=True) if edge[1] == j)
        model.add(listed <= int(given.cap[j]))
        model.add((counted := model.new_int_var(0, int(short), f"list {j}")) <= listed)
        rest.append(10_000 * counted)
    model.add(sum(people) >= at_least)
    model.maximize(aim(sum(people), sum(rest)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return round(solver.objective_value)


@given(markets(people=6, vacancies=4, edges=16), st.randoms(use_true_random=False))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_the_same_pairs_give_the_same_lists_in_whatever_order(given: Market, random: Any) -> None:
    order = list(range(len(given.edges)))
    random.shuffle(order)
    other = Market(given.edges[order], given.points[order], *[getattr(given, name) for name in OTHERS], minimum=given.minimum)
    assert (given.allocate()[order] == other.allocate()).all()
    assert (given.allocate() == given.allocate()).all()


OTHERS = ("seats_left", "open_by_candidate", "open_by_vacancy", "waits")


@given(markets(people=6, vacancies=3, edges=14), st.integers(0, 5), st.integers(1, 3))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_to_have_waited_longer_never_costs_a_proposal(given: Market, who: int, longer: int) -> None:
    got = given.loads(given.allocate())[0][who] > 0
    given.waits[who] += longer
    assert not got or given.loads(given.allocate())[0][who] > 0


def test_everybody_has_a_turn_at_a_scarce_seat() -> None:
    """Seven people, one place a run; nobody accepts, and each proposal has ended by the next run."""
    waits, turns = [0] * 7, []
    for _ in range(14):
        given = made({(i, 0): 9_000 - 100 * i for i in range(7)}, [1], open_by_vacancy=[2], waits=waits)
        (who,) = given.edges[given.allocate(), 0]
        waits = [0 if i == who else waits[i] + 1 for i in range(7)]
        turns.append(int(who))
    assert turns[:7] == [0, 1, 2, 3, 4, 5, 6]  # as long as all waited as long, points decide
    assert turns[7:] == turns[:7]


def test_who_waited_ten_runs_moves_up_no_further() -> None:
    def gets(waits: list[int]) -> int:
        given = made({(0, 0): 9_000, (1, 0): 8_000}, [1], open_by_vacancy=[2], waits=waits)
        return int(given.edges[given.allocate(), 0].item())

    assert [gets(waits) for waits in ([0, 0], [0, 1], [9, 10], [10, 11], [10, 900])] == [0, 1, 1, 0, 0]


def test_one_person_more_outweighs_all_points_and_lists() -> None:
    """A chain: whoever comes last can go to the first place only, and then everybody moves on from a perfect job to a poor one."""
    chain = 60
    perfect, poor = {(i, i): 10_000 for i in range(chain)}, {(i, i + 1): 0 for i in range(chain)}
    given = made(
        perfect | poor | {(chain, 0): 0}, [1] * (chain + 1), open_by_vacancy=[2] * (chain + 1), open_by_candidate=[0] * (chain + 1)
    )
    chosen = given.allocate()
    assert given.served(chosen) == chain + 1
    assert given.points[chosen].sum() == 0


def test_lists_fill_up_before_points_count() -> None:
    """Four people, one proposal each, who all fit the first job and no other."""
    pairs = {(i, j): 9_999 - 9_999 * j for i in range(4) for j in range(2)}
    two_seats_each = made(pairs, [2, 2], open_by_candidate=[4] * 4, minimum=1)
    assert two_seats_each.loads(two_seats_each.allocate())[1].tolist() == [2, 2]
    two_seats_and_one = made(pairs, [2, 1], open_by_candidate=[4] * 4, minimum=1)
    assert two_seats_and_one.loads(two_seats_and_one.allocate())[1].tolist() == [3, 1]  # two and one are filled, then points count
    at_least_two = made(pairs, [1, 1], open_by_candidate=[4] * 4, minimum=2)
    assert at_least_two.loads(at_least_two.allocate())[1].tolist() == [2, 2]
    no_such_wish = made(pairs, [2, 0], open_by_candidate=[4] * 4, minimum=1)
    assert no_such_wish.loads(no_such_wish.allocate())[1].tolist() == [4, 0]


def test_caps_leave_nothing_below_zero() -> None:
    given = made({(0, 0): 9_000, (1, 0): 9_000, (0, 1): 9_000}, [0, 2], open_by_candidate=[7, 0], open_by_vacancy=[2, 9])
    assert not given.allocate().any()


def test_nothing_to_choose_from() -> None:
    assert allocate([], [], [], [], [], []).tolist() == []
    assert allocate(np.zeros((0, 2), np.int32), np.zeros(0, np.uint16), [3], [0, 0], [0], [0, 0]).dtype == bool


GOOD: dict[str, Any] = {
    "edges": [[0, 0], [1, 0]],
    "points": [9_000, 8_000],
    "seats_left": [1],
    "open_by_candidate": [0, 0],
    "open_by_vacancy": [0],
    "waits": [0, 0],
    "minimum": 3,
}


@pytest.mark.parametrize(
    ("name", "bad", "words"),
    [
        ("edges", [[0, 0], [0, 0]], "stands twice"),
        ("edges", [[0, 0], [2, 0]], "not there"),
        ("edges", [[0, 0], [1, 1]], "not there"),
        ("edges", [[0, 0], [-1, 0]], "0..2147483647, not -1..0"),
        ("edges", [[0, 0]], "Points: whole numbers of shape"),
        ("edges", [0, 1], "of shape"),
        ("edges", 7, "of shape"),
        ("edges", [[0.0, 0.0], [1.0, 0.0]], "float64"),
        ("points", [9_000, -1], "0..10000, not -1"),
        ("points", [9_000, 10_001], "10001"),
        ("points", [9_000, float("nan")], "float64"),
        ("seats_left", [-1], "seats: 0..2147483647, not -1"),
        ("seats_left", [2**31], "2147483648"),
        ("open_by_candidate", [0, -2], "open proposals"),
        ("open_by_candidate", [0], "open proposals"),
        ("open_by_vacancy", [True], "bool"),
        ("open_by_vacancy", [-1], "vacancy's open proposals"),
        ("waits", [0, -1], "waits"),
        ("waits", ["a", "b"], "whole numbers"),
        ("waits", [2**70, 1], "object"),
        ("minimum", -1, "minimum"),
        ("minimum", 2.5, "minimum"),
    ],
)
def test_bad_input_is_a_typed_error(name: str, bad: Any, words: str) -> None:
    assert allocate(**GOOD).all()
    with pytest.raises(BadValue, match=words.replace("(", r"\(")):
        allocate(**GOOD | {name: bad})


def test_a_large_market() -> None:
    """49 000 people, 5 000 vacancies, a quarter of a million pairs."""
    given = market(49_000, 5_000, a_vacancy=52, a_candidate=0)
    assert 240_000 < len(given.edges) < 260_000
    chosen = given.allocate()
    by_candidate, by_vacancy = given.loads(chosen)
    assert (by_candidate <= given.takes).all() and (by_vacancy <= given.cap).all()
    assert given.served(chosen) == most_people(given)
    assert is_best(given, chosen)


def most_people(given: Market) -> int:
    """How many with no open proposal can have one at once: the greatest flow with one unit a person."""
    people, vacancies = len(given.waits), len(given.seats_left)
    source, sink = people + vacancies, people + vacancies + 1
    waiting = np.flatnonzero(given.open_by_candidate == 0)
    known = given.open_by_candidate[given.edges[:, 0]] == 0
    i, j = given.edges[known].T
    tails = np.concatenate([np.full(len(waiting), source), i, people + np.arange(vacancies)])
    heads = np.concatenate([waiting, people + j, np.full(vacancies, sink)])
    room = np.concatenate([np.ones(len(waiting) + len(i)), given.cap]).astype(np.int32)
    return int(maximum_flow(csr_array((room, (tails, heads)), shape=(sink + 1, sink + 1)), source, sink).flow_value)
