"""Scoring runs. What is to be scored stands in the database: marks for small runs, blocks for full ones. The broker only wakes.

A worker that dies loses nothing but time: its block's lease runs out and another worker claims the block.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import structlog
from django.db import OperationalError, connection, transaction
from django.db.models import Max, Min, Q, QuerySet

from matching.audit import audit_run
from matching.check_ready import matching_is_open
from matching.inputs import inputs_digest
from matching.lease import MOST_TRIES, Clock, claim, renewed
from matching.mark import spread_marks
from matching.models import Match, ScoringBlock, ScoringMark, ScoringRun, ScoringWeights, Vacancy, VacancyList
from matching.score_vacancies import Outcome, current_weights, hold, hold_all, hold_free, score_vacancies
from matching.shortlist import choose_shortlists
from matching.suggestions import LIST, all_of_candidates
from matching.tally import Tally
from matching.warm import Law, Warm
from portal.wake import wake

log = structlog.get_logger(__name__)
Step = ScoringBlock.Step

BLOCK = 250  # vacancies; each is a lock while the block is scored, and the server has some thousands for all
HANDFUL = 100  # vacancies that a small run scores in one transaction
PEOPLE = 50  # marked candidates whose vacancies it looks for in one transaction
BRIEF = timedelta(seconds=1.5)  # a small run: what is left then is another one's
PATIENCE = "1s"  # a small run waits no longer for a row that somebody holds: the mark stays, and the next sweep comes


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
    day = now.date()
    run = ScoringRun.objects.create(
        kind=ScoringRun.Kind.FULL, day=day, weights=current_weights(now), cause=cause, inputs=inputs_digest(day), started_at=now
    )
    listed = Match.objects.untouched().values("vacancy")
    pks = list(Vacancy.objects.filter(Q(status=Vacancy.Status.PUBLISHED) | Q(pk__in=listed)).order_by("pk").values_list("pk", flat=True))
    lists = [ScoringBlock(run=run, vacancies=pks[at : at + block]) for at in range(0, len(pks), block)]
    ScoringBlock.objects.bulk_create([*lists, *[ScoringBlock(run=run, step=step) for step in (Step.SHORTLISTS, Step.AUDIT)]])
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
    return start_full_run(now, cause=ScoringRun.Cause.NIGHT)


def score_blocks(clock: Clock, warm: Warm | None = None) -> int:
    """Claim and score blocks, of whatever run, until none is free. Returns how many."""
    done, warm = 0, warm or Warm()
    while matching_is_open() and (block := claim(clock())) is not None:
        if not done and ScoringBlock.objects.claimable(clock()).exists():
            wake("matching.score_blocks", "bulk")  # there is enough for another worker, who calls the next
        score_block(block, clock, warm)
        done += 1
    return done


def score_block(block: ScoringBlock, clock: Clock, warm: Warm | None = None) -> None:
    """All of it or nothing; what is `warm` is kept from block to block.

    A block that came to two workers, because one was slow, is done by the first and left by the second. One that fails keeps its lease,
    as a pause, and is tried again by whoever comes then, from cold.
    """
    warm = warm or Warm()
    try:
        with renewed(block, clock):
            _do(block, clock, warm)
    except OperationalError:
        raise  # the database is away, or busy: so it would be for the next block
    except Overtaken:
        log.warning("score.overtaken", block=block.pk)
    except Exception:
        log.exception("score.block_failed", block=block.pk, step=block.step, tries=block.tries)
        warm.forget()


class Overtaken(Exception):
    """Somebody else has done the block in the meantime: nothing of ours is written."""


@transaction.atomic
def _do(block: ScoringBlock, clock: Clock, warm: Warm) -> None:
    if block.step == Step.LISTS:
        hold(block.vacancies)
    elif block.step == Step.SHORTLISTS:
        hold_all()
    if not ScoringBlock.objects.filter(pk=block.pk, done_at=None).exists():
        return
    run = ScoringRun.objects.select_related("weights").get(pk=block.run_id)
    warm.serve(run.pk)
    outcome = Outcome(0, frozenset())
    if block.tries > MOST_TRIES:
        outcome.tally.counts["errors"] = max(1, len(block.vacancies))
    elif block.step == Step.LISTS:
        outcome = score_vacancies(block.vacancies, warm=warm, day=run.day, version=run.weights, now=clock(), day_turns=True)
    elif block.step == Step.SHORTLISTS:
        with outcome.tally.timed("shortlist"):
            run.inputs = choose_shortlists(run, warm=warm, now=clock(), tally=outcome.tally)
        run.save(update_fields=["inputs"])
    else:
        with outcome.tally.timed("audit"):
            audit_run(run, clock(), warm)
    _finish(block, clock, outcome)


def _finish(block: ScoringBlock, clock: Clock, outcome: Outcome) -> None:
    """The run's row is locked first: of two workers that end at once the later one sees that all is done.

    A block that was tried too often is done as failed: its lists stay as they stood, it counts as an error, and the run goes on.
    """
    run = ScoringRun.objects.select_for_update().get(pk=block.run_id)
    done = {"done_at": clock(), "pairs": outcome.pairs, "lease_until": None, "is_failed": block.tries > MOST_TRIES}
    if not ScoringBlock.objects.filter(pk=block.pk, done_at=None).update(**done):
        raise Overtaken
    outcome.tally.add_to(run)
    run.pairs += outcome.pairs
    if not ScoringBlock.objects.filter(run=run, done_at=None).exists():
        run.finished_at = clock()
    run.save(update_fields=["pairs", "counts", "timings", "finished_at"])


# Small runs


def score_marked(clock: Clock, warm: Warm | None = None) -> int:
    """Score what is marked, each mark once. Returns how many vacancies were scored."""
    if not matching_is_open():
        return 0
    warm = warm or Warm()
    started_at, day, version = clock(), scoring_day(clock()), current_weights(clock())
    seen: set[tuple[int, int]] = set()
    scored, pairs, tally = 0, 0, Tally()
    try:
        while spread_candidate_marks(day, version, warm):
            pass
    except OperationalError as error:  # a full run is at a list: the vacancies' own marks need not wait for it
        log.warning("score.waits", error=str(error).splitlines()[0])
    try:
        while fresh := _fresh_marks(seen):
            outcome, count = _score_each(fresh, warm, day, version, clock())
            seen.update((mark.pk, mark.revision) for mark in fresh)
            scored, pairs = scored + count, pairs + outcome.pairs
            tally.add(outcome.tally)
            if clock() - started_at > BRIEF and _fresh_marks(seen):
                wake("matching.score_marked", "now")
                break
    except OperationalError as error:  # a row was held for longer than we wait, or two of us met head on
        log.warning("score.waits", error=str(error).splitlines()[0])
    if scored:
        run = ScoringRun(kind=ScoringRun.Kind.SMALL, cause=ScoringRun.Cause.CHANGES, day=day, weights=version, pairs=pairs)
        run.started_at, run.finished_at = started_at, clock()
        tally.counts["unreadable"] = warm.unreadable
        tally.add_to(run)
        run.save()
    return scored


def _fresh_marks(seen: set[tuple[int, int]]) -> list[ScoringMark]:
    marks = ScoringMark.objects.filter(candidate=None).order_by("marked_at", "pk")
    return [mark for mark in marks if (mark.pk, mark.revision) not in seen][:HANDFUL]


def _score_each(marks: list[ScoringMark], warm: Warm, day: date, version: ScoringWeights, now: datetime) -> tuple[Outcome, int]:
    """All at once; where that fails, half and half, so that one which cannot be scored holds up no other. Its own mark stays."""
    try:
        return _score_handful(marks, warm, day, version, now)
    except OperationalError:
        raise
    except Exception:
        if len(marks) == 1:
            log.exception("score.mark_failed", vacancy=marks[0].vacancy_id)
            return Outcome(0, frozenset(), Tally(Counter(errors=1))), 0
    total, count = Outcome(0, frozenset()), 0
    for half in (marks[: len(marks) // 2], marks[len(marks) // 2 :]):
        outcome, scored = _score_each(half, warm, day, version, now)
        total.tally.add(outcome.tally)
        total, count = replace(total, pairs=total.pairs + outcome.pairs), count + scored
    return total, count


@transaction.atomic
def _score_handful(marks: list[ScoringMark], warm: Warm, day: date, version: ScoringWeights, now: datetime) -> tuple[Outcome, int]:
    _be_brief()
    free = hold_free([mark.vacancy_id for mark in marks if mark.vacancy_id is not None])
    outcome = score_vacancies(free, warm=warm, day=day, version=version, now=now)
    done = [mark for mark in marks if mark.vacancy_id in free and mark.vacancy_id not in outcome.skipped]
    _take_away(done)
    return outcome, len(done)


@transaction.atomic
def spread_candidate_marks(day: date, version: ScoringWeights, warm: Warm) -> int:
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
        vacancies = _vacancies_of(people, warm, day, version)
        _take_away(marks)  # before the vacancies': who departs marks in this order, and nobody waits in a ring
        spread_marks(vacancies, min(mark.marked_at for mark in marks))
    return len(marks)


def _vacancies_of(candidates: list[int], warm: Warm, day: date, version: ScoringWeights) -> set[int]:
    found = {*Match.objects.filter(candidate__in=candidates).order_by("pk").values_list("vacancy_id", flat=True)}
    found |= _would_enter(candidates, Vacancy.objects.all(), warm, warm.law(day, version))
    # Lists of the day before are going to be computed once more: whoever would have come into one of those is no fault either.
    for one in VacancyList.objects.exclude(day=day).select_related("weights").order_by("day", "weights_id").distinct("day", "weights_id"):
        older = Vacancy.objects.filter(list__day=one.day, list__weights=one.weights)
        found |= _would_enter(candidates, older, warm, warm.law(one.day, one.weights))
    return found


def _would_enter(candidates: list[int], vacancies: QuerySet[Vacancy], warm: Warm, law: Law) -> set[int]:
    vacant, people = warm.vacant(vacancies, law), warm.people(law)
    rows = people.places(np.array(candidates, dtype=np.int64))
    ranked = all_of_candidates(law, vacant, people, rows[rows >= 0])
    # A list is full where its last place is taken by a row of ours: who has fewer points than that stays out.
    full = (
        Match.objects.untouched()
        .order_by("vacancy")
        .values("vacancy")
        .annotate(last=Max("rank"), least=Min("points", filter=~Q(rank=None)))
    )
    least = {row["vacancy"]: row["least"] for row in full if row["last"] == LIST}
    bars = np.array([least.get(pk, 0) for pk in vacant.ids.tolist()])
    found = np.asarray(ranked.rows)
    enters = np.unique(found[(found >= 0) & (np.asarray(ranked.points) >= np.append(bars, 0)[found])])
    return set(vacant.ids[enters].tolist())


def _take_away(marks: list[ScoringMark]) -> None:
    """Only where nothing was changed since we read them. In the order in which marks are written."""
    for mark in sorted(marks, key=lambda mark: mark.vacancy_id or mark.candidate_id or 0):
        ScoringMark.objects.filter(pk=mark.pk, revision=mark.revision).delete()


def _be_brief() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
