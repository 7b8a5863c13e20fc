"""How trials went, as counts: nobody can be told from them."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from portal.ui.hide_small import hide_small
from portal.ui.waiting import shown_count
from remittances.models import PilotSignUp, Product

Answer = PilotSignUp.Answer
NOT_ASKED, SILENT = "not asked", "silent"


@dataclass(frozen=True, slots=True)
class Result:
    """`signed_up` is a text. Of the others None is hidden; `answers` are in the order of PilotSignUp.Answer."""

    product: Product
    signed_up: str
    asked: int | None
    answered: int | None
    answers: list[tuple[str, int | None]]


def count_trials(products: QuerySet[Product]) -> list[Result]:
    """Of those that anybody wanted to try. One query."""
    answers = {value: Count("sign_ups", filter=Q(sign_ups__answer=value)) for value in Answer.values}
    asked = Count("sign_ups", filter=Q(sign_ups__asked_at__isnull=False))
    rows = products.annotate(signed_up=Count("sign_ups"), asked=asked, **answers).filter(signed_up__gt=0)
    return [_result(product) for product in rows]


def _result(product: Product) -> Result:
    """Everybody who signed up is in one of the parts, so the hidden ones cannot be computed from the sums that are shown."""
    counted = vars(product)
    parts = {value: counted[value] for value in Answer.values}
    answered = sum(parts.values())
    parts |= {NOT_ASKED: counted["signed_up"] - counted["asked"], SILENT: counted["asked"] - answered}
    hidden = hide_small(parts)
    return Result(
        product,
        shown_count(counted["signed_up"]),
        None if NOT_ASKED in hidden else counted["asked"],
        None if hidden & {NOT_ASKED, SILENT} else answered,
        [(str(Answer(value).label), None if value in hidden else parts[value]) for value in Answer.values],
    )
