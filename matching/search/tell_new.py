"""Telling people of new vacancies that fit a search they keep: once a day at most for each search, and each vacancy once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.http import QueryDict
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.models import SavedSearch, Vacancy
from matching.models.vacancies import VacancyQuerySet
from matching.search.narrow import Narrowed
from matching.search.wish import Wish
from portal.money.rates import newest_rates
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice
from portal.outbox.tell import tell

SETTLED = timedelta(minutes=5)  # whoever published earlier than this has committed it by now


@dataclass(frozen=True)
class NewVacancies(Notice):
    """So many vacancies fit a search."""

    purpose = Purpose.NEW_JOBS
    count: int
    query: str

    def subject(self) -> str:
        return _("New vacancies for your search")

    def body(self) -> str:
        text = ngettext(
            "%(count)d new vacancy fits a search that you keep. It costs you nothing.",
            "%(count)d new vacancies fit a search that you keep. They cost you nothing.",
            self.count,
        )
        return text % {"count": self.count}

    def link(self) -> str:
        return f"jobs/?{self.query}"


def tell_of_new_vacancies(now: datetime) -> int:
    """Returns how many messages were written. Several workers may run it at once: who holds a search is passed over, and comes later."""
    told = 0
    today = localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    newest = Vacancy.objects.open_on(now.date()).filter(published_at__lte=now - SETTLED).aggregate(at=Max("published_at"))["at"]
    if newest is None:
        return 0
    due = SavedSearch.objects.filter(told_until__lt=min(today, newest), user__is_active=True).order_by("pk")
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            search = due.filter(pk=pk).select_for_update(of=["self"], skip_locked=True).select_related("user").first()
            if search is not None:
                told += _tell(search, now)
    return told


def _tell(search: SavedSearch, now: datetime) -> bool:
    """A vacancy that is open only later is told then: until something fits, the search looks from where it left off."""
    count = new_for(search, now).count()
    if not count:
        return False
    search.told_until = now - SETTLED
    search.save(update_fields=["told_until"])
    notice = NewVacancies(count, search.query)
    return tell(search.user, notice, now, key=f"search-{search.pk}-{localdate(now)}") is not None


def new_for(search: SavedSearch, now: datetime) -> VacancyQuerySet:
    """Open, fitting, and published since the owner was told."""
    day = now.date()
    fresh = Vacancy.objects.open_on(day).filter(published_at__gt=search.told_until, published_at__lte=now - SETTLED)
    return Narrowed(Wish.of(QueryDict(search.query)), fresh, day, newest_rates(day)).rows
