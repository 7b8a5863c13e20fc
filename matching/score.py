"""Scoring runs. What is to be scored stands in the database: marks for small runs, blocks for full ones. The broker only wakes.

A worker that dies loses nothing but time: its block's lease runs out and another worker claims the block.
"""

import os
import socket
from collections.abc import Callable
from datetime import date, datetime, timedelta

import structlog
from django.db import OperationalError, connection, transaction
from django.db.models import F, Max, Min, Q

from matching.check_ready import matching_is_open
from matching.load_records import CandidateRecords, candidate_records, load_routes, load_taxonomy, vacancy_records
from matching.mark import spread_marks
from matching.models import Candidate, Match, ScoringBlock, ScoringMark, ScoringRun, ScoringWeights, Vacancy
from matching.score_vacancies import LIST, Outcome, current_weights, hold, hold_all, hold_free, score_vacancies
from matching.scoring import CandidateTable, VacancyTable, Weights, rank
from matching.wages import wages_on
from portal.wake import wake

log = structlog.get_logger(__name__)

BLOCK = 20  # vacancies
LEASE = timedelta(seconds=60)
HANDFUL = 5  # vacancies that a small run scores in one transaction
PEOPLE = 20  # marked candidates whose vacancies it looks for in one transaction
BRIEF = timedelta(seconds=1.5)  # a small run: what is left then is another one's
PATIENCE = "1s"  # a small run waits no longer for a row that somebody holds: the mark stays, and the next sweep comes

Clock = Callable[[], datetime]


class Closed(Exception):
    """Matching is closed: `manage.py check_ready` says why."""


def scoring_day(now: datetime) -> date:
    """The day of the newest full run: small runs score as it did, until the next one has begun."""
    newest = ScoringRun.objects.filter(kind=ScoringRun.Kind.FULL).aggregate(day=Max("day"))["day"]
    return newest or now.date()


# Full runs


@transaction.atomic
def start_full_run(now: datetime, *, cause: ScoringRun.Cause = ScoringRun.Cause.ASKED, block: int = BLOCK) -> ScoringRun:
    """Cut all vacancies that have or may get a list into blocks. While a full run is open there is no second: it is returned."""
    if not matching_is_open():
        raise Closed
    hold_full_runs()
    standing = open_full_run()
    if standing is not None:
        return standing
    run = ScoringRun.objects.create(kind=ScoringRun.Kind.FULL, day=now.date(), weights=current_weights(now), cause=cause, started_at=now)
    listed = Match.objects.untouched().values("vacancy")
    pks = list(Vacancy.objects.filter(Q(status=Vacancy.Status.PUBLISHED) | Q(pk__in=listed)).order_by("pk").values_list("pk", flat=True))
    ScoringBlock.objects.bulk_create(ScoringBlock(run=run, vacancies=pks[at : at + block]) for at in range(0, len(pks), block))
    if not pks:
        ScoringRun.objects.filter(pk=run.pk).update(finished_at=now)
    transaction.on_commit(lambda: wake("matching.score_blocks", "bulk"))
    return run


FULL_RUN = 730_302  # an advisory lock


