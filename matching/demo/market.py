"""The occupations that the database has, with what they ask for and what the demo knows of them."""

from functools import cached_property

from django.db.models import Prefetch

from matching.demo.trades import TRADES, Trade
from matching.models import Occupation, OccupationSkill
from matching.models.taxonomy import Importance


class Market:
    """Read once for all rows of a load, with the most common trades."""

    def __init__(self, trades: int = len(TRADES)) -> None:
        needs = OccupationSkill.objects.own().select_related("skill")
        self.occupations = {row.slug: row for row in Occupation.objects.own().prefetch_related(Prefetch("needs", needs))}
        known = [trade for trade in TRADES if trade.slug in self.occupations]
        self.trades = sorted(known, key=lambda trade: -trade.weight)[:trades]

    def skills(self, slug: str, importance: str) -> list[int]:
        return [need.skill_id for need in self.occupations[slug].needs.all() if need.importance == importance]

    @cached_property
    def own(self) -> dict[str, list[int]]:
        """The skills of a trade, essential ones first."""
        return {
            trade.slug: [*self.skills(trade.slug, Importance.ESSENTIAL), *self.skills(trade.slug, Importance.OPTIONAL)]
            for trade in self.trades
        }

    @cached_property
    def siblings(self) -> dict[str, list[str]]:
        """Trades whose ISCO-08 code begins with the same two digits."""
        start = {trade.slug: self.occupations[trade.slug].isco[:2] for trade in self.trades}
        return {slug: [other for other in start if other != slug and start[other] == digits] for slug, digits in start.items()}

    def of_branches(self, branches: tuple[str, ...]) -> list[Trade]:
        return [trade for trade in self.trades if trade.branch in branches]
