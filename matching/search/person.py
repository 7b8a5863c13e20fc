"""The part of a person's data that is the searches they keep: taken along, and erased."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from matching.models import SavedSearch
from matching.search.choices import chips_of, names_of_all
from matching.search.wish import Wish
from portal import hooks
from portal.accounts.export import moment
from portal.accounts.models import User


def export_searches(user: User) -> dict[str, Any]:
    """On hooks.export_person."""
    kept = list(SavedSearch.objects.visible_to(user))
    if not kept:
        return {}
    names = names_of_all()
    return {
        _("Searches that you keep"): [
            {_("Search"): ", ".join(chip.name for chip in chips_of(Wish.of(QueryDict(row.query)), names)), _("Since"): moment(row.saved_at)}
            for row in kept
        ]
    }


@hooks.erases("matching.SavedSearch")
def erase_searches(user: User, now: datetime) -> None:
    """On hooks.erase_person."""
    SavedSearch.objects.filter(user=user).delete()
