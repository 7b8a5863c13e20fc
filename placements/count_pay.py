"""Pay promised and received, as counts: nobody can be told from them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise

from placements.models import MONTHS, CheckIn, CheckInQuerySet
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.ui.hide_small import hide_small, in_tens

Kind = Organisation.Kind
RIGHT = "placements.view_calltask"


@dataclass(frozen=True, slots=True)
class Month:
    """A count a kind of answer, in the order of CheckIn.Pay; None is hidden."""

    label: Promise
    counts: list[int | None]

    @property
    def columns(self) -> list[tuple[Any, int | None]]:
        return list(zip(CheckIn.Pay.labels, self.counts, strict=True))


def countable_by(user: User) -> CheckInQuerySet:
    """To operators of all, to members of vetted authorities of their countries' people and work, to agencies of those in their care."""
    answered: CheckInQuerySet = CheckIn.objects.exclude(answered_at=None)
    if user.has_perm(RIGHT):
        return answered
    countries = Organisation.objects.of_member(user, Kind.AUTHORITY).vetted().order_by().values("country")
    ours = Q(placement__match__candidate__citizenship__in=countries) | Q(placement__match__vacancy__region__country__in=countries)
    return answered.filter(ours)


def may_count(user: User) -> bool:
    return user.has_perm(RIGHT) or Organisation.objects.of_member(user, Kind.AUTHORITY).vetted().exists()


def count_pay(answered: CheckInQuerySet) -> list[Month]:
    """One query. A month without answers is left out."""
    found: dict[int, Counter[str]] = {month: Counter() for month in MONTHS}
    for month, pay, count in answered.order_by().values_list("month", "pay").annotate(count=Count("pk")):
        found[month][pay] = count
    return [Month(MONTHS[month], _shown(counts)) for month, counts in found.items() if counts]


def _shown(counts: Counter[str]) -> list[int | None]:
    every = {pay: counts[pay] for pay in CheckIn.Pay.values}
    hidden = hide_small(every)
    return [None if pay in hidden else count for pay, count in every.items()]


def count_pay_of(answered: CheckInQuerySet) -> list[Month]:
    """For an agency, which knows its people: in full tens, so that no single answer moves a number; from ten answers on."""
    months = [month for month in count_pay(answered) if any(month.counts)]
    return [Month(month.label, [count and in_tens(count) for count in month.counts]) for month in months]
