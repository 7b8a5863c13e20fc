"""The audit: who comes how far, by sex, citizenship and home region. Read beside the engine; nothing of it is ever passed to it.

The unit is the person. Everybody who is looking for work goes through the same steps, and each step is counted among those who came
to the one before (`BASE`). What the law decides (route, age, licence) stands apart and is never tested: Safar cannot change it here.
The other steps are tested (matching/fairness.py); a month in which a group is behind as the month before tells the operators.

`ScoringAudit.lines`, version 1:

    {"version": 1, "people": 1234, "lines": [{"step": "shortlisted", "attribute": "sex", "group": "woman", "people": 400, "reached": 300,
     "against": "man", "ratio": 0.79, "p": 0.003, "is_different": true, "months": 2}, …]}

`people` of a line could come to the step, `reached` did. `group` is "" where somebody has not said. `against`, `ratio` and `p` (Holm's)
are null where nothing was tested; `months` is how many months' audits in a row say `is_different`, 0 in the audit of a run.
The counts are exact: whoever shows them hides the small ones (matching/hide_small.py).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from matching.fairness import Group, Verdict, verdicts
from matching.models import Candidate, Match, MatchEvent, Reach, ScoringAudit, ScoringRun, State
from matching.send_notice import send_notice
from matching.states import BEFORE_DEPARTURE
from matching.warm import Warm
from matching.within_reach import LAW, within_reach

VERSION = 1
STEPS = (*LAW, "eligible", "listed", "shortlisted", "approved")
LOOKING = ""  # everybody who is looking for work
BASE = dict(zip(STEPS, (LOOKING, *LAW, "eligible", "eligible", "eligible"), strict=True))
TESTED = STEPS[len(LAW) :]
ATTRIBUTES = ("sex", "citizenship", "region")
BIT = {step: 1 << place for place, step in enumerate(STEPS)} | {LOOKING: 0}

Steps = dict[int, int]  # candidate: bits
Behind = dict[tuple[str, str, str], int]  # (attribute, step, group): months


def audit_run(run: ScoringRun, now: datetime, warm: Warm | None = None) -> ScoringAudit:
    """Of a full run whose lists and shortlists are written. Once a run, however often it is called; adds to what the month's audit counts."""
    done = ScoringAudit.objects.filter(run=run).first()
    if done is not None:
        return done
    month = run.day.replace(day=1)
    steps = steps_of_run(run, warm or Warm())
    lines = lines_of(_with_approved(steps, month, now), None)
    with transaction.atomic():
        audit, is_new = ScoringAudit.objects.get_or_create(run=run, defaults={"made_at": now, "lines": lines})
        if is_new:
            _remember(month, steps)
    return audit


def audit_due_months(now: datetime) -> int:
    """Audit each month that is over, the oldest first; a day on which nobody came by is caught up with. Returns how many."""
    over = now.date().replace(day=1)
    if ScoringRun.objects.filter(kind=ScoringRun.Kind.FULL, finished_at=None, day__lt=over).exists():
        return 0  # it still adds to its month
    made = ScoringAudit.objects.exclude(month=None).values("month")
    due = Reach.objects.filter(month__lt=over).exclude(month__in=made).order_by("month").values_list("month", flat=True).distinct()
    months = list(due)
    for month in months:
        audit_month(month, now)
    return len(months)


@transaction.atomic
def audit_month(month: date, now: datetime) -> ScoringAudit:
    """Of all full runs of a month, given by its first day: somebody reached a step who did so in one of them. Once a month.

    Tells the operators of a group that is behind for the second month running, and forgets how far each person came.
    """
    standing = ScoringAudit.objects.filter(month=month).first()
    if standing is not None:
        return standing
    steps = dict(Reach.objects.filter(month=month).order_by("candidate").values_list("candidate_id", "steps"))
    before = ScoringAudit.objects.filter(month=_month_after(month, -1)).first()
    lines = lines_of(_with_approved(steps, month, now), _months_behind(before))
    audit, is_new = ScoringAudit.objects.get_or_create(month=month, defaults={"made_at": now, "lines": lines})
    if is_new:
        Reach.objects.filter(month=month).delete()
        if notices(audit):
            audit.noticed_at = now
            audit.save(update_fields=["noticed_at"])
            send_notice(now)
    return audit


