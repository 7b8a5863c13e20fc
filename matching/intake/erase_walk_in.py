"""Walk-ins who never sign in: erased when they ask an operator for it, and when nobody has acted in their name for long."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from matching.intake.on_behalf import Act, Word, write_down
from matching.journey import hold_vacancies_of
from matching.models import Candidate, Invitation, Match, OnBehalf, State
from matching.person import NO_BIRTH
from matching.profile import lock
from matching.rules import is_operator
from matching.states import BEFORE_DEPARTURE
from portal.accounts.erase import erase_everything
from portal.accounts.models import User

WARNED = timedelta(days=30)  # for so long the desk reads beforehand whose profile ends


class NoWalkIn(Exception):
    """No profile without an account has this phone and month of birth (any more)."""


def walk_ins(phone: str, born_in: date) -> QuerySet[Candidate]:
    """One person may have been registered twice."""
    return Candidate.objects.filter(user=None, phone=phone, born_in=born_in).order_by("pk")


@transaction.atomic
def erase_walk_in(phone: str, born_in: date, by: User, word: Word, now: datetime) -> int:
    """On the person's own request, which is on paper. Returns how many profiles they had. Raises `PermissionDenied`, `NoWalkIn`."""
    if not is_operator(by):
        raise PermissionDenied
    erased, people = 0, list(walk_ins(phone, born_in))
    hold_vacancies_of(*(candidate.pk for candidate in people))
    for candidate in people:
        if _empty(candidate, now):
            erased += 1
            write_down(candidate, candidate.care.latest("since").agency, by, Act.ERASED, word, now)
    if not erased:
        raise NoWalkIn
    Invitation.objects.open().filter(phone=phone, details__born_in=born_in.isoformat()).delete()
    return erased


def last_acts(candidates: QuerySet[Candidate]) -> QuerySet[Any]:
    """Walk-ins with `last_act`, when somebody last did something in their name, and without any job that goes on."""
    going_on = Q(state__in=(*BEFORE_DEPARTURE, State.PLACED)) | Q(state=State.SUGGESTED, touched=True)
    busy = Match.objects.filter(going_on, candidate=OuterRef("pk"))
    found = candidates.filter(~Exists(busy), user=None).exclude(born_in=NO_BIRTH)
    acts = OnBehalf.objects.filter(candidate=OuterRef("pk")).order_by("-at").values("at")[:1]
    return found.annotate(last_act=Coalesce(Subquery(acts), "registered_at")).order_by("last_act", "pk")


def idle(candidates: QuerySet[Candidate], now: datetime) -> QuerySet[Any]:
    return last_acts(candidates).filter(last_act__lte=_months_before(now, settings.WALK_INS_KEPT_MONTHS))


def empty_idle(now: datetime) -> int:
    """Each in a transaction of its own. Returns how many are empty now."""
    return sum(_empty_if_idle(pk, now) for pk in list(idle(Candidate.objects.all(), now).values_list("pk", flat=True)))


@transaction.atomic
def _empty_if_idle(pk: int, now: datetime) -> bool:
    hold_vacancies_of(pk)
    candidate = Candidate.objects.select_for_update().get(pk=pk)  # whoever acts in their name locks it too
    return idle(Candidate.objects.filter(pk=pk), now).exists() and _empty(candidate, now)


def _empty(candidate: Candidate, now: datetime) -> bool:
    """By the way of everybody who is erased: an account that nobody can sign in to takes the profile over and goes. Vacancies are locked first, as moves do."""
    hold_vacancies_of(candidate.pk)
    standing = lock(candidate)
    if standing.user_id is not None:  # they have signed in meanwhile, and decide themselves
        return False
    standing.user = User.objects.create_user(is_active=False)
    standing.save(update_fields=["user"])
    erase_everything(standing.user, now)
    return True


def _months_before(now: datetime, months: int) -> datetime:
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, 28))
