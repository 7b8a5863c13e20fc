"""Which counts nobody may read: the small ones, and those from which a small one could be computed."""

from collections.abc import Mapping

from portal.ui.waiting import FEWEST


def in_tens(count: int) -> int:
    """Rounded down: the difference of two such numbers, of two questions or of two days, tells of nobody."""
    return count // FEWEST * FEWEST


def hide_small(counts: Mapping[str, int]) -> set[str]:
    """The names to hide among counts whose total may be known. None is small: nothing.

    Where one to nine people are counted, as many of the next smallest are hidden too as it takes for the hidden ones to be two or more,
    and ten people or more together: the total says no more of any one of them. Nobody has to be protected in a count of zero.
    """
    hidden = {name for name, count in counts.items() if count < FEWEST}
    if not any(counts[name] for name in hidden):
        return set()
    others = sorted(counts.keys() - hidden, key=lambda name: (counts[name], name), reverse=True)
    while others and (len(hidden) < 2 or sum(counts[name] for name in hidden) < FEWEST):
        hidden.add(others.pop())
    return hidden
