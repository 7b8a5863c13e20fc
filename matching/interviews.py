"""Times to talk: the employer offers a few, the candidate takes one or says that none fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from matching.models import Care, Interview, Match, State
from matching.move import NotAllowed, NotPossible, locked, roles_of
from matching.open_person import KNOWN_TO_EMPLOYER
from matching.states import Role, is_safe
from matching.tell_candidate import AboutMatch
from portal.accounts.models import User
from portal.organisations.tell_members import members_of, tell_members
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice
from portal.outbox.tell import tell
from portal.places.days import legal_day

MOST = 5
SOONEST = timedelta(hours=1)  # nobody can be there earlier
LATEST = timedelta(days=60)
TALKS = (State.ACCEPTED, State.SELECTED)  # before the contract


@dataclass(frozen=True, slots=True)
class Time:
    starts_at: datetime
    way: str
    place: str = ""


class TimesOffered(AboutMatch):
    def subject(self) -> str:
        return _("An employer wants to talk with you")

    def body(self) -> str:
        return _("About the job %(vacancy)s. Choose a time that suits you, or say that none does.") % {"vacancy": self.match.vacancy}


@dataclass(frozen=True)
class ToEmployer(Notice):
    purpose: ClassVar[Purpose] = Purpose.VACANCY
    match: Match

    def link(self) -> str:
        return f"jobs/own/{self.match.vacancy.uid}/people/{self.match.uid}/"


class TimeTaken(ToEmployer):
    def subject(self) -> str:
        return _("A time to talk is chosen")

    def body(self) -> str:
        return _("For your vacancy %(vacancy)s somebody has chosen a time to talk. Open the page to see which.") % {
            "vacancy": self.match.vacancy
        }


class NoTimeFits(ToEmployer):
    def subject(self) -> str:
        return _("No time to talk fits")

    def body(self) -> str:
        return _("For your vacancy %(vacancy)s somebody cannot come at any of the times. Offer other ones.") % {
            "vacancy": self.match.vacancy
        }


@transaction.atomic
def offer_times(match: Match, times: Iterable[Time], by: User, now: datetime) -> None:
    """New times replace those that were offered before; after one is taken there are no others. Raises `NotPossible`, `NotAllowed`."""
    match = locked(match)
    if Role.EMPLOYER not in roles_of(by, match):
        raise NotAllowed
    if match.state not in TALKS:
        raise NotPossible(_("Times to talk are offered after the candidate’s yes and before the contract."))
    _check_safe(match, now)
    if match.interviews.filter(taken_at__isnull=False).exists():
        raise NotPossible(_("A time is chosen already. Call the candidate if it has to change."))
    chosen = {time.starts_at: time for time in times}
    if not 1 <= len(chosen) <= MOST:
        raise NotPossible(_("Offer at least one time and at most %(most)d.") % {"most": MOST})
    if any(not now + SOONEST <= at <= now + LATEST for at in chosen):
        raise NotPossible(_("Offer times from an hour from now to sixty days ahead."))
    match.interviews.all().delete()
    Interview.objects.bulk_create(
        Interview(match=match, starts_at=time.starts_at, way=time.way, place=time.place, offered_by=by, offered_at=now)
        for time in chosen.values()
    )
    for user in _on_the_side_of(match):
        tell(user, TimesOffered(match), now)


@transaction.atomic
def take_time(interview: Interview, by: User, now: datetime) -> Interview:
    """The candidate comes at this time; the other times are gone. Once more changes nothing. Raises `NotPossible`, `NotAllowed`."""
    match = locked(interview.match)
    found = match.interviews.filter(pk=interview.pk).first()
    if Role.CANDIDATE not in roles_of(by, match):
        raise NotAllowed
    if found is None:
        raise NotPossible(_("The employer has offered other times meanwhile. Look at them."))
    if found.taken_at is not None:
        return found
    if match.state not in TALKS:
        raise NotPossible(_("This is not possible any more."))
    _check_safe(match, now)
    if found.starts_at <= now:
        raise NotPossible(_("This time has passed. Choose another one, or say that none fits."))
    match.interviews.exclude(pk=found.pk).delete()
    found.taken_at = now
    found.save(update_fields=["taken_at"])
    tell_members(match.vacancy.employer_id, TimeTaken(match), now)
    return found


@transaction.atomic
def no_time_fits(match: Match, by: User, now: datetime) -> None:
    """The offered times go, and the employer is asked for other ones."""
    match = locked(match)
    if Role.CANDIDATE not in roles_of(by, match):
        raise NotAllowed
    if match.interviews.filter(taken_at__isnull=False).exists():
        raise NotPossible(_("You have chosen a time already. Call the employer if you cannot come."))
    if match.interviews.all().delete()[0]:
        tell_members(match.vacancy.employer_id, NoTimeFits(match), now)


def times_of(match: Match) -> list[dict[str, object]]:
    """As both sides read them: the day and the hour where the work is, with the name of that place."""
    region = match.vacancy.region
    zone = ZoneInfo(region.zone)
    return [
        {
            "interview": row,
            "when": _("%(day)s, %(time)s (time of %(place)s)")
            % {
                "day": date_format(row.starts_at.astimezone(zone), "D, j E"),
                "time": time_format(row.starts_at.astimezone(zone), "H:i"),
                "place": region,
            },
            "way": row.get_way_display(),
            "place": row.place,
        }
        for row in match.interviews.all()
    ]


def with_talk(matches: QuerySet[Match], now: datetime) -> QuerySet[Match]:
    """`talk_waits` where there are times to choose from: once one is taken, the others are gone."""
    offered = Interview.objects.filter(match=OuterRef("pk"), taken_at=None, starts_at__gt=now)
    return matches.annotate(talk_waits=Q(Exists(offered), state__in=TALKS))


def may_talk(match: Match) -> bool:
    return match.state in TALKS and match.state in KNOWN_TO_EMPLOYER


def _check_safe(match: Match, now: datetime) -> None:
    """Nobody is asked to come to a suspended employer, nor into danger."""
    if danger := is_safe(match, legal_day(now, match.vacancy.region)):
        raise NotPossible(danger)


def _on_the_side_of(match: Match) -> list[User]:
    """The candidate; for one without an account, the staff of the agency that has the care."""
    if match.candidate.user is not None:
        return [match.candidate.user]
    agencies = Care.objects.open().filter(candidate=match.candidate_id).order_by().values("agency")
    return list(members_of(agencies))
