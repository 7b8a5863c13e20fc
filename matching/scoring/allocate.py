"""Stage 2: from scored pairs to shortlists. As many people as possible get a proposal, who waited longer first; then lists fill up and points count."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matching.scoring.errors import BadValue, ScoringError
from matching.scoring.whole import FULL

MOST_OPEN = 5  # proposals that one person may have open
PER_SEAT = 3  # open proposals that a free seat bears
LONGEST_WAIT = 10  # runs; who waits longer moves up no further
LARGEST = 2**31 - 1

Wholes = NDArray[np.int64]


def allocate(
    edges: ArrayLike,
    points: ArrayLike,
    seats_left: ArrayLike,
    open_by_candidate: ArrayLike,
    open_by_vacancy: ArrayLike,
    waits: ArrayLike,
    minimum: int = 3,
) -> NDArray[np.bool_]:
    """Which of the proposable pairs are proposed: one bool an edge, of all choices within the caps one of the greatest worth.

    edges: n × 2, row indices (candidate, vacancy), each pair once. points: n, 0..10 000. open_by_candidate and waits: one a candidate
    (proposals open now; full runs in a row with an edge and no proposal). seats_left and open_by_vacancy: one a vacancy.

    A candidate takes 5 - open_by_candidate more proposals, a vacancy cap = 3 · seats_left - open_by_vacancy, neither below 0. Worth:

        Σ points  +  B · Σ (1 + min(waits, 10)) over candidates with none open who got one  +  10 000 · Σ min(list, m) over vacancies

    with m = min(cap, max(minimum, seats_left)) and B = 10 000 · (candidates that have an edge + 1). This B puts people before all else
    (docs/scoring.md has the proof). Solved as a flow of least cost (Goldberg 1997, in OR-tools), exactly, in whole numbers.
    The order of `edges` plays no part: of several best choices the solver takes the same each time.

    Raises BadValue for shapes that do not match, numbers that are not whole or out of range, and a pair that stands twice.
    """
    sizes = [len(np.atleast_1d(values)) for values in (edges, waits, seats_left)]
    pairs = _wholes("A row of an edge", edges, sizes[0], 2)
    worth = _wholes("Points", points, sizes[0], most=FULL)
    waited = _wholes("A candidate's waits", waits, sizes[1])
    has_open = _wholes("A candidate's open proposals", open_by_candidate, sizes[1])
    seats = _wholes("A vacancy's seats", seats_left, sizes[2])
    lists_open = _wholes("A vacancy's open proposals", open_by_vacancy, sizes[2])
    least = _wholes("The minimum", minimum, 1)
    if not len(pairs):
        return np.zeros(0, bool)
    order = _order(pairs, len(waited), len(seats))
    has_edge = np.zeros(len(waited), bool)
    has_edge[pairs[:, 0]] = True
    above_all = FULL * (np.count_nonzero(has_edge) + 1)
    first = np.where(has_open == 0, above_all * (1 + np.minimum(waited, LONGEST_WAIT)), 0)
    takes = np.where(has_edge, np.maximum(MOST_OPEN - has_open, 0), 0)
    cap = np.maximum(PER_SEAT * seats - lists_open, 0)
    short = np.minimum(cap, np.maximum(least, seats))

    arcs = [pairs[order].astype(np.int32), worth[order]]
    del pairs, worth  # the solver needs the room
    chosen = np.zeros(len(order), bool)
    chosen[order] = _flow(arcs, takes, first, cap, short)
    return chosen


def _flow(arcs: list[Any], takes: Wholes, first: Wholes, cap: Wholes, short: Wholes) -> NDArray[np.bool_]:
    """A unit of flow is a proposal: source → candidate → vacancy → sink. What falls as it grows, the worth of a person's first proposal
    over the others', of a list's first places over the rest, is two arcs side by side: the dearer one fills up first. `arcs`, the pairs and
    their points, are used up."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    candidates, vacancies = np.arange(len(takes)), len(takes) + np.arange(len(cap))
    source, sink = len(takes) + len(cap), len(takes) + len(cap) + 1
    one = np.minimum(takes, 1)
    all_units = min(takes.sum(), cap.sum())
    flow = SimpleMinCostFlow()

    def add(tails: Any, heads: Any, capacity: Any, worth: Any) -> Any:
        columns = np.broadcast_arrays(tails, heads, capacity, worth)
        tails, heads = (column.astype(np.int32) for column in columns[:2])
        return flow.add_arcs_with_capacity_and_unit_cost(tails, heads, columns[2].astype(np.int64), -columns[3].astype(np.int64))

    points, pairs = arcs.pop(), arcs.pop()
    edges = add(pairs[:, 0], vacancies[pairs[:, 1]], 1, points)
    del points, pairs
    add(source, candidates, one, first)
    add(source, candidates, takes - one, 0)
    add(vacancies, sink, short, FULL)
    add(vacancies, sink, cap - short, 0)
    add([source], [sink], all_units, 0)  # what is not proposed
    flow.set_node_supply(source, all_units)
    flow.set_node_supply(sink, -all_units)
    if (status := flow.solve()) != SimpleMinCostFlow.OPTIMAL:
        raise ScoringError(f"No shortlists: {status.name}. The solver multiplies the largest worth by the nodes, within int64.")
    return np.asarray(flow.flows(edges)) > 0


def _wholes(what: str, values: ArrayLike, *shape: int, most: int = LARGEST) -> Wholes:
    """Whole numbers 0..most as int64."""
    found = np.atleast_1d(values)
    if not found.size and not shape[0]:
        return np.zeros(shape, np.int64)  # an empty list has no type of its own
    if found.shape != shape or found.dtype.kind not in "iu":
        raise BadValue(f"{what}: whole numbers of shape {shape}, not {found.dtype} of shape {found.shape}.")
    if found.min() < 0 or found.max() > most:
        raise BadValue(f"{what}: 0..{most}, not {found.min()}..{found.max()}.")
    return found.astype(np.int64, copy=False)


def _order(pairs: Wholes, candidates: int, vacancies: int) -> Wholes:
    """By candidate, then vacancy."""
    if pairs[:, 0].max() >= candidates or pairs[:, 1].max() >= vacancies:
        raise BadValue(f"An edge leads to a row that is not there: {candidates} candidates, {vacancies} vacancies.")
    keys = pairs[:, 0] * vacancies + pairs[:, 1]
    order = np.argsort(keys)
    if (np.diff(keys[order]) == 0).any():
        raise BadValue("A pair stands twice in the edges.")
    return order
