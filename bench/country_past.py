"""What has happened in such a country (bench/country.py): matches in every state with their events, offers and seats, and what people said
to each other about them. A few hundred explanations are made by the engine; each stands with many matches of its occupation.

Moves are written as rows, by COPY: the use cases would take hours. What the database checks, it checks here, too.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, models, transaction

from bench.country_talk import talk
from bench.fill import copy, copy_rows
from matching.demo.histories import an_offer
from matching.demo.plan import TO_AGREED, TO_OFFER, Path
from matching.demo.seed import chance_of
from matching.explain_match import kept
from matching.load_records import candidate_records, load_routes, load_taxonomy, vacancy_records
from matching.models import Candidate, Care, Match, MatchEvent, Offer, State, Vacancy
from matching.models.matches import SEAT_HOLDING
from matching.score_vacancies import current_weights
from matching.scoring import CandidateTable, VacancyTable, explain
from matching.states import TABLE
from matching.wages import wages_on
from matching.weights import read_weights
from portal.organisations.models import Membership

S = State
YES = (S.APPROVED, S.ACCEPTED)
PATHS: dict[Path, int] = {  # how far it went, and how often of a thousand
    (S.APPROVED,): 130,
    (S.DECLINED,): 280,
    (S.DECLINED, S.SUGGESTED): 15,
    (S.APPROVED, S.TURNED_DOWN): 90,
    (S.APPROVED, S.WITHDRAWN): 60,
    (S.APPROVED, S.EXPIRED): 60,
    YES: 90,
    (*YES, S.REJECTED): 80,
    (*YES, S.WITHDRAWN): 25,
    (*YES, S.SELECTED): 25,
    TO_OFFER: 18,
    (*TO_OFFER, S.REFUSED): 7,
    TO_AGREED: 20,
    (*TO_AGREED, S.PLACED): 60,
    (*TO_AGREED, S.PLACED, S.ENDED): 40,
}
EXPLANATIONS = 3  # an occupation
LONGEST = 60  # days that it goes back
STEADY = 100  # matches that nobody moved, beside a thousand that somebody did: named by the candidate, waiting for review


@dataclass(frozen=True, slots=True)
class Past:
    """One match with all its moves, the oldest first."""

    match: int
    vacancy: int
    candidate: int
    occupation: int
    path: Path
    at: list[datetime]
    staff: int
    user: int | None  # the candidate's account

    @property
    def state(self) -> State:
        return self.path[-1] if self.path else S.SUGGESTED


def live_through(acted: int, now: datetime) -> None:
    """On lists that a full run has made."""
    with transaction.atomic():
        explained = explanations(now)
        pasts = plan(acted, set(explained), now)
        write_matches(pasts, explained, now)
        write_events(pasts)
        write_offers(pasts)
        take_seats(pasts)
        talk(pasts, now)


def explanations(now: datetime) -> dict[int, list[int]]:
    """By occupation, the rows of the table `why`: made by the engine for the best of some lists."""
    best = Match.objects.untouched().filter(rank__lte=EXPLANATIONS).order_by("rank", "vacancy")
    chosen: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for occupation, *pair in best.values_list("vacancy__occupation", "candidate", "vacancy"):
        if len(chosen[occupation]) < EXPLANATIONS:
            chosen[occupation].append((pair[0], pair[1]))
    explain_pair = _explainer([pair for pairs in chosen.values() for pair in pairs], now)
    numbered: defaultdict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE why (number int, explanation jsonb)")
        for number, (occupation, pair) in enumerate((occupation, pair) for occupation, pairs in chosen.items() for pair in pairs):
            cursor.execute("INSERT INTO why VALUES (%s, %s)", [number, json.dumps(explain_pair(*pair))])
            numbered[occupation].append(number)
    return dict(numbered)


def _explainer(pairs: list[tuple[int, int]], now: datetime) -> Callable[[int, int], dict[str, Any]]:
    """As `explain_match()` does it, with everything read once."""
    day, version = now.date(), current_weights(now)
    wages, weights, routes = wages_on(day), read_weights(version, load_taxonomy()), load_routes()
    candidates, vacancies = zip(*pairs, strict=True)
    people = {row["id"]: row for row in candidate_records(Candidate.objects.filter(pk__in=candidates), wages)}
    jobs = {row["id"]: row for row in vacancy_records(Vacancy.objects.filter(pk__in=vacancies).with_asked(), wages, day)}

    def explain_pair(candidate: int, vacancy: int) -> dict[str, Any]:
        told, asked = CandidateTable.from_records([people[candidate]]), VacancyTable.from_records([jobs[vacancy]])
        return kept(explain(told, 0, asked, 0, weights, routes, on=day), version, 1, 1)

    return explain_pair


def plan(acted: int, occupations: set[int], now: datetime) -> list[Past]:
    """Of who is in care. A vacancy keeps a place; whoever has agreed or left has nothing else going on."""
    agency = dict(Care.objects.open().values_list("candidate", "agency"))
    staff = defaultdict(list)
    for organisation, user in Membership.objects.filter(organisation__kind="agency").order_by("pk").values_list("organisation", "user"):
        staff[organisation].append(user)
    seats = {pk: left - 1 for pk, left in Vacancy.objects.values_list("pk", models.F("openings") - models.F("seats_taken"))}
    rows = Match.objects.untouched().filter(vacancy__occupation__in=occupations).order_by("pk")
    matches = list(rows.values_list("pk", "vacancy", "candidate", "vacancy__occupation", "candidate__user"))
    dice = chance_of("country-past")
    dice.shuffle(matches)
    gone: set[int] = set()
    busy: set[int] = set()
    pasts: list[Past] = []
    paths, often = [*PATHS, ()], [*PATHS.values(), STEADY]
    for match, vacancy, candidate, occupation, user in matches:
        if len(pasts) == acted:
            break
        if candidate not in agency:
            continue
        path = dice.choices(paths, often)[0]
        if (path and path[-1] in (S.AGREED, S.PLACED) and candidate in busy) or candidate in gone:
            path = (S.DECLINED,)
        if not set(path).isdisjoint(SEAT_HOLDING):
            if seats[vacancy] <= 0:
                path = (*YES, S.REJECTED)
            else:
                seats[vacancy] -= 1
        busy.add(candidate)
        if path and path[-1] in (S.AGREED, S.PLACED):
            gone.add(candidate)
        who = dice.choice(staff[agency[candidate]])
        pasts.append(Past(match, vacancy, candidate, occupation, path, moments(len(path), dice, now), who, user))
    return pasts


def moments(count: int, dice: Random, now: datetime) -> list[datetime]:
    return sorted(now - timedelta(minutes=dice.randint(5, LONGEST * 24 * 60)) for _ in range(count))


def write_matches(pasts: list[Past], explained: dict[int, list[int]], now: datetime) -> None:
    dice = chance_of("country-cases")
    rows = []
    for past in pasts:
        is_found = not past.path
        interested = now - timedelta(hours=dice.randint(1, 400)) if is_found else None
        created = (past.at[0] if past.at else interested or now) - timedelta(days=1)
        is_open = past.state in (S.SUGGESTED, *TO_AGREED)
        assigned = past.staff if is_open and dice.random() < 0.4 else None
        rows.append((past.match, past.state, interested, created, assigned, dice.choice(explained[past.occupation])))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE past (match bigint, state text, interested timestamptz, created timestamptz, assigned bigint, why int)"
        )
        copy_rows("past", ("match", "state", "interested", "created", "assigned", "why"), rows)
        cursor.execute("ANALYZE past")
        cursor.execute(
            "UPDATE matching_match SET state = past.state, touched = true, interested_at = interested, created_at = created,"
            " assigned_to_id = assigned, explanation = why.explanation, scoring_day = created::date"
            " FROM past JOIN why ON why.number = past.why WHERE past.match = matching_match.id"
        )
        cursor.execute("DROP TABLE past, why")


def write_events(pasts: list[Past]) -> None:
    employers = dict(Vacancy.objects.values_list("pk", "created_by"))
    dice = chance_of("country-reasons")

    def actor(past: Past, before: State, after: State) -> int | None:
        by = TABLE[before, after].by
        if "safar" in by:
            return None
        if "employer" in by:
            return employers[past.vacancy]
        return past.user if past.user and "candidate" in by else past.staff

    def events() -> Iterable[MatchEvent]:
        for past in pasts:
            for before, after, at in zip((S.SUGGESTED, *past.path), past.path, past.at, strict=False):
                asks = TABLE[before, after].reasons
                reason = dice.choice(asks.values) if asks else ""
                yield MatchEvent(match_id=past.match, before=before, after=after, actor_id=actor(past, before, after), reason=reason, at=at)

    copy(events())


def write_offers(pasts: list[Past]) -> None:
    vacancies = Vacancy.objects.select_related("employer", "occupation").in_bulk()
    dice = chance_of("country-offers")
    found = []
    for past in pasts:
        if S.OFFERED in past.path:
            offer: Offer = an_offer(vacancies[past.vacancy], dice)
            offer.match_id, offer.number, offer.entered_by_id = past.match, 1, past.staff
            offer.entered_at = past.at[past.path.index(S.OFFERED)]
            if S.AGREED in past.path:
                offer.agreed_at = past.at[past.path.index(S.AGREED)]
            found.append(offer)
    copy(found)


def take_seats(pasts: list[Past]) -> None:
    """Who has left keeps the seat, also when it has ended."""
    keeps = (*SEAT_HOLDING, S.ENDED)
    taken = Counter(past.vacancy for past in pasts if past.state in keeps)
    rows = list(Vacancy.objects.filter(pk__in=taken).only("pk", "seats_taken"))
    for row in rows:
        row.seats_taken += taken[row.pk]
    Vacancy.objects.bulk_update(rows, ["seats_taken"], batch_size=1000)
