"""Scoring some vacancies against all candidates, and writing the suggestions that scoring owns."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import structlog
from django.db import connection, transaction
from django.db.models import QuerySet

from matching.copy_rows import Rows
from matching.load_records import load_taxonomy, refused_pairs
from matching.models import Match, ScoringWeights, Vacancy, VacancyList, VacancyReasons
from matching.recheck import recheck
from matching.scoring import Weights
from matching.scoring.engine import Ranking
from matching.suggestions import best_of_vacancies, listed, pairs_of, scored
from matching.tally import Tally
from matching.warm import Everyone, Law, Vacant, Warm
from matching.write_lists import POINTS_NOW, REASON, write_lists, write_points_now, write_reasons

log = structlog.get_logger(__name__)

MATCH = [("id", "i8"), ("vacancy_id", "i8"), ("candidate_id", "i8")]

# Advisory locks. Whoever scores holds the first shared and the second of each vacancy; see `hold` and `hold_all`.
ALL_LISTS, ONE_LIST = 730_300, 730_301


@dataclass(frozen=True, slots=True)
class Outcome:
    """`skipped` stay as they were: they changed while they were scored, so they are marked; or no day rate is known for their wage."""

    pairs: int
    skipped: frozenset[int]
    tally: Tally = field(default_factory=Tally)


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
    _ask("SELECT pg_advisory_xact_lock(%s, key) FROM unnest(%s::integer[]) AS key", ONE_LIST, _keys(vacancies))


def hold_free(vacancies: Iterable[int]) -> list[int]:
    """The same for those of them that nobody is scoring; returns which."""
    pks = sorted(vacancies)
    _ask("SELECT pg_advisory_xact_lock_shared(%s)", ALL_LISTS)
    taken = _ask("SELECT pg_try_advisory_xact_lock(%s, key) FROM unnest(%s::integer[]) AS key", ONE_LIST, _keys(pks))
    return [pk for pk, (is_free,) in zip(pks, taken, strict=True) if is_free]


def hold_all() -> None:
    """Wait until nobody is between reading and writing a list, and let nobody begin."""
    _ask("SELECT pg_advisory_xact_lock(%s)", ALL_LISTS)


def _keys(vacancies: Iterable[int]) -> list[int]:
    """In one order, whoever takes them."""
    return [pk % 2**31 for pk in sorted(vacancies)]


def _ask(statement: str, *values: int | list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


@transaction.atomic
def score_vacancies(
    pks: Iterable[int], *, warm: Warm, day: date, version: ScoringWeights, now: datetime, day_turns: bool = False
) -> Outcome:
    """Bring the lists of these vacancies, which the caller holds, up to date on the scoring day.

    With `day_turns` the lists that are of an earlier day are computed once more as of that day, and compared.
    """
    pks, tally = sorted(pks), Tally()
    with tally.timed("load"):
        law = warm.law(day, version)
        vacant = warm.vacant(Vacancy.objects.filter(pk__in=pks), law)
        people = warm.people(law)
        refused = refused_pairs(pks, day)
    if day_turns:
        tally.counts.update(rechecked=0, recheck_skipped=0, faults=0)
        with tally.timed("recheck"):
            recheck(pks, warm, day, tally)
    with tally.timed("rank"):
        ranked = best_of_vacancies(law, vacant, people, refused)
    with tally.timed("write"):
        skipped = _Lists(law, vacant, people, refused, ranked, now, tally).write(pks)
    return Outcome(len(people) * len(vacant), skipped, tally)


class _Lists:
    """The engine's answer for some vacancies, and its way into the database."""

    def __init__(
        self, law: Law, vacant: Vacant, people: Everyone, refused: list[tuple[int, int]], ranked: Ranking, now: datetime, tally: Tally
    ) -> None:
        self.law, self.vacant, self.people, self.refused, self.ranked = law, vacant, people, refused, ranked
        self.now, self.tally = now, tally

    def write(self, pks: list[int]) -> frozenset[int]:
        """Returns the vacancies that are not as they were when they were read."""
        ready, over, skipped = self._locked(pks)
        best = listed(self.ranked, ready, self.vacant, self.people)
        suggestions = np.concatenate((best, self._kept_by_shortlists(best, ready)))
        scored = self.vacant.ids[ready].tolist()
        written = write_lists(suggestions, scored + over, weights=self.law.version.pk, day=self.law.day, now=self.now)
        write_points_now(self._points_now(ready))
        self._write_reasons(ready)
        for model in (VacancyReasons, VacancyList):
            model.objects.filter(vacancy__in=over).delete()
        VacancyList.objects.bulk_create(
            [
                VacancyList(
                    vacancy_id=pk, day=self.law.day, weights=self.law.version, inputs=self.law.inputs, eligible=eligible, scored_at=self.now
                )
                for pk, eligible in zip(scored, self.ranked.eligible[ready].tolist(), strict=True)
            ],
            update_conflicts=True,
            unique_fields=["vacancy"],
            update_fields=["day", "weights", "inputs", "eligible", "scored_at"],
        )
        self.tally.counts.update(
            vacancies=len(scored),
            eligible=int(self.ranked.eligible[ready].sum()),
            errors=len(self.vacant.unreadable),
            listed=len(suggestions),
            written=written.written,
            unchanged=written.unchanged,
            removed=written.removed,
        )
        return frozenset(skipped)

    def _locked(self, pks: list[int]) -> tuple[list[int], list[int], set[int]]:
        """Locks the vacancies, before any match: the order in which people's moves lock. Returns (rows to write, ids that are over, others)."""
        ready, over, skipped = [], [], set(self.vacant.without_rate)
        row_of = {pk: row for row, pk in enumerate(self.vacant.ids.tolist())}
        for vacancy in Vacancy.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"):
            row = row_of.get(vacancy.pk)
            if vacancy.status != Vacancy.Status.PUBLISHED or vacancy.pk in self.vacant.unreadable:
                over.append(vacancy.pk)
            elif row is None or (vacancy.revision, vacancy.seats_left) != (self.vacant.revisions[row], self.vacant.seats[row]):
                skipped.add(vacancy.pk)
            else:
                ready.append(row)
        return ready, over, skipped

    def _kept_by_shortlists(self, best: Rows, ready: list[int]) -> Rows:
        """What a shortlist holds that is not among the best any more, as long as it may be proposed."""
        chosen = self._standing(Match.objects.untouched().exclude(chosen_in=None), ready)
        is_listed = set(best[["vacancy_id", "candidate_id"]].tolist())
        others = [row[1:] not in is_listed for row in chosen.tolist()]
        pairs = pairs_of(chosen[others], self.vacant, self.people)
        pairs = pairs[(pairs >= 0).all(axis=1)]
        found, may_be_proposed = scored(pairs, self.vacant, self.people, self.law, self.refused)
        return found[may_be_proposed]

    def _points_now(self, ready: list[int]) -> Rows:
        """Of the matches that people have touched."""
        touched = self._standing(Match.objects.filter(touched=True), ready)
        found = np.empty(len(touched), POINTS_NOW)
        found["id"] = touched["id"]
        pairs = pairs_of(touched, self.vacant, self.people)
        is_here = (pairs >= 0).all(axis=1)  # not so a person who cannot be read
        found["points"] = -1
        found["points"][is_here] = scored(pairs[is_here], self.vacant, self.people, self.law)[0]["points"]
        return found

    def _standing(self, matches: QuerySet[Match], ready: list[int]) -> Rows:
        rows = matches.filter(vacancy__in=self.vacant.ids[ready].tolist()).order_by("pk").values_list("pk", "vacancy", "candidate")
        return np.array(list(rows), dtype=MATCH)

    def _write_reasons(self, ready: list[int]) -> None:
        """Why people are out; "own" is what a candidate refuses, which is nobody's to count."""
        ranked = self.ranked
        failed, only, unanswered = (
            np.asarray(counts).reshape(len(self.vacant), len(ranked.reasons))[ready]
            for counts in (ranked.failed, ranked.only, ranked.unanswered)
        )
        public = [place for place, code in enumerate(ranked.reasons) if code != "own"]
        rows = np.empty((len(ready), len(public)), REASON)
        rows["vacancy_id"] = self.vacant.ids[ready][:, None]
        rows["reason"] = public
        rows["failed"], rows["only_it"], rows["unanswered"] = failed[:, public], only[:, public], unanswered[:, public]
        write_reasons(rows.ravel(), ranked.reasons)
        self.tally.reasons.update({ranked.reasons[place]: int(failed[:, place].sum()) for place in public})
