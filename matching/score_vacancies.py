"""Scoring a few vacancies against all candidates, and writing the suggestions that scoring owns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog
from django.db import connection, transaction

from matching.load_records import CandidateRecords, load_routes, load_taxonomy, refused_pairs, vacancy_records
from matching.models import Match, ScoringWeights, State, Vacancy, VacancyReasons
from matching.scoring import CandidateTable, Pair, VacancyTable, Weights, compare, rank
from matching.wages import wages_on

log = structlog.get_logger(__name__)

LIST = 50  # the best proposable pairs a vacancy
SCORED = ("points", "fits_job", "suits_person", "tier", "rank", "weights_id", "scoring_day", "candidate_revision", "vacancy_revision")

# Advisory locks. Whoever scores holds the first shared and the second of each vacancy; see `hold` and `hold_all`.
ALL_LISTS, ONE_LIST = 730_300, 730_301


@dataclass(frozen=True, slots=True)
class Outcome:
    """`skipped` changed while they were scored, or cannot be scored now: they are marked, and wait."""

    pairs: int
    skipped: frozenset[int]


def current_weights(now: datetime) -> ScoringWeights:
    """The version approved last; the very first one is frozen from the taxonomy as it stands."""
    newest = ScoringWeights.objects.approved().first()
    if newest is not None:
        return newest
    default = Weights.default(load_taxonomy())
    row, _ = ScoringWeights.objects.get_or_create(
        digest=default.digest, defaults={"numbers": default.numbers, "created_at": now, "approved_at": now}
    )
    return row


def hold(vacancies: Iterable[int]) -> None:
    """Be the only one who scores these vacancies until the transaction ends.

    Taken before anything is read: who writes a list last has then also read last. People are not held up by these locks.
    """
    _ask("SELECT pg_advisory_xact_lock_shared(%s)", ALL_LISTS)
    for pk in sorted(vacancies):
        _ask("SELECT pg_advisory_xact_lock(%s, %s)", ONE_LIST, pk % 2**31)


def hold_free(vacancies: Iterable[int]) -> list[int]:
    """The same for those of them that nobody is scoring; returns which."""
    _ask("SELECT pg_advisory_xact_lock_shared(%s)", ALL_LISTS)
    return [pk for pk in sorted(vacancies) if _ask("SELECT pg_try_advisory_xact_lock(%s, %s)", ONE_LIST, pk % 2**31)]


def hold_all() -> None:
    """Wait until nobody is between reading and writing a list, and let nobody begin."""
    _ask("SELECT pg_advisory_xact_lock(%s)", ALL_LISTS)


def _ask(statement: str, *values: int) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


@transaction.atomic
def score_vacancies(pks: Iterable[int], *, people: CandidateRecords, day: date, weights: ScoringWeights, now: datetime) -> Outcome:
    """Bring the lists of these vacancies, which the caller holds, up to date on the scoring day."""
    pks = sorted(pks)
    published = Vacancy.objects.filter(pk__in=pks, status=Vacancy.Status.PUBLISHED).order_by("pk")
    loaded = {vacancy.pk: vacancy for vacancy in published.with_asked()}
    wages = wages_on(day)
    records = [record for record in vacancy_records(loaded.values(), wages, day) if record["wage"] is not None]
    skipped = set(loaded) - {record["id"] for record in records}
    if skipped:
        log.warning("score.no_day_rate", vacancies=sorted(skipped), day=str(day))
    candidates = people.read(wages)
    lists = _Lists(candidates, records, people.revisions, weights, day, now)

    # Vacancy first, then match: the order in which people's moves lock.
    for vacancy in Vacancy.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"):
        before = loaded.get(vacancy.pk)
        if vacancy.status != Vacancy.Status.PUBLISHED:
            Match.objects.untouched().filter(vacancy=vacancy).delete()
            VacancyReasons.objects.filter(vacancy=vacancy).delete()
        elif before is None or (before.revision, before.seats_left) != (vacancy.revision, vacancy.seats_left):
            skipped.add(vacancy.pk)
        elif vacancy.pk not in skipped:
            lists.write(vacancy)
    return Outcome(len(candidates) * len(records), frozenset(skipped))


class _Lists:
    """The engine's answer for some vacancies, and its way into the database."""

    def __init__(
        self,
        people: list[dict[str, Any]],
        vacancies: list[dict[str, Any]],
        revisions: Mapping[int, int],
        weights: ScoringWeights,
        day: date,
        now: datetime,
    ) -> None:
        self.revisions, self.weights_row, self.day, self.now = revisions, weights, day, now
        self.weights = Weights.from_numbers(weights.numbers, load_taxonomy())
        self.routes = load_routes()
        self.candidates, self.vacancies = CandidateTable.from_records(people), VacancyTable.from_records(vacancies)
        self.candidate_ids = [record["id"] for record in people]
        self.place = {pk: place for place, pk in enumerate(self.candidate_ids)}
        self.vacancy_place = {record["id"]: place for place, record in enumerate(vacancies)}
        refused = refused_pairs(self.vacancy_place, day)
        self.ranked = rank(self.candidates, self.vacancies, self.weights, self.routes, on=day, top=LIST, refused=refused, gate=True)

    def write(self, vacancy: Vacancy) -> None:
        """Insert, rewrite and delete untouched suggestions; a pair that somebody has touched keeps its place and gets only its points."""
        column = self.vacancy_place[vacancy.pk]
        best = [self.candidate_ids[row] for row in self.ranked.rows[column] if row >= 0]
        standing = {
            match.candidate_id: match for match in Match.objects.select_for_update(no_key=True).filter(vacancy=vacancy).order_by("pk")
        }
        new, changed = [], []
        for position, candidate in enumerate(best, 1):
            match = standing.get(candidate)
            if match is not None and is_touched(match):
                continue
            values = self._values(candidate, vacancy, column, position)
            if match is None:
                new.append(Match(vacancy=vacancy, candidate_id=candidate, created_at=self.now, **values))
            elif any(getattr(match, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(match, name, value)
                changed.append(match)
        listed = set(best)
        gone = [match.pk for pk, match in standing.items() if pk not in listed and not is_touched(match)]
        Match.objects.untouched().filter(pk__in=gone).delete()
        Match.objects.bulk_update(changed, SCORED)
        Match.objects.bulk_create(new)
        self._write_points_now([match for match in standing.values() if is_touched(match)], column)
        self._write_reasons(vacancy, column)

    def _values(self, candidate: int, vacancy: Vacancy, column: int, position: int) -> dict[str, Any]:
        pair = self._compare(candidate, column)
        return {
            "points": pair.points,
            "fits_job": pair.fits.total,
            "suits_person": pair.suits.total,
            "tier": pair.tier,
            "rank": position,
            "weights_id": self.weights_row.pk,
            "scoring_day": self.day,
            "candidate_revision": self.revisions[candidate],
            "vacancy_revision": vacancy.revision,
        }

    def _write_points_now(self, touched: list[Match], column: int) -> None:
        changed = []
        for match in touched:
            points = self._compare(match.candidate_id, column).points if match.candidate_id in self.place else None
            if match.points_now != points:
                match.points_now = points
                changed.append(match)
        Match.objects.bulk_update(changed, ["points_now"])

    def _write_reasons(self, vacancy: Vacancy, column: int) -> None:
        """Why people are out; "own" is what a candidate refuses, which is nobody's to count."""
        counts = zip(self.ranked.reasons, self.ranked.failed[column], self.ranked.only[column], self.ranked.unanswered[column], strict=True)
        rows = [
            VacancyReasons(vacancy=vacancy, reason=reason, failed=int(failed), only=int(only), unanswered=int(unanswered))
            for reason, failed, only, unanswered in counts
            if reason != "own"
        ]
        VacancyReasons.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["vacancy", "reason"], update_fields=["failed", "only", "unanswered"]
        )

    def _compare(self, candidate: int, column: int) -> Pair:
        return compare(self.candidates, self.place[candidate], self.vacancies, column, self.weights, self.routes, on=self.day)


def is_touched(match: Match) -> bool:
    return match.touched or match.state != State.SUGGESTED
