"""Which candidates the demo's people have dealt with, for which vacancy, how far it went, and on which days: a plan, made from a seed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from matching.demo.seed import Sizes, chance_of, uid_of
from matching.demo.vacancies import WRITTEN
from matching.explain_match import kept
from matching.journey import EXPIRES
from matching.load_records import candidate_records, load_routes, load_taxonomy, vacancy_records
from matching.models import Candidate, Match, ScoringWeights, State, Vacancy
from matching.models.matches import SEAT_HOLDING
from matching.score_vacancies import current_weights
from matching.scoring import CandidateTable, VacancyTable, explain, rank
from matching.wages import DayOfWages, wages_on
from matching.weights import read_weights
from portal.accounts.cast import ORGANISATIONS

Path = tuple[State, ...]
S = State
TO_OFFER = (S.APPROVED, S.ACCEPTED, S.SELECTED, S.OFFERED)
TO_AGREED = (*TO_OFFER, S.AGREED)
# How far it went with a vacancy that is still to begin, and with one that begins or has begun. The first of each deck are all different.
AHEAD: tuple[Path, ...] = (
    (S.APPROVED,),
    (S.APPROVED, S.ACCEPTED),
    TO_OFFER,
    (S.DECLINED,),
    TO_AGREED,
    (S.APPROVED, S.ACCEPTED, S.SELECTED),
    (S.APPROVED, S.TURNED_DOWN),
    (S.APPROVED, S.ACCEPTED, S.REJECTED),
    (*TO_OFFER, S.REFUSED),
    (S.APPROVED, S.WITHDRAWN),
    (S.APPROVED,),
    (S.APPROVED, S.ACCEPTED),
    (S.DECLINED,),
    (S.APPROVED, S.ACCEPTED, S.SELECTED),
    (S.APPROVED, S.ACCEPTED, S.WITHDRAWN),
    TO_OFFER,
    (S.APPROVED,),
    (S.APPROVED, S.TURNED_DOWN),
    (S.APPROVED, S.ACCEPTED, S.SELECTED, S.REJECTED),
    (S.APPROVED, S.ACCEPTED),
    (S.DECLINED,),
)
BEGUN: tuple[Path, ...] = (
    (*TO_AGREED, S.PLACED),
    (*TO_AGREED, S.PLACED, S.ENDED),
    (S.APPROVED, S.ACCEPTED, S.REJECTED),
    (*TO_AGREED, S.PLACED),
    TO_AGREED,
    (S.APPROVED, S.TURNED_DOWN),
    (*TO_AGREED, S.PLACED),
    (*TO_AGREED, S.WITHDRAWN),
)
# A vacancy that its employer closes: what is open then expires.
CLOSED: tuple[Path, ...] = ((S.APPROVED,), (*TO_AGREED, S.PLACED), (*TO_AGREED, S.PLACED, S.ENDED), (S.APPROVED, S.ACCEPTED), (S.DECLINED,))

WAITING = frozenset({S.APPROVED, S.ACCEPTED, S.SELECTED, S.OFFERED, S.AGREED})
OF_THE_CAST = {uid_of(f"{key}-{written.occupation}") for key, rows in WRITTEN.items() for written in rows}
LONGEST = 28  # days that the histories go back: for these there are day rates
EARLY = 7  # days before the start on which people leave
EARLIER = 7  # days ago: by then a job that somebody had before is over


@dataclass(slots=True)
class History:
    """A match, unsaved and suggested, and its moves with their moments, oldest first."""

    match: Match
    moves: list[tuple[datetime, State]]
    chance: Random


@dataclass(slots=True)
class Plan:
    """`closings` are vacancies and when their employers close them: after all moves with them."""

    histories: list[History] = field(default_factory=list)
    closings: list[tuple[datetime, Vacancy]] = field(default_factory=list)


@dataclass(slots=True)
class Deck:
    """Dealt in order, over and over; what does not fit now is kept for later."""

    cards: tuple[Path, ...]
    kept: list[Path] = field(default_factory=list)
    dealt: int = 0

    def deal(self, days: Callable[[Path], list[date] | None]) -> tuple[Path, list[date]] | None:
        """The next that fits, with its days; None where none does."""
        for place, path in enumerate(self.kept):
            if (found := days(path)) is not None:
                del self.kept[place]
                return path, found
        for _ in self.cards:
            path = self.cards[self.dealt % len(self.cards)]
            self.dealt += 1
            if (found := days(path)) is not None:
                return path, found
            self.kept.append(path)
        return None


def make_plan(
    vacancies: list[Vacancy], cast: dict[int, Path], before: dict[int, Path], left_alone: Iterable[int], sizes: Sizes, now: datetime
) -> Plan:
    """For `vacancies` in their order, until there are enough.

    `cast` are candidates (ids) with paths of their own, `before` those who had a job earlier that is over, where one is found; those in
    `left_alone` have none. Everybody else is dealt with once at most.
    """
    planner = _Planner(vacancies, now, {*cast, *left_alone})
    soon = now.date() + timedelta(days=EARLY)
    begun = [vacancy for vacancy in vacancies if vacancy.starts_on is not None and vacancy.starts_on <= soon]
    ahead = [vacancy for vacancy in vacancies if vacancy not in begun]
    for candidate, path in cast.items():
        planner.deal_to(candidate, path, ahead)
    for candidate, path in before.items():
        planner.deal_to(candidate, path, begun, closes=EARLIER)
    for path in (*BEGUN[1::-1], *AHEAD[:10]):  # the longest first
        planner.show(path, begun if S.PLACED in path else ahead)
    open_ones = 0  # since the last that its employer closed
    for vacancy in vacancies:
        most = sizes.matches - len(planner.plan.histories)
        if vacancy not in begun:
            planner.deal_with(vacancy, "ahead", most)
        elif open_ones % 6:
            planner.deal_with(vacancy, "begun", most)
            open_ones += 1
        else:
            open_ones += planner.close(vacancy, most)
    return planner.plan


class _Planner:
    def __init__(self, vacancies: list[Vacancy], now: datetime, used: set[int]) -> None:
        self.now, self.today, self.used = now, now.date(), used
        self.plan, self.people = Plan(), _People(vacancies, now)
        self.decks = {"ahead": Deck(AHEAD), "begun": Deck(BEGUN), "closed": Deck(CLOSED)}
        self.seats: Counter[int] = Counter()  # taken, by vacancy

    def show(self, path: Path, vacancies: list[Vacancy]) -> None:
        """At the desk of the cast's agency everything can be seen, however few the people are."""
        home = ORGANISATIONS["dushanbe"].country
        own = [pk for pk, row in self.people.rows.items() if row.citizenship == home and pk not in self.used]
        chance_of(path[-1]).shuffle(own)
        for candidate in own:
            if self.deal_to(candidate, path, vacancies):
                return

    def deal_to(self, candidate: int, path: Path, vacancies: list[Vacancy], *, closes: int = 0) -> bool:
        """A history with the first of the vacancies that suits, on days for which the dice are thrown until they suit."""
        own = [vacancy for vacancy in vacancies if candidate in self.people.by_trade[vacancy.occupation_id]]
        for vacancy in own:
            places, chance = dict(self.people.for_vacancy(vacancy)), chance_of(f"{vacancy.uid}-{path[-1]}")
            if candidate in places:
                for _throw in range(20):
                    if self._add(vacancy, candidate, places[candidate], Deck((path,)), closes, chance):
                        return True
        return False

    def close(self, vacancy: Vacancy, most: int) -> bool:
        """The same, with the employer closing it in the end, if somebody is still waiting then: what is open expires. Whether it is so."""
        chance = chance_of(f"closing-{vacancy.uid}")
        ago, before = chance.randint(1, 3), len(self.plan.histories)
        self.deal_with(vacancy, "closed", most, closes=ago)
        is_so = any(history.moves[-1][1] in EXPIRES for history in self.plan.histories[before:])
        if is_so:
            self.plan.closings.append((_moment(self.today - timedelta(days=ago), chance), vacancy))
        return is_so

    def deal_with(self, vacancy: Vacancy, kind: str, most: int, *, closes: int = 0) -> None:
        """Histories with the best candidates of a vacancy; of one that is ahead the very best are left for the desk.

        `closes`: all is over before so many days ago.
        """
        chance = chance_of(f"histories-{vacancy.uid}")
        wanted = min(_how_many(vacancy, kind, chance, self.now), most)
        for candidate, place in self.people.for_vacancy(vacancy):
            if wanted > 0 and candidate not in self.used and (kind != "ahead" or place > 2):
                wanted -= self._add(vacancy, candidate, place, self.decks[kind], closes, chance)

    def _add(self, vacancy: Vacancy, candidate: int, place: int, deck: Deck, closes: int, chance: Random) -> bool:
        """Whether a card fits, and the score would have suggested the two then."""
        seats = vacancy.seats_left - self.seats[vacancy.pk] - (not closes)  # one is left in what goes on
        dealt = deck.deal(partial(_days, vacancy, self.people.since[candidate], seats, closes, chance, self.today))
        if dealt is None:
            return False
        path, days = dealt
        match = self.people.suggest(candidate, vacancy, place, days[0])
        if match is None:
            deck.kept.append(path)
            return False
        match.uid = uid_of(f"match-{len(self.plan.histories)}")
        moves = [(_moment(day, chance), state) for day, state in zip(days, path, strict=True)]
        self.plan.histories.append(History(match, moves, chance))
        self.used.add(candidate)
        self.seats[vacancy.pk] += _takes_a_seat(path)
        return True


