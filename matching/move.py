"""The one way in which a match changes its state: lock, check table and guard, write, record who really did it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.explain_match import FROZEN, NotExplainable, freeze
from matching.life import follow_seats
from matching.load_records import REFUSED
from matching.mark import mark_candidate, mark_vacancy
from matching.models import Candidate, Care, Match, MatchEvent, SecondLook, State, Vacancy
from matching.second_person import to_confirm
from matching.states import TABLE, Role
from portal import hooks
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.places.days import legal_day

Kind = Organisation.Kind


class NotPossible(Exception):
    """The move cannot be made (any more). `faster` is the event that came first, where one did."""

    def __init__(self, why: Promise | str, faster: MatchEvent | None = None) -> None:
        super().__init__(str(why))
        self.why = why
        self.faster = faster


class NotAllowed(Exception):
    """This person may see the match, but not make this move."""


def roles_of(user: User | None, match: Match) -> frozenset[Role]:
    """The relations that count for this match. For a candidate without an account the agency that has the care answers.

    About oneself nobody decides as staff, whatever else they are.
    """
    if user is None:
        return frozenset({Role.SAFAR})
    if match.candidate.user_id == user.pk:
        return frozenset({Role.CANDIDATE})
    roles = set()
    if match.proposed_by_id is not None and to_confirm(user).filter(pk=match.pk).exists():
        roles.add(Role.OPERATOR)
    if Care.objects.open().filter(candidate=match.candidate_id, agency__in=Organisation.objects.of_member(user, Kind.AGENCY)).exists():
        roles.add(Role.AGENCY)
        if match.candidate.user_id is None:
            roles.add(Role.CANDIDATE)
    if Organisation.objects.of_member(user, Kind.EMPLOYER).filter(pk=match.vacancy.employer_id).exists():
        roles.add(Role.EMPLOYER)
    if SecondLook.objects.visible_to(user).open().filter(match=match.pk).exists():
        roles.add(Role.READER)
    return frozenset(roles)


@transaction.atomic
def move(match: Match, to: State, by: User | None, now: datetime, reason: str = "", note: str = "") -> Match:
    """Move the match and return it as it is now."""
    match = hold(match)
    row = TABLE.get((State(match.state), to))
    if row is None:
        raise NotPossible(_("This is not possible any more."), faster=match.events.select_related("actor").last())
    if not row.by & roles_of(by, match):
        raise NotAllowed
    if reason not in (row.reasons.values if row.reasons else [""]):
        raise ValueError(f"{row.before} → {row.after} does not take the reason {reason!r}.")
    try:
        freeze(match)
    except NotExplainable as why:
        raise NotPossible(str(why)) from why
    obstacle = row.guard(match, legal_day(now, match.vacancy.region), by) if row.guard else None
    if obstacle is not None:
        raise NotPossible(obstacle)

    match.state, match.touched = to, True
    match.proposed_by = by if row.before == to == State.SUGGESTED else None
    match.save(update_fields=["state", "touched", "proposed_by", *FROZEN])
    event = MatchEvent.objects.create(match=match, before=row.before, after=to, actor=by, reason=reason, note=note, at=now)
    if row.seats:
        Vacancy.objects.filter(pk=match.vacancy_id).update(seats_taken=F("seats_taken") + row.seats)
        match.vacancy.refresh_from_db(fields=["seats_taken"])
        follow_seats(match.vacancy, now)
    if row.seats or row.before in REFUSED or to in REFUSED:  # who is refused leaves a place in the list to the next
        mark_vacancy(match.vacancy, now)
    if State.PLACED in (row.before, to):
        mark_candidate(match.candidate, now)
    for step in hooks.match_moved:
        step(match, event, now)
    return match


@transaction.atomic
def bring_back(match: Match, by: User, now: datetime) -> Match:
    """To the review once more. What is there already somebody else was faster with: from there a move would be a proposal."""
    match = hold(match)
    if match.state == State.SUGGESTED:
        raise NotPossible(_("This is not possible any more."), faster=match.events.select_related("actor").last())
    return move(match, State.SUGGESTED, by, now)


def hold(match: Match) -> Match:
    """The row as it is now, with locks taken in the one order: vacancy, candidate, match."""
    Vacancy.objects.select_for_update(no_key=True).only("pk").get(pk=match.vacancy_id)
    Candidate.objects.select_for_update(no_key=True).only("pk").get(pk=match.candidate_id)
    return locked(match)


def locked(match: Match) -> Match:
    """The row as it is now, held until the end of the transaction. A suggestion that a run has taken away is gone."""
    found = (
        Match.objects.select_for_update(of=("self",))
        .select_related("vacancy__employer", "vacancy__region__country", "vacancy__occupation", "candidate")
        .filter(pk=match.pk)
        .first()
    )
    if found is None:
        raise NotPossible(_("Scoring has taken this suggestion away: something about the candidate or the vacancy has changed."))
    return found
