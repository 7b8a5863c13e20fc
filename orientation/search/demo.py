"""What visitors of the demo have looked for in vain."""

from datetime import date

from orientation.demo import must_be_demo
from orientation.models import SearchMiss
from orientation.search.count_miss import count_visitor
from orientation.search.keep_misses import keep_misses

LOOKED_FOR = [
    ("ru", "зимние ботинки", 9),
    ("tg", "ҳавопаймо", 7),
    ("ru", "авиабилеты", 6),
    ("uz", "futbol", 5),
    ("ky", "футбол", 3),
]


def load_demo_misses(today: date) -> None:
    """The last of them has had too few visitors to be shown."""
    must_be_demo()
    if not SearchMiss.objects.exists():
        for language, words, visitors in LOOKED_FOR:
            for visitor in range(visitors):
                count_visitor(language, words, f"visitor {visitor} of the demo")
        keep_misses(today)
