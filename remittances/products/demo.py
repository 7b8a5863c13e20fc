"""Products of the demo, made up and marked, and people who try them: through the acts that everybody uses, with the clock set back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils.timezone import localdate
from modeltranslation.utils import build_localized_fieldname

from orientation.demo import must_be_demo
from portal.accounts.models import User
from portal.starter import read_yaml
from remittances.models import PilotSignUp, Product
from remittances.products.answer import answer
from remittances.products.ask import ask_due
from remittances.products.sign_up import sign_up

FILE = Path(__file__).with_name("demo.yaml")
TEXTS = ("title", "summary", "conditions", "women_note")
LICENCE = {"licence": "DEMO-0000", "licence_source": "https://example.org/register", "link": "https://example.org/"}
SIGNED_UP, LATELY = timedelta(days=45), timedelta(days=3)
MOST = 80  # people in one trial
ANSWERS = {"uses": 55, "stopped": 20, "refused": 15, "never": 10}


@transaction.atomic
def load_demo_products(now: datetime) -> None:
    """Twice is the same as once."""
    must_be_demo()
    for row in read_yaml(FILE):
        texts = {
            build_localized_fieldname(name, language): "\n".join(text) if isinstance(text, list) else text
            for name in TEXTS
            for language, text in row.pop(name, {}).items()
        }
        said = row | texts | LICENCE | {"checked_on": localdate(now), "is_listed": True, "is_demo": True}
        Product.objects.get_or_create(slug=row["slug"], defaults=said)


@transaction.atomic
def load_demo_trials(people: Sequence[User], now: datetime) -> None:
    """Most people came a month and a half ago and were asked, three of four answered; the others came lately. Twice is the same as once."""
    must_be_demo()
    if PilotSignUp.objects.exists():
        return
    early, late = people[: MOST * 3 // 4], people[MOST * 3 // 4 : MOST]
    for product in Product.objects.filter(is_demo=True, is_pilot=True):
        chance = Random(product.slug)
        asked = [sign_up(product, user, now - SIGNED_UP) for user in early]
        ask_due(now - SIGNED_UP + PilotSignUp.ASKED_AFTER)
        for place, mine in enumerate(asked):
            if place % 4:
                said = chance.choices(list(ANSWERS), list(ANSWERS.values()))[0]
                answer(mine, PilotSignUp.Answer(said), now - LATELY)
        for user in late:
            sign_up(product, user, now - LATELY)
