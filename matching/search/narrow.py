"""From a wish to rows: the condition of each of its parts, how the rows are ordered, and what each part leaves out."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When

from matching.models import VacancyLanguage
from matching.models.vacancies import VacancyQuerySet
from matching.search.in_hand import month_in_dollars, month_in_hand
from matching.search.texts import found_by, is_named
from matching.search.wish import Wish
from matching.sectors import in_sector
from portal.money.amounts import Currency
from portal.money.models import DayRate

SECTOR = "sector:"


class Narrowed:
    """`vacancies` that a wish leaves. `rates` of the day make wages in different money comparable."""

    def __init__(self, wish: Wish, vacancies: VacancyQuerySet, day: date, rates: Mapping[str, DayRate]) -> None:
        self.wish, self.rates, self.all = wish, rates, vacancies
        if wish.wage or wish.by_wage:
            self.all = vacancies.annotate(hand=month_in_hand(day), dollars=month_in_dollars(day, rates))
        self.conditions = {name: self._condition(name) for name, _ in wish.parts()}

    @property
    def rows(self) -> VacancyQuerySet:
        return self.all.filter(*self.conditions.values()).order_by(*self._order())

    def without_each(self) -> dict[str, int]:
        """How many there would be without one part of the wish. One query."""
        others = [Q(*[each for other, each in self.conditions.items() if other != name]) for name in self.conditions]
        counts = {f"without_{place}": Count("pk", filter=condition or None) for place, condition in enumerate(others)}
        return dict(zip(self.conditions, self.all.order_by().aggregate(**counts).values(), strict=True))

    def _order(self) -> list[Any]:
        newest = [F("published_at").desc(), F("pk").desc()]
        if self.wish.by_wage:
            return [F("dollars").desc(nulls_last=True), *newest]
        named = is_named(self.wish.text)
        return [Case(When(named, then=Value(0)), default=Value(1)), *newest] if named else newest

    def _condition(self, name: str) -> Q:
        wish = self.wish
        match name.split(":"):
            case ["text"]:
                return found_by(wish.text)
            case ["place"]:
                return Q(region=wish.place) if "-" in wish.place else Q(region__country=wish.place)
            case ["work"] if wish.work.startswith(SECTOR):
                return in_sector(wish.work.removeprefix(SECTOR), "occupation__isco")
            case ["work"]:
                return Q(occupation__slug=wish.work)
            case ["wage"]:
                return self._pays_at_least()
            case ["gives", code]:
                return Q(conditions__contains=[code])
            case ["levels", code]:
                asks_more = VacancyLanguage.objects.filter(vacancy=OuterRef("pk"), language=code, minimum__gt=dict(wish.levels)[code])
                return ~Q(Exists(asks_more))
        return Q(starts_on__gte=wish.start)

    def _pays_at_least(self) -> Q:
        """Compared in the wage's own money where that is the reader's too; else by the day rates, where there are any."""
        least, currency = self.wish.wage or Decimal(0), self.wish.currency
        own = Q(wage_currency=currency, hand__gte=least)
        if currency == Currency.USD:
            return own | Q(dollars__gte=least)
        return own | ~Q(wage_currency=currency) & Q(dollars__gte=least / self.rates[currency].rate) if currency in self.rates else own
