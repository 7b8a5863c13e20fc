"""The candidates of the demo: three of the cast with whole profiles, the others made up from a seed and dated from the day of seeding."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.db import connection

from matching.demo.agencies import LANGUAGES, load_agencies
from matching.demo.intake import WALK_INS
from matching.demo.market import Market
from matching.demo.names import full_name
from matching.demo.pay import REGIONS, TENGE, rounded, usual_wage
from matching.demo.seed import Sizes, chance_of, month_before, uid_of
from matching.demo.trades import CERTIFICATES, LICENCES
from matching.demo.write import Draft, write
from matching.models import Candidate, StatisticsAnswers
from matching.models.candidates import adult_on
from matching.models.taxonomy import Importance
from matching.models.vacancies import Condition
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.money.amounts import Currency
from portal.places.corridors import DESTINATIONS

AT_ONCE = 100  # candidates in one transaction: what a load that is killed loses


@dataclass(frozen=True, slots=True)
class Cast:
    """A full profile of one of the cast. Skills: every essential one of the trade at `level`, and those in `also`."""

    key: str
    given: str
    family: str
    region: str
    born: tuple[int, int]  # years before the seeding, month
    trade: str
    years: int
    level: int
    also: tuple[str, ...]
    russian: int
    floor: int
    wish: int
    regions: tuple[str, ...]


CAST = [
    Cast("farrukh", "Фаррух", "Раҳимов", "TJ-KT", (28, 3), "bricklayer", 7, 3, ("blocklaying", "scaffolding"), 3, 60000, 90000, ("RU-TA",)),
    Cast("aigul", "Айгүл", "Токтосунова", "KG-GO", (31, 7), "sewing-machinist", 9, 3, (), 4, 45000, 70000, ()),
    Cast("dilnoza", "Dilnoza", "Yusupova", "UZ-NG", (26, 10), "cook", 5, 2, (), 3, 50000, 80000, ()),
]
HOMES = {
    "TJ": ("TJ-KT", "TJ-KT", "TJ-SU", "TJ-SU", "TJ-RA", "TJ-DU", "TJ-GB"),
    "UZ": ("UZ-NG", "UZ-FA", "UZ-AN", "UZ-SA", "UZ-QA", "UZ-SU", "UZ-XO", "UZ-BU"),
    "KG": ("KG-O", "KG-GO", "KG-J", "KG-B", "KG-C", "KG-T", "KG-N"),
}


def load_cast_candidates(now: datetime) -> None:
    """Comes after the cast and the starter content. Twice is the same as once; what somebody changed in the demo stays."""
    agencies, market = load_agencies(now), Market()
    for each in CAST:
        user = User.objects.get(phone=PEOPLE[each.key].phone)
        if not Candidate.objects.filter(user=user).exists():
            write([cast_draft(each, user, market, now)], agencies)


def load_made_up_candidates(sizes: Sizes, now: datetime, report: Callable[[int, int], None] = lambda done, total: None) -> int:
    """The rest, up to the size. Returns how many were new; `report` is told how many stand, of how many."""
    wanted = {uid_of(number): number for number in range(len(CAST), sizes.people - len(WALK_INS))}
    for uid in Candidate.objects.filter(uid__in=wanted).order_by("pk").values_list("uid", flat=True):
        del wanted[uid]
    if not wanted:
        return 0
    agencies, market, new = load_agencies(now), Market(sizes.trades), list(wanted.items())
    for start in range(0, len(new), AT_ONCE):
        report(sizes.people - len(new) + start, sizes.people)
        drafts = [made_up(number, market, now) for _, number in new[start : start + AT_ONCE]]
        write(drafts, agencies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what comes next asks much, and the server's own look at the new rows comes too late for it
    report(sizes.people, sizes.people)
    return len(new)


def cast_draft(each: Cast, user: User, market: Market, now: datetime) -> Draft:
    today, country = now.date(), each.region[:2]
    slugs = {need.skill.slug: need.skill_id for need in market.occupations[each.trade].needs.all()}
    candidate = Candidate(
        uid=uid_of(each.key),
        user=user,
        given_name=each.given,
        family_name=each.family,
        citizenship=country,
        born_in=date(today.year - each.born[0], each.born[1], 1),
        home_region_id=each.region,
        located_in=country,
        has_worked=True,
        wanted_countries=["RU"],
        accepted_countries=["KZ"],
        wanted_regions=list(each.regions),
        conditions=[Condition.HOUSING, Condition.TRAVEL],
        wage_floor=Decimal(each.floor),
        wage_wish=Decimal(each.wish),
        available_on=today + timedelta(days=14),
        registered_at=now - timedelta(days=30),
    )
    return Draft(
        candidate,
        skills=dict.fromkeys(market.skills(each.trade, Importance.ESSENTIAL), each.level)
        | {slugs[slug]: 2 for slug in each.also if slug in slugs},
        jobs=[(each.trade, 12 * each.years, month_before(today, 4))],
        languages={"ru": each.russian, "en": 0},
        wanted=[each.trade],
        certificates=[(CERTIFICATES[each.trade], today + timedelta(days=700))] if each.trade in CERTIFICATES else [],
    )


def made_up(number: int, market: Market, now: datetime) -> Draft:
    """Eighteen to sixty, at work since they grew up, in the trade that their skills are of."""
    chance, today = chance_of(number), now.date()
    country = chance.choices(["TJ", "UZ", "KG"], [45, 32, 23])[0]
    trade = chance.choices(market.trades, [trade.weight for trade in market.trades])[0]
    is_woman = chance.random() * 100 < trade.women
    given, family = full_name(country, is_woman, chance)
    age = chance.choices([chance.randint(18 * 12 + 1, 35 * 12), chance.randint(35 * 12, 60 * 12)], [65, 35])[0]  # in months
    candidate = Candidate(
        uid=uid_of(number),
        given_name=given,
        family_name=family,
        citizenship=country,
        born_in=month_before(today, age),
        home_region_id=chance.choice(HOMES[country]),
        available_on=today + timedelta(days=chance.randint(0, 75)) if chance.random() < 0.75 else None,
        registered_at=now - timedelta(days=chance.randint(1, 75), minutes=chance.randint(0, 600)),
    )
    _say_where(candidate, chance)
    _say_wages(candidate, market.occupations[trade.slug].isco, chance)
    jobs = _jobs(candidate, trade.slug, market, chance, today)
    licences = [(category, country) for category in LICENCES.get(trade.slug, ()) if chance.random() < 0.9]
    if not licences and chance.random() < 0.3:
        licences = [("B", country)]
    certificate = CERTIFICATES.get(trade.slug)
    wanted = [trade.slug] if chance.random() < 0.85 else []
    if market.siblings[trade.slug] and chance.random() < 0.35:
        wanted.append(chance.choice(market.siblings[trade.slug]))
    return Draft(
        candidate,
        skills=_skills(trade.slug, market, chance, best=4 if jobs and jobs[0][1] > 60 else 3 if jobs else 2),
        jobs=jobs,
        languages=_languages(chance),
        wanted=wanted,
        account=_account(number, candidate, chance),
        licences=licences,
        certificates=[(certificate, today + timedelta(days=chance.randint(200, 900)))] if certificate and chance.random() < 0.7 else [],
        in_care=chance.random() < 0.95,
        statistics={"sex": StatisticsAnswers.Sex.WOMAN if is_woman else StatisticsAnswers.Sex.MAN, "children": chance.randint(0, 5)}
        if chance.random() < 0.7
        else None,
    )


def _say_where(candidate: Candidate, chance: Random) -> None:
    """Where they are, where they would go and what they ask for besides the wage."""
    place = chance.choices(["home", "papers", "none", ""], [84, 7, 3, 6])[0]
    candidate.located_in = {"home": candidate.citizenship, "": ""}.get(place, chance.choice(DESTINATIONS))
    candidate.has_papers = {"papers": True, "none": False}.get(place)
    wishes = {
        code: chance.choices(["wanted", "accepted", "excluded", ""], odds)[0]
        for code, odds in (("RU", [68, 14, 6, 12]), ("KZ", [26, 34, 12, 28]))
    }
    candidate.wanted_countries = [code for code, wish in wishes.items() if wish == "wanted"]
    candidate.accepted_countries = [code for code, wish in wishes.items() if wish == "accepted"]
    candidate.excluded_countries = [code for code, wish in wishes.items() if wish == "excluded"]
    if wishes["RU"] == "wanted" and chance.random() < 0.4:
        candidate.wanted_regions = chance.sample([code for code in REGIONS if code.startswith("RU")][:20], chance.randint(1, 3))
    candidate.conditions = [condition for condition in Condition.values if chance.random() < 0.4]


def _say_wages(candidate: Candidate, isco: str, chance: Random) -> None:
    """By what the trade earns: in roubles of an ordinary region, or in tenge by those who want to go to Kazakhstan alone."""
    if chance.random() > 0.85:
        return
    floor, wish = Decimal(chance.randint(55, 90)) / 100, Decimal(chance.randint(100, 140)) / 100
    wage, candidate.wage_currency = usual_wage(isco, "RU-KLU"), Currency.RUB
    if candidate.wanted_countries == ["KZ"]:
        wage, candidate.wage_currency = wage * TENGE, Currency.KZT
    candidate.wage_floor = rounded(wage * floor, candidate.wage_currency)
    if chance.random() < 0.8:
        candidate.wage_wish = rounded(wage * wish, candidate.wage_currency)


def _jobs(candidate: Candidate, trade: str, market: Market, chance: Random, today: date) -> list[tuple[str, int, date | None]]:
    adult = adult_on(candidate.born_in)
    most = (today.year - adult.year) * 12 + today.month - adult.month  # months
    story = chance.choices(["jobs", "none", "silent"], [80, 12, 8])[0] if most >= 6 else "none"
    candidate.has_worked = {"jobs": True, "none": False, "silent": None}[story]
    if story != "jobs":
        return []
    since = 0 if chance.random() < 0.3 else chance.randint(1, min(24, most - 3))
    months = chance.randint(3, min(most - since, 180))
    jobs = [(trade, months, month_before(today, since) if since else None)]
    before = most - since - months - 2
    if market.siblings[trade] and before > 3 and chance.random() < 0.35:
        jobs.append((chance.choice(market.siblings[trade]), chance.randint(3, min(before, 24)), month_before(today, since + months + 1)))
    return jobs


def _skills(trade: str, market: Market, chance: Random, best: int) -> dict[int, int]:
    """At least seven of ten are skills of the own occupation; the rest are of occupations close to it."""
    essential = market.skills(trade, Importance.ESSENTIAL)
    own = [skill for skill in essential if chance.random() < 0.8]
    own += [skill for skill in market.skills(trade, Importance.OPTIONAL) if chance.random() < 0.5]
    own = own or essential[:1]
    others = sorted({skill for slug in market.siblings[trade] for skill in market.own[slug]} - set(market.own[trade]))
    noise = chance.sample(others, min(len(others), chance.randint(0, len(own) * 3 // 7)))
    return {skill: chance.randint(1, best) for skill in own} | dict.fromkeys(noise, 1)


def _languages(chance: Random) -> dict[str, int]:
    languages = {"ru": chance.choices([0, 1, 2, 3, 4, 5], [6, 20, 30, 26, 13, 5])[0]} if chance.random() < 0.92 else {}
    if chance.random() < 0.4:
        languages["kk"] = chance.choices([0, 1, 2, 3], [50, 25, 15, 10])[0]
    return languages


def _account(number: int, candidate: Candidate, chance: Random) -> User | None:
    """One in three signs in, with an address at example.org (RFC 2606): unlike any phone number it can never become somebody's."""
    if chance.random() > 0.35:
        return None
    language = "ru" if chance.random() < 0.15 else LANGUAGES[candidate.citizenship]
    began = candidate.registered_at - timedelta(minutes=chance.randint(20, 900))
    return User(email=f"candidate{number}@people.example.org", language=language, created_at=began)
