"""Keeping a search, and letting it go."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.models import SavedSearch
from matching.search.wish import Wish
from portal.accounts.models import User

MOST = 20
LONGEST = 400  # characters of the address


class NotSaved(Exception):
    """`str()` tells the person what to do."""


@transaction.atomic
def save_search(user: User, wish: Wish, now: datetime) -> SavedSearch:
    """The same search again is the one that stands. Raises `NotSaved`."""
    User.objects.select_for_update().get(pk=user.pk)  # so that two at once do not make one too many
    if not wish:
        raise NotSaved(_("Choose first what you look for: a place, a work, a wage."))
    if len(wish.query) > LONGEST:
        raise NotSaved(_("This search is too long to keep. Use fewer words."))
    own = SavedSearch.objects.filter(user=user)
    found = own.filter(query=wish.query).first()
    if found:
        return found
    if own.count() >= MOST:
        raise NotSaved(_("You keep %(most)d searches, and that is the most. Delete one first.") % {"most": MOST})
    return SavedSearch.objects.create(user=user, query=wish.query, saved_at=now, told_until=now)


def delete_search(search: SavedSearch) -> None:
    search.delete()