def hold_full_runs() -> None:
    """Nobody else starts a full run until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FULL_RUN])


def open_full_run() -> ScoringRun | None:
    return ScoringRun.objects.filter(kind=ScoringRun.Kind.FULL, finished_at=None).first()


def start_daily_run(now: datetime) -> ScoringRun | None:
    """One full run a day, the first time somebody asks."""
    if not matching_is_open() or ScoringRun.objects.filter(kind=ScoringRun.Kind.FULL, day=now.date()).exists():
        return None
    return start_full_run(now)


def score_blocks(clock: Clock) -> int:
    """Claim and score blocks, of whatever run, until none is free. Returns how many."""
    done, people = 0, CandidateRecords()
    while matching_is_open() and (block := claim(clock())) is not None:
        if not done and ScoringBlock.objects.claimable(clock()).exists():
            wake("matching.score_blocks", "bulk")  # there is enough for another worker, who calls the next
        score_block(block, clock, people)
        done += 1
    return done


@transaction.atomic
def claim(now: datetime) -> ScoringBlock | None:
    """Take the next block for as long as its lease runs; one whose lease has run out is as good as new."""
    block = ScoringBlock.objects.claimable(now).select_for_update(skip_locked=True).first()
    if block is not None:
        block.claimed_by, block.lease_until = f"{socket.gethostname()} {os.getpid()}", now + LEASE
        block.save(update_fields=["claimed_by", "lease_until"])
    return block


@transaction.atomic
def score_block(block: ScoringBlock, clock: Clock, people: CandidateRecords | None = None) -> None:
    """All of it or nothing; `people` is kept from block to block.

    A block that came to two workers, because one was slow, is scored by the first and left by the second.
    """
    hold(block.vacancies)
    run = ScoringRun.objects.select_related("weights").get(pk=block.run_id)
    if ScoringBlock.objects.filter(pk=block.pk, done_at=None).exists():
        outcome = score_vacancies(block.vacancies, people=people or CandidateRecords(), day=run.day, weights=run.weights, now=clock())
        # The run's row is locked first: of two workers that end at once the later one sees that all is done.
        ScoringRun.objects.select_for_update().get(pk=run.pk)
        ScoringBlock.objects.filter(pk=block.pk).update(done_at=clock(), pairs=outcome.pairs, lease_until=None)
        is_last = not ScoringBlock.objects.filter(run=run, done_at=None).exists()
        ScoringRun.objects.filter(pk=run.pk).update(pairs=F("pairs") + outcome.pairs, finished_at=clock() if is_last else None)


# Small runs


def score_marked(clock: Clock) -> int:
    """Score what is marked, each mark once. Returns how many vacancies were scored."""
    if not matching_is_open():
        return 0
    started_at, day, weights, people = clock(), scoring_day(clock()), current_weights(clock()), CandidateRecords()
    seen: set[tuple[int, int]] = set()
    scored, pairs = 0, 0
    try:
        while spread_candidate_marks(day, weights):
            pass
    except OperationalError as error:  # a full run is at a list: the vacancies' own marks need not wait for it
        log.warning("score.waits", error=str(error).splitlines()[0])
    try:
        while fresh := _fresh_marks(seen):
            outcome, count = _score_handful(fresh, people, day, weights, clock())
            seen.update((mark.pk, mark.revision) for mark in fresh)
            scored, pairs = scored + count, pairs + outcome.pairs
            if clock() - started_at > BRIEF and _fresh_marks(seen):
                wake("matching.score_marked", "now")
                break
    except OperationalError as error:  # a row was held for longer than we wait, or two of us met head on
        log.warning("score.waits", error=str(error).splitlines()[0])
    if scored:
        ScoringRun.objects.create(
            kind=ScoringRun.Kind.SMALL, day=day, weights=weights, started_at=started_at, finished_at=clock(), pairs=pairs
        )
    return scored


def _fresh_marks(seen: set[tuple[int, int]]) -> list[ScoringMark]:
    marks = ScoringMark.objects.filter(candidate=None).order_by("marked_at", "pk")
    return [mark for mark in marks if (mark.pk, mark.revision) not in seen][:HANDFUL]


@transaction.atomic
def _score_handful(
    marks: list[ScoringMark], people: CandidateRecords, day: date, weights: ScoringWeights, now: datetime
) -> tuple[Outcome, int]:
    _be_brief()
    free = hold_free([mark.vacancy_id for mark in marks if mark.vacancy_id is not None])
    outcome = score_vacancies(free, people=people, day=day, weights=weights, now=now)
    done = [mark for mark in marks if mark.vacancy_id in free and mark.vacancy_id not in outcome.skipped]
    _take_away(done)
    return outcome, len(done)


@transaction.atomic
def spread_candidate_marks(day: date, weights: ScoringWeights) -> int:
    """Hand the marks of changed candidates to the vacancies whose list they are in or would enter. Returns how many marks.

    Nobody may be between reading candidates and writing a list meanwhile: such a list could be written after we have looked at it.
    """
    if not ScoringMark.objects.exclude(candidate=None).exists():
        return 0
    _be_brief()
    hold_all()
    marks = list(ScoringMark.objects.exclude(candidate=None).order_by("marked_at", "pk")[:PEOPLE])
    if marks:
        people = [mark.candidate_id for mark in marks if mark.candidate_id is not None]
        spread_marks(_vacancies_of(people, day, weights), min(mark.marked_at for mark in marks))
        _take_away(marks)
    return len(marks)


def _vacancies_of(people: list[int], day: date, weights: ScoringWeights) -> set[int]:
    wages = wages_on(day)
    published = Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED).with_asked().order_by("pk")
    records = [record for record in vacancy_records(published, wages, day) if record["wage"] is not None]
    candidates = CandidateTable.from_records(candidate_records(Candidate.objects.filter(pk__in=people), wages))
    weighing = Weights.from_numbers(weights.numbers, load_taxonomy())
    ranked = rank(
        candidates, VacancyTable.from_records(records), weighing, load_routes(), on=day, top=len(records), per="candidate", gate=True
    )
    # A list is full where its last place is taken by a row of ours: who has fewer points than that stays out.
    listed = Match.objects.untouched().order_by("vacancy").values("vacancy").annotate(last=Max("rank"), least=Min("points"))
    least = {row["vacancy"]: row["least"] for row in listed if row["last"] == LIST}
    enters = {
        records[row]["id"]
        for rows, points in zip(ranked.rows, ranked.points, strict=True)
        for row, earned in zip(rows, points, strict=True)
        if row >= 0 and earned >= least.get(records[row]["id"], 0)
    }
    return enters | set(Match.objects.filter(candidate__in=people).order_by("pk").values_list("vacancy_id", flat=True))


def _take_away(marks: list[ScoringMark]) -> None:
    """Only where nothing was changed since we read them."""
    for mark in marks:
        ScoringMark.objects.filter(pk=mark.pk, revision=mark.revision).delete()


def _be_brief() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
