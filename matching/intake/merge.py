"""Putting two profiles of one person together, within the care of one agency."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from matching.intake.agencies import agencies_of
from matching.intake.duplicates import compare
from matching.intake.on_behalf import Act, Word, write_down
from matching.journey import withdraw
from matching.models import (
    Candidate,
    FeeAnswer,
    Match,
    MatchEvent,
    MatchNote,
    MatchQuestion,
    SecondLook,
    State,
    Vacancy,
)
from matching.move import NotPossible
from matching.person import empty_candidate
from matching.person_matches import empty_explanations
from matching.profile import score_again
from matching.reasons import Withdrawn
from matching.states import BEFORE_DEPARTURE
from portal import hooks
from portal.accounts.models import User
from portal.organisations.models import Organisation

S = State
# Which of two matches with one vacancy has come further; what came to nothing is the least.
FURTHER = [S.SUGGESTED, S.APPROVED, S.ACCEPTED, S.SELECTED, S.OFFERED, S.AGREED, S.PLACED, S.ENDED]
BOUND = (S.AGREED, S.PLACED)
# Filled from the other profile where nothing is said.
COLUMNS = ("given_name", "family_name", "home_region", "has_worked", "available_on")
# One answer in several columns, never half of each profile; papers to stay are of the place, and a wage is of its money.
WHERE = ("wanted_countries", "accepted_countries", "excluded_countries", "wanted_regions", "excluded_regions")
PLACE, WAGE = ("located_in", "has_papers"), ("wage_floor", "wage_wish", "wage_currency")


@transaction.atomic
def merge(one: Candidate, other: Candidate, by: User, word: Word, now: datetime) -> Candidate:
    """The candidate that stays: the one with an account, else the older. The other row is emptied, as when somebody is erased.

    Raises `PermissionDenied` where the two are not in the care of one agency of `by`, and `NotPossible`.
    """
    keep, lose, agency = _hold(one, other, by, now)
    _merge_matches(keep, lose, by, now)
    _merge_columns(keep, lose)
    for step in hooks.merge_candidates:
        step(keep, lose, now)
    empty_candidate(lose, now)
    score_again(keep, now)
    write_down(keep, agency, by, Act.MERGED, word, now)
    return keep


def _hold(one: Candidate, other: Candidate, by: User, now: datetime) -> tuple[Candidate, Candidate, Organisation]:
    """Everything in the order in which moves lock it: vacancies, candidates, and matches last."""
    touched = Match.objects.filter(candidate__in=(one, other)).order_by().values("vacancy")
    list(Vacancy.objects.select_for_update(no_key=True).filter(pk__in=touched).order_by("pk").only("pk"))
    standing = Candidate.objects.select_for_update(of=("self",)).select_related("user").filter(pk__in=(one.pk, other.pk))
    people = {person.pk: person for person in standing.order_by("pk")}
    agencies = agencies_of(by, now)
    for person in people.values():
        agencies = agencies.filter(pk__in=person.care.open().order_by().values("agency"))
    agency = agencies.first()
    if agency is None or len(people) < 2:
        raise PermissionDenied
    pair = compare(*people.values())
    if pair is None:
        raise NotPossible(_("These two are not the same person any more: their phones, names or months of birth differ."))
    keep, lose = people[pair.keep], people[pair.lose]
    _check_contracts(keep, lose)
    return keep, lose, agency


def _check_contracts(keep: Candidate, lose: Candidate) -> None:
    """One person leaves for one job."""
    bound = list(Match.objects.filter(candidate__in=(keep, lose), state__in=BOUND).order_by("pk"))
    if len({match.vacancy_id for match in bound}) > 1 or sum(match.state == S.PLACED for match in bound) > 1:
        raise NotPossible(_("Both profiles have agreed to a job. Settle at the desk which one holds, then put them together."))


def _merge_matches(keep: Candidate, lose: Candidate, by: User, now: datetime) -> None:
    Match.objects.untouched().filter(candidate=lose).delete()  # scoring's own: it suggests whoever stays
    own = {match.vacancy_id: match for match in Match.objects.filter(candidate=keep).order_by("pk")}
    for match in Match.objects.filter(candidate=lose).order_by("vacancy_id"):
        mine = own.get(match.vacancy_id)
        if mine is None:
            Match.objects.filter(pk=match.pk).update(candidate=keep)
            continue
        first, second = (match, mine) if _rank(match) > _rank(mine) else (mine, match)
        _bring_along(first, second)
        if second.state in (S.SUGGESTED, *BEFORE_DEPARTURE):
            withdraw(second, by, now, Withdrawn.OTHER, _("The same person: two profiles were put together."))
        if first == match:
            _swap(match, mine)
    empty_explanations(lose)


def _bring_along(first: Match, second: Match) -> None:
    """What was said goes with the person, or goes: nobody could erase it from a row that is nobody's any more.

    Questions and answers about money are of people with accounts, so that at most one of the two has any.
    """
    for rows in (MatchNote.objects, MatchQuestion.objects, FeeAnswer.objects):
        rows.filter(match=second).update(match=first)
    second.interviews.all().delete()
    MatchEvent.objects.filter(match=second).update(note="")
    SecondLook.objects.filter(match=second).update(note="")


def _rank(match: Match) -> int:
    return FURTHER.index(S(match.state)) if match.state in FURTHER else -1


def _swap(match: Match, mine: Match) -> None:
    """Each takes the other's candidate. Nobody has the id 0: for a moment one of them has no candidate, which is checked at the end."""
    for pk, candidate in ((mine.pk, 0), (match.pk, mine.candidate_id), (mine.pk, match.candidate_id)):
        Match.objects.filter(pk=pk).update(candidate_id=candidate)


def _merge_columns(keep: Candidate, lose: Candidate) -> None:
    for name in COLUMNS:
        if getattr(keep, name) in (None, ""):
            setattr(keep, name, getattr(lose, name))
    is_said = {
        WHERE: any(getattr(keep, name) for name in WHERE),
        PLACE: keep.has_papers is not None or keep.located_in not in ("", lose.located_in),
        WAGE: keep.wage_floor is not None or keep.wage_wish is not None,
    }
    for answer in (answer for answer, is_kept in is_said.items() if not is_kept):
        for name in answer:
            setattr(keep, name, getattr(lose, name))
    keep.conditions = keep.conditions or lose.conditions
    keep.phone = keep.phone or ("" if keep.user_id else lose.phone)
    keep.save(update_fields=[*COLUMNS, *WHERE, *PLACE, *WAGE, "conditions", "phone"])
