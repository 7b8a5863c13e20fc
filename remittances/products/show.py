"""A product as its page shows it."""

from dataclasses import dataclass

from django.conf import settings

from orientation.reading import country_names, language_of, safe_url
from remittances.models import Product

Kind = Product.Kind
ICONS = {Kind.SAVINGS: "package", Kind.INSURANCE: "shield", Kind.ACCOUNT: "wallet", Kind.TRANSFER: "wage", Kind.PENSION: "home"}
OWN_NAMES = dict(settings.LANGUAGES) | {"kk": "Қазақша"}


@dataclass(frozen=True, slots=True)
class ShownProduct:
    """Links are "" where carrying one could harm the reader."""

    product: Product

    @property
    def icon(self) -> str:
        return ICONS[Kind(self.product.kind)]

    @property
    def lang(self) -> str:
        """Of its texts: the form takes all of a language, or none."""
        return language_of(self.product)

    @property
    def countries(self) -> str:
        names = country_names()
        return ", ".join(names[code] for code in self.product.countries)

    @property
    def languages(self) -> list[tuple[str, str]]:
        """(code, the language's name in itself)"""
        return [(code, OWN_NAMES[code]) for code in self.product.languages]

    @property
    def conditions(self) -> list[str]:
        return [line.strip() for line in self.product.conditions.splitlines() if line.strip()]

    @property
    def link(self) -> str:
        return safe_url(self.product.link)

    @property
    def licence_source(self) -> str:
        return safe_url(self.product.licence_source)
