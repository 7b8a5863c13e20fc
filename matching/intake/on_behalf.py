"""Acting in the name of a candidate who has no account: on whose word, by which paper; the candidate reads it later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from matching.intake.agencies import agencies_of
from matching.models import Candidate, OnBehalf
from matching.move import NotAllowed
from matching.profile import lock
from matching.steps import BY_SLUG
from portal.accounts.models import User
from portal.organisations.models import Organisation

# What the person says to the agency alone: where wages begin, what is counted, who looks after them.
STEPS = [slug for slug in BY_SLUG if slug not in ("wage", "agency")]


class Act(models.TextChoices):
    """An answer of the profile is written down under the slug of its step instead."""

    REGISTERED = "registered", later("Began your profile")
    SAID_YES = "said_yes", later("Wrote down that you want this agency")
    CHANGED_PHONE = "changed_phone", later("Changed your phone number")
    ACCEPTED = "accepted", later("Said yes to a job for you")
    TURNED_DOWN = "turned_down", later("Said no to a job for you")
    AGREED = "agreed", later("Agreed to a contract for you")
    REFUSED = "refused", later("Refused a contract for you")
    WITHDREW = "withdrew", later("Took back a job for you")
    REOPENED = "reopened", later("Let you try the month of birth again")
    MERGED = "merged", later("Put two profiles of yours together")
    LEFT = "left", later("Ended the care for you")
    ERASED = "erased", later("Erased your profile")


class Why(models.TextChoices):
    ASKED = "asked", later("At the person’s request")
    NO_PHONE = "no_phone", later("No phone at hand that can do it")
    FROM_PAPER = "from_paper", later("Copied from a form on paper")
    INVITED = "invited", later("Was invited and came in person")


@dataclass(frozen=True, slots=True)
class Word:
    """Why staff act for the person, a code of `Why`, and the paper that the person signed."""

    reason: str
    paper: str


def act_label(act: str) -> str:
    if act in Act.values:
        return str(Act(act).label)
    return _("Answered for you: %(step)s") % {"step": BY_SLUG[act].title} if act in BY_SLUG else act


def why_label(reason: str) -> str:
    return str(Why(reason).label) if reason in Why.values else reason


def write_down(candidate: Candidate, agency: Organisation, by: User, act: str, word: Word, now: datetime) -> OnBehalf:
    return OnBehalf.objects.create(candidate=candidate, agency=agency, staff=by, act=act, reason=word.reason, paper=word.paper, at=now)


def agency_that_may_act(candidate: Candidate, by: User, now: datetime) -> Organisation | None:
    """The agency that has the care, if `by` works there and the candidate has no account to act with."""
    if candidate.user_id is not None:
        return None
    return agencies_of(by, now).filter(pk__in=candidate.care.open().order_by().values("agency")).first()


@transaction.atomic
def act_for(candidate: Candidate, by: User, act: str, word: Word, now: datetime, run: Callable[[], object]) -> None:
    """Run a use case and write it down. Raises `NotAllowed` when the candidate has an account or left meanwhile: then nothing has happened.

    The right is asked afterwards, when `run` holds whatever it has to hold in its own order.
    """
    agency = agency_that_may_act(candidate, by, now)
    if agency is None:
        raise NotAllowed
    run()
    standing = lock(candidate)
    if standing.user_id is not None or (act != Act.LEFT and agency_that_may_act(standing, by, now) != agency):
        raise NotAllowed
    write_down(standing, agency, by, act, word, now)
