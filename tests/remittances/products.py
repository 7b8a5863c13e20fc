"""Products, written down as an operator would."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from remittances.models import Product


def a_product(slug: str = "goal-savings", **given: Any) -> Product:
    values = {
        "kind": "savings",
        "provider": "Yongoqbonk",
        "countries": ["TJ"],
        "languages": ["tg", "ru"],
        "title": "Savings for one goal",
        "summary": "You put a sum aside each month.",
        "conditions": "It is free.\n\nYou may leave at any time.",
        "licence": "0000-B, National Bank of Tajikistan",
        "licence_source": "https://example.org/register",
        "checked_on": timezone.localdate() - timedelta(days=3),
        "is_listed": True,
    }
    texts = {f"{name}_en": text for name, text in (values | given).items() if name in ("title", "summary", "conditions", "women_note")}
    return Product.objects.create(
        slug=slug, **{name: value for name, value in (values | given).items() if f"{name}_en" not in texts}, **texts
    )