def _takes_a_seat(path: Path) -> bool:
    return not set(path).isdisjoint(SEAT_HOLDING)


def _how_many(vacancy: Vacancy, kind: str, chance: Random, now: datetime) -> int:
    assert vacancy.published_at is not None
    days = (now - vacancy.published_at).days
    if days < 3:
        return 0
    if vacancy.uid in OF_THE_CAST:
        return 6
    return chance.randint(2, 4) if kind != "ahead" else chance.randint(0, 2) if days < 10 else chance.randint(1, 2)


def _days(vacancy: Vacancy, since: date, seats: int, closes: int, chance: Random, today: date, path: Path) -> list[date] | None:
    """A day a move, all of them past and after the vacancy and the care began; None where they do not fit in.

    What waits for somebody waits for less than a week. Who leaves does so about when the work starts.
    """
    assert vacancy.published_at is not None and vacancy.starts_on is not None
    if _takes_a_seat(path) and seats <= 0:
        return None
    oldest = min(LONGEST, (today - max(vacancy.published_at.date(), since)).days - 1)
    newest = closes + 1
    last = chance.randint(newest, newest + 5) if path[-1] in WAITING else chance.randint(newest, max(newest, oldest - len(path)))
    earlier = len(path) - 1
    if path[-1] == S.PLACED:
        last = min(last, (today - vacancy.starts_on).days + EARLY)
    if path[-1] == S.ENDED:
        last, earliest = newest, (today - vacancy.starts_on).days + EARLY
        left = chance.randint(last + 1, max(last + 1, min(earliest, oldest - earlier + 1)))
        if left > earliest or oldest - left < earlier - 1:
            return None
        before = sorted(chance.sample(range(left + 1, oldest + 1), earlier - 1), reverse=True)
        return [today - timedelta(days=ago) for ago in (*before, left, last)]
    if last < newest or oldest - last < earlier:
        return None
    return [today - timedelta(days=ago) for ago in (*sorted(chance.sample(range(last + 1, oldest + 1), earlier), reverse=True), last)]