def notices(audit: ScoringAudit) -> list[dict[str, Any]]:
    """The lines that say that a group is behind for two months running or longer."""
    return [line for line in audit.lines["lines"] if line["months"] >= 2]


def steps_of_run(run: ScoringRun, warm: Warm) -> Steps:
    """How far each person came who is looking for work: by the engine, then by the lists and shortlists that stand."""
    reached = within_reach(run.day, run.weights, warm)
    matched = Match.objects.order_by().values_list("candidate_id", flat=True).distinct()
    proposed = set(matched.filter(state__in=BEFORE_DEPARTURE))  # they have what a shortlist would give
    listed = set(matched.filter(state=State.SUGGESTED, rank__isnull=False)) | proposed
    chosen = set(matched.filter(chosen_in=run)) | proposed
    sets = {**reached.law, "eligible": reached.eligible, "listed": listed | chosen, "shortlisted": chosen}
    return {pk: sum(BIT[step] for step, members in sets.items() if pk in members) for pk in reached.people}


def _with_approved(steps: Steps, month: date, now: datetime) -> Steps:
    """An agency has approved a match of theirs in that month, up to now."""
    since, until = (datetime(day.year, day.month, 1, tzinfo=UTC) for day in (month, _month_after(month)))
    events = MatchEvent.objects.filter(after=State.APPROVED, at__gte=since, at__lt=min(until, now)).order_by()
    approved = set(events.values_list("match__candidate_id", flat=True))
    return {pk: bits | BIT["approved"] if pk in approved else bits for pk, bits in steps.items()}


def lines_of(steps: Steps, behind: Behind | None) -> dict[str, Any]:
    """As `ScoringAudit.lines` holds them. `behind` says of whom the month before said so, and for how many months; None: no month's audit."""
    people = Counter(_groups_of(steps))
    counted = [group for place, attribute in enumerate(ATTRIBUTES) for step in STEPS for group in _count(people, place, attribute, step)]
    tested = [group for group in counted if group.table[1] in TESTED]
    found = dict(zip(tested, verdicts(tested), strict=True))
    lines = []
    for group in counted:
        (attribute, step), verdict = group.table, found.get(group, Verdict())
        months = 0 if behind is None or not verdict.is_different else behind.get((attribute, step, group.name), 0) + 1
        about = {"step": step, "attribute": attribute, "group": group.name, "people": group.people, "reached": group.reached}
        lines.append(about | asdict(verdict) | {"months": months})
    return {"version": VERSION, "people": len(steps), "lines": lines}


def _groups_of(steps: Steps) -> Iterable[tuple[str, str, str, int]]:
    """(sex, citizenship, home region, bits) of each person; what somebody has not said, or took back, is empty."""
    fields = ("pk", "statistics__sex", "citizenship", "home_region")
    for pk, sex, citizenship, region in Candidate.objects.order_by("pk").values_list(*fields).iterator():
        if pk in steps:
            yield sex or "", citizenship, region or "", steps[pk]


def _count(people: Counter[tuple[str, str, str, int]], place: int, attribute: str, step: str) -> list[Group]:
    could, did = Counter[str](), Counter[str]()
    for (*said, bits), number in people.items():
        could[said[place]] += number if bits & BIT[BASE[step]] == BIT[BASE[step]] else 0
        did[said[place]] += number if bits & BIT[BASE[step]] == BIT[BASE[step]] and bits & BIT[step] else 0
    return [Group((attribute, step), name, could[name], did[name]) for name in sorted(could)]


def _months_behind(audit: ScoringAudit | None) -> Behind:
    lines = audit.lines["lines"] if audit is not None else []
    return {(line["attribute"], line["step"], line["group"]): line["months"] for line in lines}


def _month_after(month: date, by: int = 1) -> date:
    count = month.year * 12 + month.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)


# One statement, however many people: a step that was reached in an earlier run stays so, and a row to which nothing comes is not written.
REMEMBER = """
    INSERT INTO matching_reach (month, candidate_id, steps)
    SELECT %s, candidate.id, told.steps FROM unnest(%s::bigint[], %s::int[]) AS told (id, steps) JOIN matching_candidate candidate USING (id)
    ON CONFLICT (month, candidate_id) DO UPDATE SET steps = matching_reach.steps | EXCLUDED.steps
    WHERE matching_reach.steps | EXCLUDED.steps <> matching_reach.steps
"""


def _remember(month: date, steps: Steps) -> None:
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [month, list(steps), list(steps.values())])
