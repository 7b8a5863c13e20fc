"""How the calculators round, and how they say that numbers do not fit together. portal/ui/assets/tools.js does the same on a phone."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from portal.money.amounts import CENT

TENTH = Decimal("0.1")
ONE = Decimal(1)


class DoesNotFit(ValueError):
    """The numbers do not fit together: `field` is the one to change, `reason` a key of remittances.tools.fields.problem_words."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


def half_up(value: Decimal, to: Decimal = CENT) -> Decimal:
    return value.quantize(to, ROUND_HALF_UP)


def up(value: Decimal, to: Decimal = CENT) -> Decimal:
    return value.quantize(to, ROUND_CEILING)
