"""Occupations and skills as the score needs them: how alike two occupations are, and which skills stand in for one another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from matching.scoring.errors import BadValue, UnknownOccupation
from matching.scoring.records import whole
from matching.scoring.whole import FULL

SHARED_DIGITS = (1_500, 1_500, 3_500, 6_000, 8_500)  # by leading digits of ISCO-08 that two occupations share
STRANGER = SHARED_DIGITS[0]
RELATED = 6_000


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """`essential` serves the rarity of skills only; `related` are (higher, lower) and count for who held the higher job."""

    essential: Mapping[int, frozenset[int]]
    group: Mapping[int, int]
    isco: Mapping[int, str]
    related: frozenset[tuple[int, int]]
    _likeness: dict[tuple[int, int], int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _stand_ins: dict[int, frozenset[int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _of_group: dict[int | None, frozenset[int]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def from_records(
        cls,
        *,
        essential: Mapping[int, Sequence[int]],
        group: Mapping[int, int],
        isco: Mapping[int, str],
        related: Iterable[tuple[int, int]] = (),
    ) -> Self:
        """Raises BadValue for an ISCO-08 code that is not four digits and for ids that are not int64."""
        for code in isco.values():
            if not (isinstance(code, str) and len(code) == 4 and code.isascii() and code.isdigit()):
                raise BadValue(f"An ISCO-08 code has four digits, not {code!r}.")
        return cls(
            essential={whole(job, "occupation"): frozenset(whole(skill, "skill") for skill in skills) for job, skills in essential.items()},
            group={whole(skill, "skill"): whole(of, "group") for skill, of in group.items()},
            isco={whole(job, "occupation"): code for job, code in isco.items()},
            related=frozenset((whole(higher, "occupation"), whole(lower, "occupation")) for higher, lower in related),
        )

    def likeness(self, held: int, offered: int) -> int:
        """How well an occupation held (or wanted) prepares for the one offered: 1 500..10 000. Raises UnknownOccupation."""
        known = self._likeness.get((held, offered))
        if known is None:
            known = self._likeness[held, offered] = self._compare(held, offered)
        return known

    def _compare(self, held: int, offered: int) -> int:
        if held == offered:
            return FULL
        by_code = SHARED_DIGITS[_shared_digits(self.code(held), self.code(offered))]
        return max(by_code, RELATED) if (held, offered) in self.related else by_code

    def stand_ins(self, skill: int) -> frozenset[int]:
        """The other skills of its group."""
        known = self._stand_ins.get(skill)
        if known is None:
            known = self._stand_ins[skill] = self._members().get(self.group.get(skill), frozenset()) - {skill}
        return known

    def _members(self) -> dict[int | None, frozenset[int]]:
        """The skills of each group, gathered once."""
        if not self._of_group:
            members: dict[int | None, set[int]] = {}
            for skill, group in self.group.items():
                members.setdefault(group, set()).add(skill)
            self._of_group.update({group: frozenset(skills) for group, skills in members.items()})
        return self._of_group

    def code(self, occupation: int) -> str:
        try:
            return self.isco[occupation]
        except KeyError:
            raise UnknownOccupation(f"Occupation {occupation} has no ISCO-08 code in the taxonomy.") from None


def _shared_digits(one: str, other: str) -> int:
    return next((i for i in range(4) if one[i] != other[i]), 4)
