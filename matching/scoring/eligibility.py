"""Stage 0: who may be proposed at all. A filter with reasons; never a low score."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from matching.scoring.routes import Routes
from matching.scoring.tables import EXCLUDED, Candidate, Vacancy

REASONS = (
    "free",
    "danger",
    "age",
    "route",
    "language",
    "licence",
    "certificate",
    "employer",
    "vacancy",
    "dates",
    "own",
    "history",
)
LATEST = timedelta(days=30)  # after the start
Refused = Container[tuple[int, int]]  # ids: (candidate, vacancy)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Of one pair. `failed` are codes in the order of REASONS; `unanswered` those of them that an answer may lift.

    `start` is when the work begins, `ready` when the candidate can be there with papers in hand; both never before the scoring day.
    """

    failed: tuple[str, ...]
    unanswered: tuple[str, ...]
    start: date
    ready: date
    lead_days: int | None

    @property
    def days_late(self) -> int:
        return max(0, (self.ready - self.start).days)


def check_pair(candidate: Candidate, vacancy: Vacancy, routes: Routes, on: date, refused: Refused = ()) -> Eligibility:
    """Tests a pair for the scoring day `on`. Law and papers are tested on the start day.

    Where there is no legal way, nobody knows how long papers take: `dates` then counts none.
    """
    start = max(vacancy.starts_on, on)
    lead_days = routes.lead_days(candidate, vacancy, start)
    ready = _later(max(candidate.available_on, on), lead_days or 0)
    language, ask_language = _languages(candidate, vacancy)
    licence, ask_licence = _licences(candidate, vacancy, routes, start)
    certificate, ask_certificate = _certificates(candidate, vacancy, start)
    out = (
        not candidate.free,
        vacancy.blocked == "danger",
        candidate.adult_on > start,
        lead_days is None,
        language,
        licence,
        certificate,
        vacancy.blocked == "employer",
        vacancy.blocked == "vacancy" or vacancy.seats_left <= 0,
        ready - start > LATEST,
        _excluded_by_candidate(candidate, vacancy),
        (candidate.id, vacancy.id) in refused,
    )
    if True not in out:
        return Eligibility((), (), start, ready, lead_days)
    failed = tuple([code for code, is_out in zip(REASONS, out, strict=True) if is_out])
    asks = (("language", ask_language), ("licence", ask_licence), ("certificate", ask_certificate))
    return Eligibility(failed, tuple([code for code, ask in asks if ask]), start, ready, lead_days)


def _later(day: date, days: int) -> date:
    """The calendar ends with the year 9999."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _languages(candidate: Candidate, vacancy: Vacancy) -> tuple[bool, bool]:
    """(out, an answer may lift it). Not answered counts as no knowledge; a known level that is too low is not lifted by asking."""
    low = [code for code, (minimum, _) in vacancy.languages.items() if candidate.languages.get(code, 0) < minimum]
    return (True, not any(code in candidate.languages for code in low)) if low else (False, False)


def _licences(candidate: Candidate, vacancy: Vacancy, routes: Routes, start: date) -> tuple[bool, bool]:
    if not vacancy.licences:
        return False, False
    held = candidate.licences or ()
    out = not all(
        any(mine == category and routes.recognises(mine, issuing, vacancy.country, start) for mine, issuing in held)
        for category in vacancy.licences
    )
    return out, out and candidate.licences is None


def _certificates(candidate: Candidate, vacancy: Vacancy, start: date) -> tuple[bool, bool]:
    if not vacancy.certificates:
        return False, False
    held = candidate.certificates or {}
    out = not all(code in held and held[code] >= start for code in vacancy.certificates)
    return out, out and candidate.certificates is None


def _excluded_by_candidate(candidate: Candidate, vacancy: Vacancy) -> bool:
    return (
        candidate.wishes.get(vacancy.country) == EXCLUDED
        or candidate.regions.get(vacancy.region) == EXCLUDED
        or (candidate.wage_floor is not None and vacancy.wage < candidate.wage_floor)
    )
