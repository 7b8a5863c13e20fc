"""The one way to call upwards: named lists of plain functions.

An app's `AppConfig.ready()` appends to them; the caller runs them in order inside its transaction:

    for step in hooks.signed_in:
        step(user, device, now)

Erasing keeps the row of the person, emptied, as the pseudonym that events and audit point to. So every model with a
foreign key to a person is named either by an erasing function (`@hooks.erases`) or by `hooks.keep`, with a reason.
Two profiles of one person become one: a model with a foreign key to a candidate is also named by `@hooks.merges`.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

Person = Any  # an accounts.User, which stands above this file

SignedIn = Callable[[Person, UUID | None, datetime], None]
OrganisationChanged = Callable[[Any, datetime], None]  # an organisations.Organisation
SanctionsImported = Callable[[datetime], None]
CourseCompleted = Callable[[Person | None, Any, datetime], None]
MatchMoved = Callable[[Any, Any, datetime], None]  # a matching.Match as it is now, and its newest MatchEvent
MayOpenPerson = Callable[[Any, Any], bool]  # a user, and a matching.Candidate
SkillsTaught = Callable[[Collection[int], str], dict[int, list[Any]]]  # skills, region or country; by skill matching's TaughtIn rows
ExportPerson = Callable[[Person], dict[str, Any]]
ErasePerson = Callable[[Person, datetime], None]
HelpChanged = Callable[[], None]
MergeCandidates = Callable[[Any, Any, datetime], None]  # the matching.Candidate that stays, and the one that goes

signed_in: list[SignedIn] = []
course_completed: list[CourseCompleted] = []
vetting_changed: list[OrganisationChanged] = []
sanctions_imported: list[SanctionsImported] = []  # inside the import's transaction: a list has new entries, or has lost some
sanctions_changed: list[OrganisationChanged] = []  # a sanctions list stops it now, or does not any more
match_moved: list[MatchMoved] = []  # inside the transaction of the move, under its locks
may_open_person: list[MayOpenPerson] = []  # each gives a right; none takes one away
skills_taught: list[SkillsTaught] = []
export_person: list[ExportPerson] = []
erase_person: list[ErasePerson] = []
merge_candidates: list[MergeCandidates] = []  # both locked, their matches already put together; then the second one is emptied
help_changed: list[HelpChanged] = []  # an editor has changed what Help says, or which contact stands where

kept: dict[str, str] = {}
_erased_by: dict[ErasePerson, tuple[str, ...]] = {}
_merged_by: dict[MergeCandidates, tuple[str, ...]] = {}


def erases(*models: str) -> Callable[[ErasePerson], ErasePerson]:
    """Declare which models ("app.Model") an erasing function deletes or empties."""

    def declare(step: ErasePerson) -> ErasePerson:
        _erased_by[step] = models
        return step

    return declare


def keep(model: str, *, because: str) -> None:
    """Rows of `model` stay when their person is erased, and point to the emptied person."""
    kept[model] = because


def erased_models() -> dict[str, ErasePerson]:
    """Each model that a function on the list says it erases."""
    return {model: step for step in erase_person for model in _erased_by.get(step, ())}


def merges(*models: str) -> Callable[[MergeCandidates], MergeCandidates]:
    """Declare of which models a merging function moves the rows, or deletes what the candidate that stays has already."""

    def declare(step: MergeCandidates) -> MergeCandidates:
        _merged_by[step] = models
        return step

    return declare


def merged_models() -> set[str]:
    """The models that the functions on the list say they move."""
    return {model for step in merge_candidates for model in _merged_by.get(step, ())}
