"""The agency looks at a suggestion: the candidate is told of the vacancy, or not. Also how one comes before the agency out of turn."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.check_ready import matching_is_open
from matching.explain_match import FROZEN, NotExplainable, explain_match, freeze
from matching.journey import reopen
from matching.mark import mark_candidate
from matching.models import Candidate, Match, State, Vacancy
from matching.move import NotAllowed, NotPossible, bring_back, hold, move, roles_of
from matching.score import scoring_day
from matching.score_vacancies import current_weights
from matching.second_look import ask_elsewhere
from matching.second_person import is_exception, is_proposed
from matching.show_to_candidate import for_candidate
from matching.states import Role, seat_is_left
from matching.tell_candidate import Declined, Proposed, tell_candidate
from portal.accounts.models import User
from portal.places.days import legal_day

MOST_INTERESTS = 20  # of one candidate, before the agency has looked at some of them


@transaction.atomic
def approve(match: Match, by: User, now: datetime) -> Match:
    """From here on the candidate sees it; who has waited longest for a proposal comes first the next time. Refused while the release gate is closed.

    An exception is only proposed by the first who approves it, and approved by the second.
    """
    _gate()
    match = hold(match)
    if match.state == State.SUGGESTED and _is_exception(match) and not is_proposed(match):
        return move(match, State.SUGGESTED, by, now)
    match = move(match, State.APPROVED, by, now)
    Candidate.objects.filter(pk=match.candidate_id).update(last_proposed_on=legal_day(now, match.vacancy.region))
    mark_candidate(match.candidate, now)  # among equals they come last now, in every list
    tell_candidate(match, Proposed(match), now)
    return match


@transaction.atomic
def decline(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    """The candidate may read why; of the best matches another agency reads some."""
    match = move(match, State.DECLINED, by, now, reason, note)
    ask_elsewhere(match, now)
    tell_candidate(match, Declined(match), now)
    return match


@transaction.atomic
def look_again(match: Match, by: User, now: datetime) -> Match:
    """What was declined waits for review once more; whoever declined it does not decide this time, and it is nobody's case yet."""
    match = bring_back(match, by, now)
    match.assigned_to = None
    match.save(update_fields=["assigned_to"])
    return match


@transaction.atomic
def express_interest(candidate: Candidate, vacancy: Vacancy, by: User, now: datetime) -> Match:
    """A vacancy that the candidate has found enters the agency's queue like a suggestion. What has gone further already stays as it is."""
    Vacancy.objects.select_for_update(no_key=True).only("pk").get(pk=vacancy.pk)
    Candidate.objects.select_for_update(no_key=True).only("pk").get(pk=candidate.pk)
    match = Match.objects.filter(vacancy=vacancy, candidate=candidate).first()
    if match is None:
        match = Match(scoring_day=scoring_day(now), weights=current_weights(now), created_at=now)
    match.vacancy, match.candidate = vacancy, candidate
    if Role.CANDIDATE not in roles_of(by, match):
        raise NotAllowed
    if match.state in (State.WITHDRAWN, State.EXPIRED):
        match = reopen(match, by, now)
    if match.state != State.SUGGESTED or match.interested_at is not None:
        return match

    _gate()
    if obstacle := seat_is_left(match, legal_day(now, vacancy.region)):
        raise NotPossible(obstacle)
    undecided = Match.objects.filter(candidate=candidate, state=State.SUGGESTED, interested_at__isnull=False)
    if undecided.count() >= MOST_INTERESTS:
        raise NotPossible(_("You have named many jobs already. Wait until your agency has looked at some of them."))
    try:
        freeze(match)
    except NotExplainable as why:
        raise NotPossible(str(why)) from why
    assert match.explanation is not None
    if match.explanation["failed"]:
        raise NotPossible(" ".join(for_candidate(match.explanation).stops))
    match.tier, match.touched, match.interested_at = match.explanation["tier"], True, now
    match.save(update_fields=["tier", "touched", "interested_at", *FROZEN] if match.pk else None)
    return match


def _is_exception(match: Match) -> bool:
    try:
        return is_exception(match, explain_match(match))
    except NotExplainable as why:
        raise NotPossible(str(why)) from why


def _gate() -> None:
    if not matching_is_open():
        raise NotPossible(
            _(
                "Trial, not yet checked: Safar proposes nobody for a job until people have checked and signed everything that matching builds on."
            )
        )
