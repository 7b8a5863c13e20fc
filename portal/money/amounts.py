"""Money and wages as values. Amounts are `Decimal` with two places and an ISO 4217 code; they are never floats and never mixed."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")


class Currency(models.TextChoices):
    RUB = "RUB", _("Russian rouble")
    KZT = "KZT", _("Kazakhstani tenge")
    TJS = "TJS", _("Tajik somoni")
    KGS = "KGS", _("Kyrgyz som")
    UZS = "UZS", _("Uzbek soʻm")
    USD = "USD", _("US dollar")


class CurrencyMismatch(ValueError):
    """Two currencies met in one sum."""


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"Money takes a Decimal, not {type(self.amount).__name__}.")
        if self.currency not in Currency.values:
            raise ValueError(f"Unknown currency {self.currency!r}.")
        object.__setattr__(self, "amount", self.amount.quantize(CENT, ROUND_HALF_EVEN))

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount < other.amount

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} need a day rate between them.")


class WagePeriod(models.TextChoices):
    MONTH = "month", _("a month")
    SHIFT = "shift", _("a shift")
    HOUR = "hour", _("an hour")
    PIECE = "piece", _("a piece")


class WageBasis(models.TextChoices):
    NET = "net", _("in hand, after tax")
    GROSS = "gross", _("before tax")


class WageTerms(models.Model):
    """The columns of a wage: what is guaranteed, for which period, before or after tax. Vacancies and offers inherit them."""

    wage_amount = models.DecimalField(_("guaranteed wage"), max_digits=18, decimal_places=2)
    wage_currency = models.CharField(max_length=3, choices=Currency)
    wage_period = models.CharField(max_length=5, choices=WagePeriod)
    wage_basis = models.CharField(max_length=5, choices=WageBasis)

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=models.Q(wage_amount__gt=0), name="%(class)s_wage_is_positive")]

    @property
    def guaranteed(self) -> Money:
        return Money(self.wage_amount, self.wage_currency)
