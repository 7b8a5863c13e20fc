"""The life of a vacancy as a table: from where to where, and who may do it. Read it aloud."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching import rules
from matching.mark import mark_vacancy
from matching.models import Vacancy, VacancyEvent
from matching.search.texts import keep_texts
from portal.accounts.models import User

Status = Vacancy.Status


class By(StrEnum):
    """Who somebody is to one vacancy."""

    MEMBER = "member"  # of its employer
    REVIEWER = "reviewer"  # an operator, or somebody of a vetted authority: neither its author nor of its employer, and of no agency
    SAFAR = "safar"  # no person: the clock, or the last seat


class NotNow(Exception):
    """The move cannot be made (any more). `why` is a sentence."""

    def __init__(self, why: Promise | str) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class Step:
    before: Status
    after: Status
    by: frozenset[By]


def _step(before: Status, after: Status, *by: By) -> Step:
    return Step(before, after, frozenset(by))


MEMBER, REVIEWER, SAFAR = By
STEPS: tuple[Step, ...] = (
    _step(Status.DRAFT, Status.REVIEW, MEMBER),
    _step(Status.REVIEW, Status.DRAFT, MEMBER, REVIEWER),  # taken back, or sent back with what to mend
    _step(Status.REVIEW, Status.PUBLISHED, REVIEWER),
    _step(Status.PUBLISHED, Status.REVIEW, MEMBER),  # by an edit of what was promised
    _step(Status.PAUSED, Status.REVIEW, MEMBER),
    _step(Status.FILLED, Status.REVIEW, MEMBER),
    _step(Status.PUBLISHED, Status.PAUSED, MEMBER),
    _step(Status.PAUSED, Status.PUBLISHED, MEMBER),
    _step(Status.PUBLISHED, Status.FILLED, SAFAR),
    _step(Status.FILLED, Status.PUBLISHED, SAFAR),  # a seat is free again
    *(_step(before, Status.CLOSED, MEMBER, SAFAR) for before in Status if before != Status.CLOSED),
)
TABLE = {(step.before, step.after): step for step in STEPS}


def roles_of(user: User | None, vacancy: Vacancy) -> frozenset[By]:
    if user is None:
        return frozenset({By.SAFAR})
    roles = set()
    if rules.is_employer_member(user, vacancy):
        roles.add(By.MEMBER)
    if rules.may_review(user, vacancy):
        roles.add(By.REVIEWER)
    return frozenset(roles)


def locked(vacancy: Vacancy) -> Vacancy:
    """The row as it is now, held until the end of the transaction."""
    return Vacancy.objects.select_for_update(of=["self"]).select_related("employer", "occupation", "region__country").get(pk=vacancy.pk)


@transaction.atomic
def step(vacancy: Vacancy, to: Status, by: User | None, now: datetime, note: str = "", **values: object) -> Vacancy:
    """Move the vacancy and return it as it is now; `values` are columns that change with it. Scoring is told."""
    vacancy = locked(vacancy)
    row = TABLE.get((Status(vacancy.status), to))
    if row is None:
        raise NotNow(_("This is not possible any more: the vacancy has changed meanwhile."))
    if not row.by & roles_of(by, vacancy):
        raise PermissionDenied
    before, vacancy.status = vacancy.status, to
    for name, value in values.items():
        setattr(vacancy, name, value)
    vacancy.save(update_fields=["status", *values])
    VacancyEvent.objects.create(vacancy=vacancy, before=before, after=to, actor=by, note=note, at=now)
    if to == Status.PUBLISHED and before != Status.FILLED:
        keep_texts(Vacancy.objects.filter(pk=vacancy.pk))
    if Status.PUBLISHED in (before, to):
        if Status.FILLED not in (before, to):
            vacancy.raise_revision()
        mark_vacancy(vacancy, now)
    return vacancy


def follow_seats(vacancy: Vacancy, now: datetime) -> None:
    """Full: nobody new comes. A seat is free again: as before. Called with the row locked, after its seats or openings changed."""
    if vacancy.status == Status.PUBLISHED and not vacancy.seats_left:
        vacancy.status = step(vacancy, Status.FILLED, None, now).status
    elif vacancy.status == Status.FILLED and vacancy.seats_left:
        vacancy.status = step(vacancy, Status.PUBLISHED, None, now).status
