"""Marks: what must be scored again. Written in the transaction of the change, so nothing is lost while the broker is away."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from matching.models import Candidate, Vacancy
from portal.organisations.models import Organisation
from portal.wake import wake

# A second mark keeps the first one's age and raises its revision: whoever is scoring meanwhile sees that there is more to do.
UPSERT = """
    INSERT INTO matching_scoringmark ({column}, marked_at, revision) SELECT pk, %s, 1 FROM unnest(%s::bigint[]) AS pk
    ON CONFLICT ({column}) DO UPDATE SET revision = matching_scoringmark.revision + 1
"""


def mark_vacancy(vacancy: Vacancy, now: datetime) -> None:
    """Something that can move the vacancy's scores has changed; when the caller's transaction commits, a worker is woken."""
    _mark("vacancy_id", vacancy.pk, now)


def mark_candidate(candidate: Candidate, now: datetime) -> None:
    """The same for a candidate: every list they are in or would enter is scored again."""
    _mark("candidate_id", candidate.pk, now)


def mark_vacancies_of(employer: Organisation, now: datetime) -> None:
    """Something about the employer has changed, such as its vetting: all its vacancies that stand open."""
    for vacancy in Vacancy.objects.filter(employer=employer, status=Vacancy.Status.PUBLISHED).order_by("pk"):
        mark_vacancy(vacancy, now)


def spread_marks(vacancies: Iterable[int], marked_at: datetime) -> None:
    """Mark vacancies with the age of what happened. Wakes nobody: who spreads a candidate's mark goes on to score, or the sweep comes."""
    _write("vacancy_id", vacancies, marked_at)


def _mark(column: str, pk: int, now: datetime) -> None:
    with transaction.atomic():
        _write(column, [pk], now)
        if _wake not in [waiting[1] for waiting in connection.run_on_commit]:  # once is enough for a transaction
            transaction.on_commit(_wake)


def _write(column: str, pks: Iterable[int], marked_at: datetime) -> None:
    """In the order of the keys: whoever else marks several of them does so too."""
    with connection.cursor() as cursor:
        cursor.execute(UPSERT.format(column=column), [marked_at, sorted(pks)])


def _wake() -> None:
    wake("matching.score_marked", "now")
