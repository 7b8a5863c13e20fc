"""Three agencies and 200 candidates of the demo: made up from a seed, dated from the day of seeding, three of the cast among them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from matching.care import CONSENT_VERSION
from matching.demo.people import CERTIFICATES, LICENCES, ORIGINS, TRADES
from matching.models import (
    AgencyLicence,
    Candidate,
    CandidateCertificate,
    CandidateLanguage,
    CandidateLicence,
    CandidateSkill,
    Care,
    Job,
    Occupation,
    StatisticsAnswers,
)
from matching.models.candidates import adult_on
from matching.models.taxonomy import Importance
from matching.models.vacancies import Condition
from matching.statistics import CONSENT_VERSION as STATISTICS_VERSION
from portal.accounts.cast import ORGANISATIONS, PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.vet import vet
from portal.places.corridors import DESTINATIONS

PEOPLE_IN_ALL = 200
SEED = "safar"
SPACE = UUID("5afa0000-0000-4000-8000-000000000000")
AGENCIES = {
    "TJ": (ORGANISATIONS["dushanbe"].name, True, "Ministry of Labour, Migration and Employment"),
    "KG": ("Osh Work Abroad", False, "Ministry of Labour, Social Security and Migration"),
    "UZ": ("Namangan Work Abroad", False, "Migration Agency"),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """A full profile of one of the cast. Skills: every essential one of the trade at `level`, and those in `also`."""

    key: str
    family: str
    region: str
    born: tuple[int, int]
    trade: str
    years: int
    level: int
    also: tuple[str, ...]
    russian: int
    floor: int
    wish: int
    regions: tuple[str, ...]


CAST = [
    Cast("farrukh", "Раҳимов", "TJ-KT", (28, 3), "bricklayer", 7, 3, ("blocklaying", "scaffolding"), 3, 60000, 90000, ("RU-TA",)),
    Cast("aigul", "Токтосунова", "KG-GO", (31, 7), "sewing-machinist", 9, 3, (), 4, 45000, 70000, ()),
    Cast("dilnoza", "Yusupova", "UZ-NG", (26, 10), "cook", 5, 2, (), 3, 50000, 80000, ()),
]
NAMES = {"farrukh": "Фаррух", "aigul": "Айгүл", "dilnoza": "Dilnoza"}


@transaction.atomic
def load_demo_candidates(now: datetime) -> None:
    """Twice is the same as once; what somebody changed in the demo stays. Comes after the cast and the starter content."""
    agencies = load_agencies(now)
    market = Market()
    for each in CAST:
        user = User.objects.get(phone=PEOPLE[each.key].phone)
        if not Candidate.objects.filter(user=user).exists():
            write([cast_draft(each, user, market, now)], agencies, now)
    wanted = {uuid5(SPACE, f"{SEED}-{number}"): number for number in range(len(CAST), PEOPLE_IN_ALL)}
    for uid in Candidate.objects.filter(uid__in=wanted).values_list("uid", flat=True):
        del wanted[uid]
    write([made_up(uid, Random(f"{SEED}-{number}"), market, now) for uid, number in wanted.items()], agencies, now)


def load_agencies(now: datetime) -> dict[str, Organisation]:
    """Each licensed for both destinations, under numbers that nobody takes for real ones."""
    operator = User.objects.get(email=PEOPLE["timur"].email)
    found = {}
    for country, (name, is_public, issuer) in AGENCIES.items():
        agency, is_new = Organisation.objects.get_or_create(name=name, kind=Organisation.Kind.AGENCY, country_id=country)
        if is_new:
            vet(agency, by=operator, now=now)
        for destination in DESTINATIONS:
            values = {"number": f"DEMO-{country}-{destination}", "issuer": issuer, "is_public_service": is_public}
            values |= {"valid_to": now.date() + timedelta(days=730)}
            AgencyLicence.objects.get_or_create(agency=agency, destination=destination, defaults=values)
        found[country] = agency
    return found


class Market:
    """Occupations with their skills, read once."""

    def __init__(self) -> None:
        self.occupations = {row.slug: row for row in Occupation.objects.prefetch_related("needs__skill")}
        self.trades = [trade for trade in TRADES if trade[0] in self.occupations]

    def skills(self, trade: str, importance: str) -> list[int]:
        return [need.skill_id for need in self.occupations[trade].needs.all() if need.importance == importance]

    def own(self, trade: str) -> list[int]:
        return [*self.skills(trade, Importance.ESSENTIAL), *self.skills(trade, Importance.OPTIONAL)]

    def siblings(self, trade: str) -> list[str]:
        """Trades whose ISCO-08 code begins with the same two digits."""
        start = self.occupations[trade].isco[:2]
        return [slug for slug, *_ in self.trades if slug != trade and self.occupations[slug].isco.startswith(start)]


@dataclass(slots=True)
class Draft:
    candidate: Candidate
    skills: dict[int, int]
    jobs: list[tuple[str, int, date | None]]
    languages: dict[str, int]
    licences: list[tuple[str, str]]
    certificates: list[tuple[str, date]]
    wanted: list[str]
    in_care: bool
    statistics: dict[str, Any] | None


def month_before(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 - months
    return date(total // 12, total % 12 + 1, 1)


def cast_draft(each: Cast, user: User, market: Market, now: datetime) -> Draft:
    today, country = now.date(), each.region[:2]
    slugs = {need.skill.slug: need.skill_id for need in market.occupations[each.trade].needs.all()}
    skills = dict.fromkeys(market.skills(each.trade, Importance.ESSENTIAL), each.level)
    skills |= {slugs[slug]: 2 for slug in each.also if slug in slugs}
    candidate = Candidate(
        uid=uuid5(SPACE, f"{SEED}-{each.key}"),
        user=user,
        given_name=NAMES[each.key],
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
    certificates = [(CERTIFICATES[each.trade], today + timedelta(days=700))] if each.trade in CERTIFICATES else []
    jobs: list[tuple[str, int, date | None]] = [(each.trade, 12 * each.years, month_before(today, 4))]
    languages = {"ru": each.russian, "en": 0}
    return Draft(candidate, skills, jobs, languages, [], certificates, [each.trade], True, None)


def made_up(uid: UUID, chance: Random, market: Market, now: datetime) -> Draft:
    today = now.date()
    country = chance.choices(["TJ", "UZ", "KG"], [45, 32, 23])[0]
    origin = ORIGINS[country]
    trade, women, _weight = chance.choices(market.trades, [trade[2] for trade in market.trades])[0]
    is_woman = chance.random() * 100 < women
    family = chance.choice(origin.families)
    born = month_before(today, chance.choices([chance.randint(18 * 12 + 1, 35 * 12), chance.randint(35 * 12, 60 * 12)], [65, 35])[0])
    months_of_work = (today.year - adult_on(born).year) * 12 + today.month - adult_on(born).month
    siblings = market.siblings(trade)

    wage = chance.random() < 0.85
    floor = Decimal(chance.randrange(35, 76, 5) * 1000)
    place = chance.choices(["home", "papers", "none", ""], [84, 7, 3, 6])[0]
    wishes = {
        code: chance.choices(["wanted", "accepted", "excluded", ""], odds)[0]
        for code, odds in (("RU", [68, 14, 6, 12]), ("KZ", [26, 34, 12, 28]))
    }
    regions = ["RU-MOW", "RU-MOS", "RU-SPE", "RU-TA", "RU-CHE", "RU-NVS", "RU-KDA", "RU-SVE"]
    candidate = Candidate(
        uid=uid,
        given_name=chance.choice(origin.women if is_woman else origin.men),
        family_name=f"{family}{'а' if country != 'UZ' else 'a'}" if is_woman else family,
        citizenship=country,
        born_in=born,
        home_region_id=chance.choice(origin.regions),
        located_in={"home": country, "": ""}.get(place, chance.choice(DESTINATIONS)),
        has_papers={"papers": True, "none": False}.get(place),
        wanted_countries=[code for code, wish in wishes.items() if wish == "wanted"],
        accepted_countries=[code for code, wish in wishes.items() if wish == "accepted"],
        excluded_countries=[code for code, wish in wishes.items() if wish == "excluded"],
        wanted_regions=chance.sample(regions, chance.randint(1, 3)) if wishes["RU"] == "wanted" and chance.random() < 0.4 else [],
        conditions=[condition for condition in Condition.values if chance.random() < 0.4],
        wage_floor=floor if wage else None,
        wage_wish=floor * Decimal(chance.choice(["1.2", "1.4", "1.6"])) if wage and chance.random() < 0.8 else None,
        available_on=today + timedelta(days=chance.randint(0, 75)) if chance.random() < 0.75 else None,
        registered_at=now - timedelta(days=chance.randint(1, 60), minutes=chance.randint(0, 600)),
    )

    story = chance.choices(["jobs", "none", "silent"], [80, 12, 8])[0] if months_of_work >= 6 else "none"
    candidate.has_worked = {"jobs": True, "none": False, "silent": None}[story]
    jobs: list[tuple[str, int, date | None]] = []
    if story == "jobs":
        months = chance.randint(3, min(months_of_work, 180)) if months_of_work > 3 else 3
        jobs.append((trade, months, None if chance.random() < 0.3 else month_before(today, chance.randint(0, 24))))
        if siblings and chance.random() < 0.35 and months_of_work - months > 30:
            jobs.append((chance.choice(siblings), chance.randint(3, 24), month_before(today, months + 25)))

    essential, optional = market.skills(trade, Importance.ESSENTIAL), market.skills(trade, Importance.OPTIONAL)
    own = [skill for skill in essential if chance.random() < 0.8] + [skill for skill in optional if chance.random() < 0.5]
    own = own or essential[:1]
    others = sorted({skill for slug in siblings for skill in market.own(slug)} - set(market.own(trade)))
    noise = chance.sample(others, min(len(others), chance.randint(0, len(own) * 3 // 7)))
    best = 4 if jobs and jobs[0][1] > 60 else 3 if jobs else 2
    skills = {skill: chance.randint(1, best) for skill in own} | dict.fromkeys(noise, 1)

    languages = {"ru": chance.choices([0, 1, 2, 3, 4, 5], [6, 20, 30, 26, 13, 5])[0]} if chance.random() < 0.92 else {}
    if chance.random() < 0.4:
        languages["kk"] = chance.choices([0, 1, 2, 3], [50, 25, 15, 10])[0]
    licences = [(category, country) for category in LICENCES.get(trade, ()) if chance.random() < 0.9]
    if not licences and chance.random() < 0.3:
        licences = [("B", country)]
    certificates = (
        [(CERTIFICATES[trade], today + timedelta(days=chance.randint(200, 900)))] if trade in CERTIFICATES and chance.random() < 0.7 else []
    )
    wanted = [trade] if chance.random() < 0.85 else []
    if siblings and chance.random() < 0.35:
        wanted.append(chance.choice(siblings))
    sex = StatisticsAnswers.Sex.WOMAN if is_woman else StatisticsAnswers.Sex.MAN
    statistics = {"sex": sex, "children": chance.randint(0, 5)} if chance.random() < 0.7 else None
    return Draft(candidate, skills, jobs, languages, licences, certificates, wanted, chance.random() < 0.95, statistics)


def write(drafts: list[Draft], agencies: dict[str, Organisation], now: datetime) -> None:
    """A few statements for all of them. No marks: the demo's first run scores everybody."""
    occupations = dict(Occupation.objects.values_list("slug", "pk"))
    Candidate.objects.bulk_create(draft.candidate for draft in drafts)
    links = Candidate.wanted_occupations.through
    links.objects.bulk_create(
        links(candidate_id=draft.candidate.pk, occupation_id=occupations[slug]) for draft in drafts for slug in draft.wanted
    )
    CandidateSkill.objects.bulk_create(
        CandidateSkill(candidate=draft.candidate, skill_id=skill, level=level) for draft in drafts for skill, level in draft.skills.items()
    )
    Job.objects.bulk_create(
        Job(candidate=draft.candidate, occupation_id=occupations[slug], months=months, ended_on=ended)
        for draft in drafts
        for slug, months, ended in draft.jobs
    )
    CandidateLanguage.objects.bulk_create(
        CandidateLanguage(candidate=draft.candidate, language=code, level=level)
        for draft in drafts
        for code, level in draft.languages.items()
    )
    CandidateLicence.objects.bulk_create(
        CandidateLicence(candidate=draft.candidate, category=category, issued_in=country)
        for draft in drafts
        for category, country in draft.licences
    )
    CandidateCertificate.objects.bulk_create(
        CandidateCertificate(candidate=draft.candidate, code=code, valid_until=until)
        for draft in drafts
        for code, until in draft.certificates
    )
    Care.objects.bulk_create(
        Care(
            candidate=draft.candidate,
            agency=agencies[draft.candidate.citizenship],
            since=draft.candidate.registered_at,
            consent_version=CONSENT_VERSION,
        )
        for draft in drafts
        if draft.in_care
    )
    StatisticsAnswers.objects.bulk_create(
        StatisticsAnswers(candidate=draft.candidate, consent_version=STATISTICS_VERSION, consented_at=now, **draft.statistics)
        for draft in drafts
        if draft.statistics is not None
    )
