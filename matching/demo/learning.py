"""The demo's candidates as learners: whoever has agreed to a contract has learnt first."""

from matching.demo.seed import uid_of
from matching.models import Candidate, MatchEvent, State
from orientation.demo import DemoLearner, Stage
from portal.accounts.cast import PEOPLE

# The cast's own stages: Farrukh goes on with his second lesson.
STAGES = {"farrukh": Stage.SOME, "aigul": Stage.BEGUN, "dilnoza": Stage.PASSED}


def learners(people: int) -> list[DemoLearner]:
    """Those of the demo's candidates who have an account."""
    agreed = {
        event.match.candidate_id: event.at
        for event in MatchEvent.objects.filter(after=State.AGREED).select_related("match").order_by("-at", "-pk")
    }
    stages = {PEOPLE[key].phone: stage for key, stage in STAGES.items()}
    uids = [uid_of(key) for key in (*STAGES, *range(people))]
    rows = Candidate.objects.filter(uid__in=uids, user__isnull=False).select_related("user").order_by("pk")
    return [
        DemoLearner(
            user=row.user,
            name=f"{row.given_name} {row.family_name}",
            corridor=f"{row.citizenship}-{_destination(row)}",
            since=row.registered_at,
            ready=agreed.get(row.pk),
            stage=stages.get(row.user.phone),
        )
        for row in rows
        if row.user is not None
    ]


def _destination(candidate: Candidate) -> str:
    named = [*candidate.wanted_countries, *candidate.accepted_countries]
    return "KZ" if named and "RU" not in named else "RU"