def _moment(day: date, chance: Random, first: int = 4, last: int = 12) -> datetime:
    """Between two hours of UTC: as it stands those of Dushanbe's offices."""
    return datetime.combine(day, time(chance.randint(first, last), chance.randint(0, 59)), UTC)


class _People:
    """Candidates who are looking for work, as the score sees them on whatever day."""

    def __init__(self, vacancies: list[Vacancy], now: datetime) -> None:
        self.vacancies, self.today = vacancies, now.date()
        self.asked: dict[date, dict[int, dict[str, Any]]] = {}
        self.weights_row: ScoringWeights = current_weights(now)
        self.weights, self.routes = read_weights(self.weights_row, load_taxonomy()), load_routes()
        self.wages: dict[date, DayOfWages] = {}
        looking = Candidate.objects.looking()
        self.records = {row["id"]: row for row in candidate_records(looking, self._wages(self.today)) if row["free"]}
        self.rows = looking.in_bulk()
        self.since = {pk: row.registered_at.date() for pk, row in self.rows.items()}
        self.by_trade: defaultdict[int, set[int]] = defaultdict(set)
        for pk, record in self.records.items():
            for occupation in (*record["wanted"], *(job for job, _months, _ended in record["work"] or ())):
                self.by_trade[occupation].add(pk)

    def _wages(self, day: date) -> DayOfWages:
        if day not in self.wages:
            self.wages[day] = wages_on(day)
        return self.wages[day]

    def _asked(self, vacancy: Vacancy, day: date) -> VacancyTable:
        if day not in self.asked:
            self.asked[day] = {record["id"]: record for record in vacancy_records(self.vacancies, self._wages(day), day)}
        return VacancyTable.from_records([self.asked[day][vacancy.pk]])

    def for_vacancy(self, vacancy: Vacancy) -> list[tuple[int, int]]:
        """(candidate, place in the list), the best first: of the vacancy's own trade."""
        pool = sorted(self.by_trade[vacancy.occupation_id])
        table = CandidateTable.from_records([self.records[pk] for pk in pool])
        [rows] = rank(table, self._asked(vacancy, self.today), self.weights, self.routes, on=self.today, top=len(pool), gate=True).rows
        return [(pool[row], place) for place, row in enumerate(rows, 1) if row >= 0]

    def suggest(self, candidate: int, vacancy: Vacancy, place: int, day: date) -> Match | None:
        """The match as a run of the night before `day` would have suggested it; None where it would not have."""
        wages, row = self._wages(day), self.rows[candidate]
        record: dict[str, Any] = self.records[candidate] | {
            "wage_floor": wages.cents(row.wage_floor, row.wage_currency),
            "wage_wish": wages.cents(row.wage_wish, row.wage_currency),
        }
        why = explain(CandidateTable.from_records([record]), 0, self._asked(vacancy, day), 0, self.weights, self.routes, on=day)
        if why.failed or not why.is_proposable:
            return None
        return Match(
            vacancy=vacancy,
            candidate=row,
            points=why.points,
            fits_job=why.fits.total,
            suits_person=why.suits.total,
            tier=why.tier,
            rank=place,
            weights=self.weights_row,
            scoring_day=day,
            candidate_revision=row.revision,
            vacancy_revision=vacancy.revision,
            explanation=kept(why, self.weights_row, row.revision, vacancy.revision),
            created_at=_moment(day, Random(str(row.uid)), 1, 2),  # the night's run
        )
