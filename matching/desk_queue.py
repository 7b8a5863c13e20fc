"""An agency's queue: what waits there for whom, what of it is overdue, and how staff narrow it."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from matching.models import Match, MatchEvent, MatchQuestion, Offer, State
from matching.models.matches import Tier
from matching.states import BEFORE_DEPARTURE
from portal.accounts.models import User
from portal.places.corridors import DESTINATIONS

# In how many working days an agency decides on whom shortlists, people or colleagues have put before it; answers; enters a contract.
REVIEW_WITHIN, ANSWER_WITHIN, ENTER_WITHIN = 3, 2, 5
SILENT_AFTER = timedelta(days=3)
LEAVES_WITHIN = timedelta(days=7)

IN_ORDER = (F("chosen_in").desc(nulls_last=True), F("rank").asc(nulls_last=True), "-points", "pk")  # what shortlists hold comes first
GOING_ON = (State.SELECTED, State.AGREED, State.OFFERED, State.ACCEPTED, State.APPROVED, State.PLACED)


def working_days_before(now: datetime, days: int) -> datetime:
    """The same hour so many days ago, from Monday to Friday."""
    while days:
        now -= timedelta(days=1)
        days -= now.weekday() < 5
    return now


def at_desk(user: User) -> QuerySet[Match]:
    """The matches of an agency's people with `since`, from when it stands as it does, and `starts_on` of the newest contract."""
    moved = MatchEvent.objects.filter(match=OuterRef("pk")).order_by("-at", "-pk")
    acted = Coalesce(Subquery(moved.values("at")[:1]), "interested_at", "created_at")
    since = Case(When(touched=True, then=acted), default="created_at")  # by far the most have never moved, and nobody need look
    return with_start(Match.objects.in_care_of(user)).annotate(since=since)


def with_start(matches: QuerySet[Match]) -> QuerySet[Match]:
    newest = Offer.objects.filter(match=OuterRef("pk")).order_by("-number")
    return matches.annotate(starts_on=Subquery(newest.values("starts_on")[:1]))


def matches_that_wait(user: User, now: datetime) -> dict[str, Q]:
    """What waits for that person's agency, and for whom there: conditions on `at_desk()`."""
    silent, suggested = Q(since__lt=now - SILENT_AFTER), Q(state=State.SUGGESTED)
    asked = MatchQuestion.objects.open().order_by()
    brought_back = MatchEvent.objects.filter(after=State.SUGGESTED).exclude(before=State.SUGGESTED).order_by().values("match")
    before_us = suggested & (Q(touched=True) | Q(chosen_in__isnull=False))  # the rest of a list is there to choose from
    return {
        "departures": Q(state=State.AGREED, starts_on__lte=now.date() + LEAVES_WITHIN),
        "contracts": Q(state=State.SELECTED),
        "questions": Q(pk__in=asked.values("match")),
        "confirm": suggested & Q(proposed_by__isnull=False) & ~Q(proposed_by=user.pk),
        "interest": suggested & Q(interested_at__isnull=False),
        "again": suggested & Q(touched=True, pk__in=brought_back),
        "overdue": before_us & Q(since__lt=working_days_before(now, REVIEW_WITHIN))
        | Q(pk__in=asked.filter(asked_at__lt=working_days_before(now, ANSWER_WITHIN)).values("match"))
        | Q(state=State.SELECTED, since__lt=working_days_before(now, ENTER_WITHIN)),
        "candidates": Q(state__in=(State.APPROVED, State.OFFERED)) & silent,
        "employers": Q(state=State.ACCEPTED) & silent,
        "shortlist": suggested & Q(chosen_in__isnull=False),
        "review": suggested,
    }


def stirring(matches: QuerySet[Any]) -> QuerySet[Any]:
    """Without those that can only be on the lists of what is to review: by far the most, and nobody need ask since when they stand."""
    asked = MatchQuestion.objects.open().order_by().values("match")
    is_open = Q(state__in=(State.SUGGESTED, *BEFORE_DEPARTURE)) & (Q(touched=True) | Q(chosen_in__isnull=False))
    return matches.filter(is_open | Q(pk__in=asked))


