"""Searches that people of the demo's cast keep, and what they were told of: made by the use cases, with the clock set back."""

from datetime import datetime, timedelta

from matching.models import SavedSearch
from matching.search.save import save_search
from matching.search.tell_new import tell_of_new_vacancies
from matching.search.wish import Wish
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User

KEPT = {"farrukh": Wish(place="RU", gives=("housing",)), "aigul": Wish(place="RU", work="sector:clothes")}


def load_demo_searches(now: datetime) -> None:
    """Comes after the vacancies. Twice is the same as once; who has deleted theirs has it again only on a new demo."""
    if SavedSearch.objects.exists():
        return
    for key, wish in KEPT.items():
        save_search(User.objects.get(phone=PEOPLE[key].phone), wish, now - timedelta(days=4))
    tell_of_new_vacancies(now)
