from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from orientation.board.section import Row, Section
from orientation.models import SearchMiss
from portal.accounts.models import User

SHOWN = 20


def search_misses(user: User, today: date) -> Section:
    misses = SearchMiss.objects.filter(closed_at=None)[:SHOWN]
    url = reverse("admin:orientation_searchmiss_changelist")
    return Section(
        icon="search_off",
        title="Looked for in vain",
        text="At least five different visitors typed these words and found nothing. Write about it, or name it in a text, in the words of readers.",
        rows=[Row(miss.words, miss.get_language_display(), f"{url}?{urlencode({'q': miss.words})}", miss.visitors) for miss in misses],
    )