def desk_lists() -> dict[str, tuple[str, str, str, str]]:
    """(icon, tone, title, text) of each kind in `matches_that_wait()`, the most urgent first."""
    return {
        "departures": ("map-pin", "danger", _("Departures"), _("Work starts within a week. Write down who has left.")),
        "overdue": ("alert-triangle", "danger", _("Overdue"), _("These people have waited too long for you. Begin with them.")),
        "contracts": (
            "file-check",
            "apricot",
            _("Contracts to enter"),
            _("The employer has chosen. Enter the terms, so that the person can read them."),
        ),
        "questions": ("message", "apricot", _("Questions to answer"), _("Candidates have asked about a job.")),
        "confirm": (
            "user",
            "apricot",
            _("Exceptions to confirm"),
            _("A colleague has proposed these for approval. A second person confirms each, or declines."),
        ),
        "again": ("user", "apricot", _("To look at again"), _("Declined or taken back before. Somebody else of you decides now.")),
        "interest": ("sparkles", "", _("Candidates found these themselves"), _("They have named a job that they want. Look at it first.")),
        "candidates": (
            "phone",
            "apricot",
            _("People who have not answered"),
            _("A job or a contract has waited for three days or more. Call them."),
        ),
        "employers": ("clock", "", _("Employers who have not answered"), _("People said yes three days ago or more. Remind the employer.")),
        "shortlist": ("check", "", _("On the shortlist"), _("For each of them a place is free.")),
        "review": ("search", "", _("To review"), _("Look at each person and decide.")),
    }


@dataclass(frozen=True, slots=True)
class DeskFilter:
    """What a reader of the queue has chosen, as the address says it. Nonsense there is no choice."""

    show: str = ""  # a kind of `desk_lists()`, or a state
    country: str = ""
    occupation: str = ""
    tier: str = ""
    whose: str = ""  # "me", "nobody", or the number of a colleague
    q: str = ""

    @classmethod
    def of(cls, said: QueryDict) -> Self:
        found = {field.name: said.get(field.name, "").replace("\0", "").strip()[:80] for field in fields(cls)}
        allowed = {"show": {*desk_lists(), *State.values}, "country": {*DESTINATIONS}, "tier": {*map(str, Tier.values)}}
        found |= {name: "" for name, values in allowed.items() if found[name] not in values}
        whose = found["whose"]
        if whose not in ("me", "nobody") and not (whose.isascii() and whose.isdigit() and len(whose) < 10):
            found["whose"] = ""
        return cls(**found)

    @property
    def query(self) -> str:
        return urlencode({field.name: value for field in fields(self) if (value := getattr(self, field.name))})

    def narrow(self, matches: QuerySet[Any], user: User, now: datetime) -> QuerySet[Any]:
        """Who has waited longest comes first; of what is to review, whom shortlists hold."""
        kinds = matches_that_wait(user, now)
        if self.show:
            matches = matches.filter(kinds[self.show] if self.show in kinds else Q(state=self.show))
        else:
            matches = matches.filter(state__in=(State.SUGGESTED, *BEFORE_DEPARTURE))
        if self.country:
            matches = matches.filter(vacancy__region__country=self.country)
        if self.occupation:
            matches = matches.filter(vacancy__occupation__slug=self.occupation)
        if self.tier:
            matches = matches.filter(tier=self.tier)
        if self.whose:
            whose = {"me": user.pk, "nobody": None}
            matches = matches.filter(assigned_to=whose[self.whose] if self.whose in whose else int(self.whose))
        for word in self.q.split():
            matches = matches.filter(_says(word))
        if self.show in ("review", "shortlist", State.SUGGESTED):
            return matches.order_by("-touched", *IN_ORDER)  # those whom people have put before us first
        return matches.order_by("since", "pk") if self.show else matches.order_by(*IN_ORDER)


def _says(word: str) -> Q:
    """The vacancy's title, employer, place, or occupation in any of our languages."""
    places = ["title", "employer__name", "region__name", *(f"occupation__name_{code}" for code, _name in settings.LANGUAGES)]
    said = Q()
    for place in places:
        said |= Q(**{f"vacancy__{place}__icontains": word})
    return said
