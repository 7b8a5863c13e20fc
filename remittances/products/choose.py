"""What somebody looks for among the products. It stands in the address of the page, where nonsense is no wish."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Q
from django.http import QueryDict
from modeltranslation.utils import build_localized_fieldname

from portal.fields import fallback_languages
from remittances.models import Product
from remittances.models.products import COUNTRIES, ProductQuerySet


@dataclass(frozen=True, slots=True)
class Wanted:
    country: str = ""
    kind: str = ""
    interest_free: bool = False
    women: bool = False

    @classmethod
    def of(cls, asked: QueryDict) -> Self:
        def one_of(name: str, values: list[str]) -> str:
            value = asked.get(name, "")
            return value if value in values else ""

        return cls(
            one_of("country", [code for code, _name in COUNTRIES]),
            one_of("kind", Product.Kind.values),
            asked.get("interest_free") == "1",
            asked.get("women") == "1",
        )

    def among(self, products: ProductQuerySet) -> ProductQuerySet:
        if self.country:
            products = products.filter(countries__contains=[self.country])
        if self.kind:
            products = products.filter(kind=self.kind)
        if self.interest_free:
            products = products.filter(is_interest_free=True)
        return products.filter(has_women_note()) if self.women else products

    def __bool__(self) -> bool:
        return self != Wanted()


def has_women_note() -> Q:
    """In a language that the reader is shown."""
    names = [build_localized_fieldname("women_note", language) for language in fallback_languages()]
    return Q(*[(f"{name}__gt", "") for name in names], _connector=Q.OR)
