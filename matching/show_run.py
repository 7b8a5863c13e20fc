"""A scoring run as its page shows it. What a run has not counted, because it is older or goes on, is left out and never shown as zero."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.models import ScoringBlock, ScoringRun
from portal.ui.waiting import FEWEST, shown_count

Words = str | Promise
Step = ScoringBlock.Step
Cause = ScoringRun.Cause

CAUSES: dict[str, Words] = {
    Cause.NIGHT: gettext_lazy("A new day has begun"),
    Cause.ASKED: gettext_lazy("Somebody asked for it"),
    Cause.LAW: gettext_lazy("The law, the rates or the list of occupations changed"),
    Cause.WEIGHTS: gettext_lazy("New weights were approved"),
    Cause.CHANGES: gettext_lazy("People or vacancies changed"),
}
STEPS: dict[int, Words] = {
    Step.LISTS: gettext_lazy("Lists"),
    Step.SHORTLISTS: gettext_lazy("Shortlists"),
    Step.AUDIT: gettext_lazy("Audit"),
}
RESULTS: dict[str, Words] = {
    "vacancies": gettext_lazy("Vacancies scored"),
    "eligible": gettext_lazy("Pairs that pass every test"),
    "listed": gettext_lazy("Places in lists"),
    "written": gettext_lazy("Rows written"),
    "unchanged": gettext_lazy("Rows left untouched"),
    "removed": gettext_lazy("Rows removed"),
    "edges": gettext_lazy("Pairs that shortlists choose from"),
    "chosen": gettext_lazy("Pairs on shortlists"),
    "served": gettext_lazy("People whom a shortlist or an open proposal serves"),
}
OF_PEOPLE = {"eligible", "served"}
RECHECK: dict[str, Words] = {
    "rechecked": gettext_lazy("Lists computed once more"),
    "recheck_skipped": gettext_lazy("Lists passed over: something has changed since"),
    "faults": gettext_lazy("Lists that are not as stored"),
}
TIMINGS: dict[str, Words] = {
    "load": gettext_lazy("Reading people and vacancies"),
    "rank": gettext_lazy("Comparing"),
    "write": gettext_lazy("Writing lists"),
    "recheck": gettext_lazy("Checking the old day"),
    "shortlist": gettext_lazy("Choosing shortlists"),
    "audit": gettext_lazy("Audit"),
}
REASONS: dict[str, Words] = {
    "free": gettext_lazy("The person is not looking for work now"),
    "danger": gettext_lazy("The place is not safe, or the employer is on a sanctions list"),
    "age": gettext_lazy("Under 18 on the first day of work"),
    "route": gettext_lazy("No legal way to this work"),
    "language": gettext_lazy("The language is not enough"),
    "licence": gettext_lazy("A driving licence is not there, or does not count there"),
    "certificate": gettext_lazy("A certificate is not there, or ends too early"),
    "employer": gettext_lazy("The employer is not checked, is stopped, or pays too little"),
    "vacancy": gettext_lazy("The vacancy is not open or has no free place"),
    "dates": gettext_lazy("The person cannot be there in time"),
    "history": gettext_lazy("Somebody said no in the last three months"),
}


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in a list. `lost`: blocks whose worker is gone and which nobody has claimed again."""

    run: ScoringRun
    cause: Words
    seconds: str
    vacancies: str
    rows: str
    faults: int
    errors: int
    lost: int


@dataclass(frozen=True, slots=True)
class Progress:
    title: Words
    done: int
    total: int
    at_work: int
    lost: int
    failed: int


@dataclass(frozen=True, slots=True)
class Timing:
    title: Words
    milliseconds: int
    seconds: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """`faults` are lists that differ from what the engine says for their day, `errors` what could not be scored, `unreadable` people who were left out; `timings` add up to `worked` milliseconds of one or several workers."""

    cause: Words
    seconds: str
    pairs_a_second: int | None
    results: list[tuple[Words, str]]
    recheck: list[tuple[Words, str]]
    faults: int
    errors: int
    unreadable: int
    timings: list[Timing]
    worked: int
    reasons: list[tuple[Words, str]]


def row_of(run: ScoringRun, lost: int) -> RunRow:
    counts = run.counts
    written = [number_format(counts[code]) for code in ("written", "unchanged", "removed") if code in counts]
    vacancies = number_format(counts["vacancies"]) if "vacancies" in counts else ""
    return RunRow(
        run, CAUSES[run.cause], seconds_of(run), vacancies, " · ".join(written), counts.get("faults", 0), counts.get("errors", 0), lost
    )


def show_run(run: ScoringRun) -> RunPage:
    timings = [Timing(title, run.timings[code], _seconds(run.timings[code])) for code, title in TIMINGS.items() if code in run.timings]
    comparing = run.timings.get("rank")
    return RunPage(
        cause=CAUSES[run.cause],
        seconds=seconds_of(run),
        pairs_a_second=round(1000 * run.pairs / comparing) if comparing else None,
        results=[(title, _told(code, run.counts[code])) for code, title in RESULTS.items() if code in run.counts and _is_told(run, code)],
        recheck=[(title, number_format(run.counts[code])) for code, title in RECHECK.items() if code in run.counts],
        faults=run.counts.get("faults", 0),
        errors=run.counts.get("errors", 0),
        unreadable=run.counts.get("unreadable", 0),
        timings=timings,
        worked=sum(timing.milliseconds for timing in timings),
        reasons=_reasons(run.counts.get("reasons", {})) if _is_told(run, "reasons") else [],
    )


def progress(run: ScoringRun, now: datetime) -> list[Progress]:
    """By step; one query."""
    counts: Any = (
        ScoringBlock.objects.filter(run=run)
        .order_by("step")
        .values("step")
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=Q(done_at__isnull=False)),
            at_work=Count("pk", filter=Q(done_at=None, lease_until__gte=now)),
            lost=Count("pk", filter=Q(done_at=None, lease_until__lt=now)),
            failed=Count("pk", filter=Q(is_failed=True)),
        )
    )
    return [Progress(STEPS[row.pop("step")], **row) for row in counts]


def seconds_of(run: ScoringRun) -> str:
    """From the start to the end; empty while it goes on."""
    return _seconds(1000 * (run.finished_at - run.started_at).total_seconds()) if run.finished_at else ""


def _seconds(milliseconds: float) -> str:
    if milliseconds < 1000:
        return _("%(milliseconds)s ms") % {"milliseconds": round(milliseconds)}
    return _("%(seconds)s s") % {"seconds": number_format(milliseconds / 1000, decimal_pos=1)}


def _is_told(run: ScoringRun, code: str) -> bool:
    """Of a vacancy or two, who passes and who fails what would tell how many refuse it themselves (`own`)."""
    return run.kind == ScoringRun.Kind.FULL or code not in ("eligible", "reasons")


def _told(code: str, count: int) -> str:
    return _few(count) if code in OF_PEOPLE else number_format(count)


def _reasons(failed: dict[str, int]) -> list[tuple[Words, str]]:
    """The most frequent first. What a person refuses (`own`) is shown to nobody."""
    known = sorted((-count, code) for code, count in failed.items() if code in REASONS and count)
    return [(REASONS[code], _few(-count)) for count, code in known]


def _few(count: int) -> str:
    return number_format(count) if count >= FEWEST else shown_count(count)
