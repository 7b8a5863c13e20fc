"""The vacancies of the demo, dated from the day of seeding: the cast's written as people write them, the others made up from a seed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from django.db import transaction

from matching.demo.employers import EMPLOYERS, Employer, load_employer
from matching.demo.market import Market
from matching.demo.pay import REGIONS, rounded, usual_wage
from matching.demo.seed import Sizes, chance_of, uid_of
from matching.demo.trades import CERTIFICATES, LICENCES, Trade
from matching.edit import AskedLanguage, AskedSkill, change_vacancy, start_vacancy
from matching.models import Occupation, Vacancy, VacancyLanguage, VacancySkill
from matching.models.taxonomy import Importance
from matching.models.vacancies import Condition, Level
from matching.publish import pause, publish_vacancy, read_as, send_back, submit
from matching.search.texts import keep_missing_texts
from portal.accounts.models import User
from portal.money.amounts import WageBasis, WagePeriod
from portal.organisations.models import Organisation
from portal.places.models import Region


@dataclass(frozen=True, slots=True)
class Written:
    occupation: str
    region: str
    address: str
    wage: int
    openings: int
    starts_in: int  # days from the day of seeding
    published: int  # days before it
    conditions: str = "housing travel"
    months: int = 0  # of experience; none: whoever knows nothing yet may come
    russian: tuple[int, int] = (0, 1)
    certificates: str = ""
    says: str = ""
    life: str = "published"  # as far as it has come


WRITTEN = {
    "stroykazan": (
        Written("building-labourer", "RU-TA", "Казань, ул. Строителей, 12", 68000, 20, 35, 24, "housing meals travel"),
        Written("plasterer", "RU-TA", "Казань, пр. Победы, 140", 88000, 6, 28, 21, months=12, russian=(1, 2)),
        Written("concrete-worker", "RU-TA", "Елабуга, Промышленная площадка, 3", 92000, 10, 40, 12, months=6, russian=(1, 2)),
        # The newest: the place where everybody's walk through Safar begins.
        Written("bricklayer", "RU-TA", "Казань, ул. Строителей, 12", 95000, 12, 55, 0, months=12, russian=(1, 2)),
    ),
    "almatyfood": (
        Written("food-factory-worker", "KZ-75", "Алматы, ул. Заводская, 8", 220000, 15, 70, 22, "housing meals training"),
        Written("baker", "KZ-75", "Алматы, ул. Заводская, 8", 260000, 6, 75, 16, "meals training", 6, (2, 3), "medical-book"),
        Written("cook", "KZ-75", "Алматы, ул. Абая, 56", 290000, 4, 80, 3, "meals", 12, (2, 3), "medical-book"),
    ),
}


UNFINISHED = {
    "stroykazan": (
        Written("plasterer", "RU-TA", "Казань, пр. Победы, 140", 86000, 4, 60, 2, months=6, russian=(1, 2), life="draft",
                says="Штукатурим квартиры. Нужны крепкие парни до 45 лет. Инструмент даём."),
        Written("concrete-worker", "RU-TA", "Казань, ул. Строителей, 12", 90000, 5, 70, 1, "housing meals travel", 12, (1, 2), life="review",
                says="Заливаем перекрытия бригадой из шести человек. Опалубка стоит, бетон подаёт насос."),
        Written("bricklayer", "RU-BA", "Уфа, ул. Ленина, 70", 84000, 3, 65, 3, months=12, russian=(1, 2), life="sent back",
                says="Кладём перегородки в жилом доме."),
    ),
    "almatyfood": (
        Written("food-factory-worker", "KZ-19", "Талгар, ул. Заводская, 2", 210000, 8, 75, 9, "housing meals", life="paused",
                says="Сортируем и упаковываем овощи. Смена восемь часов, цех тёплый."),
        Written("cook", "KZ-75", "Алматы, ул. Абая, 90", 280000, 2, 72, 1, "meals", 12, (2, 3), "medical-book", life="review",
                says="Готовим обеды на сто человек. Кухня новая, помощник есть."),
    ),
}  # fmt: skip
TO_MEND = "Напишите, сколько часов длится смена и сколько человек живёт в комнате."


@transaction.atomic
def load_written_vacancies(now: datetime) -> None:
    """The cast's. Comes after the cast. Twice is the same as once; what somebody changed in the demo stays."""
    occupations = Market().occupations
    for employer in EMPLOYERS:
        if employer.key in WRITTEN:
            row, by = load_employer(employer, now)
            for written in (*WRITTEN[employer.key], *UNFINISHED[employer.key]):
                occupation = occupations[written.occupation]
                uid = uid_of(f"{employer.key}-{written.occupation}" + (f"-{written.life}" if written.life != "published" else ""))
                if not Vacancy.objects.filter(uid=uid).exists():
                    _write(uid, row, by, occupation, written, now)


def _write(uid: UUID, employer: Organisation, by: User, occupation: Occupation, written: Written, now: datetime) -> None:
    at = now - timedelta(days=written.published)
    place = {"uid": uid, "occupation": occupation, "region_id": written.region, "address": written.address, "description": written.says}
    vacancy = start_vacancy(employer, place, by=by, now=at - timedelta(minutes=25))
    is_entry = not written.months
    values = {
        "wage_amount": Decimal(written.wage),
        "wage_currency": vacancy.region.country.currency,
        "starts_on": now.date() + timedelta(days=written.starts_in),
        "openings": written.openings,
        "hours_a_week": 40,
        "conditions": written.conditions.split(),
        "certificates": written.certificates.split(),
        "entry": is_entry,
        "experience_months": written.months,
    }
    skills = asked_skills(occupation, is_entry)
    change_vacancy(vacancy, values, by=by, now=at, skills=skills, languages=[AskedLanguage("ru", *written.russian)])
    if written.life == "draft":
        return
    vacancy, reader = submit(vacancy, by=by, now=at), employer.vetted_by
    assert reader is not None
    if written.life == "sent back":
        send_back(vacancy, by=reader, now=at, mend=TO_MEND)
    elif written.life != "review":
        vacancy = publish_vacancy(vacancy, by=reader, now=at, was_read_as=read_as(vacancy))
        if written.life == "paused":
            pause(vacancy, by=by, now=at)


def asked_skills(occupation: Occupation, is_entry: bool) -> list[AskedSkill]:
    """What the occupation asks for; the first is critical where experience is asked."""
    needs = list(occupation.needs.all())
    essential = [need for need in needs if need.importance == Importance.ESSENTIAL]
    optional = [need for need in needs if need.importance == Importance.OPTIONAL][:2]
    level = Level.HELPS if is_entry else Level.ALONE
    return [
        *(AskedSkill(need.skill_id, Importance.ESSENTIAL, level, not place and not is_entry) for place, need in enumerate(essential)),
        *(AskedSkill(need.skill_id, Importance.OPTIONAL, Level.HELPS, False) for need in optional),
    ]


@dataclass(slots=True)
class Draft:
    vacancy: Vacancy
    skills: list[AskedSkill]
    languages: list[AskedLanguage]


@transaction.atomic
def load_made_up_vacancies(sizes: Sizes, now: datetime, report: Callable[[int, int], None] = lambda done, total: None) -> int:
    """The rest, up to the size. Returns how many were new; `report` is told when they stand. No marks: the load ends with a full run."""
    market, currencies = Market(sizes.trades), dict(Region.objects.values_list("code", "country__currency"))
    employers = [load_employer(employer, now) for employer in EMPLOYERS[: sizes.employers]]
    first = sum(map(len, WRITTEN.values()))
    wanted = {uid_of(f"vacancy-{number}"): number for number in range(first, sizes.vacancies)}
    for uid in Vacancy.objects.filter(uid__in=wanted).order_by("pk").values_list("uid", flat=True):
        del wanted[uid]
    drafts = []
    for uid, number in wanted.items():
        place = number % sizes.employers
        draft = made_up(number, EMPLOYERS[place], market, currencies, now)
        draft.vacancy.uid, (draft.vacancy.employer, draft.vacancy.created_by) = uid, employers[place]
        drafts.append(draft)
    Vacancy.objects.bulk_create(draft.vacancy for draft in drafts)
    VacancySkill.objects.bulk_create(
        VacancySkill(vacancy=draft.vacancy, skill_id=row.skill_id, importance=row.importance, level=row.level, critical=row.critical)
        for draft in drafts
        for row in draft.skills
    )
    VacancyLanguage.objects.bulk_create(
        VacancyLanguage(vacancy=draft.vacancy, language=row.language, minimum=row.minimum, target=row.target)
        for draft in drafts
        for row in draft.languages
    )
    keep_missing_texts()
    if drafts:
        report(sizes.vacancies, sizes.vacancies)
    return len(drafts)


def made_up(number: int, employer: Employer, market: Market, currencies: dict[str, str], now: datetime) -> Draft:
    """Every fourth begins in these days or has begun already, the others begin within four months."""
    chance = chance_of(f"vacancy-{number}")
    trade = choose_trade(market.of_branches(employer.branches) or market.trades, chance)
    occupation = market.occupations[trade.slug]
    region = choose_region(employer, currencies, chance)
    currency = currencies[region]
    published = chance.randint(29, 42) if number % 4 == 0 else chance.randint(1, 28)  # days ago
    at = now - timedelta(days=published, minutes=chance.randint(0, 480))
    starts = chance.randint(-18, 6) if number % 4 == 0 else chance.randint(28, 110)
    is_entry = chance.random() < (0.85 if occupation.isco[0] == "9" else 0.6 if occupation.isco[:2] in ("81", "82") else 0.12)
    months = 0 if is_entry else chance.choice([3, 6, 6, 12, 12, 24])
    wage, basis, period, shifts = usual_wage(occupation.isco, region, chance.randint(92, 112)), WageBasis.NET, WagePeriod.MONTH, None
    if chance.random() < 0.12:
        wage, basis = rounded(wage / Decimal("0.87"), currency), WageBasis.GROSS
    elif trade.branch in ("farm", "warehouse", "cleaning") and chance.random() < 0.3:
        shifts = chance.choice([15, 20, 22, 24])
        wage, period = (wage / shifts / 100).quantize(Decimal(1)) * 100, WagePeriod.SHIFT
    minimum = 0 if is_entry else chance.choice([1, 1, 2]) if occupation.isco[0] in "789" else chance.choice([2, 3])
    certificate = CERTIFICATES.get(trade.slug)
    vacancy = Vacancy(
        occupation=occupation,
        region_id=region,
        address=choose_address(region, trade.branch, chance),
        wage_amount=wage,
        wage_currency=currency,
        wage_basis=basis,
        wage_period=period,
        shifts_a_month=shifts,
        entry=is_entry,
        experience_months=months,
        licences=list(LICENCES.get(trade.slug, ())),
        certificates=[certificate] if certificate and not is_entry and chance.random() < 0.5 else [],
        conditions=[condition for condition, often in CONDITIONS.items() if chance.random() < often],
        hours_a_week=48 if number % 11 == 0 else 40,
        starts_on=now.date() + timedelta(days=starts),
        openings=chance.choice([2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30]),
        status=Vacancy.Status.PUBLISHED,
        created_at=at - timedelta(minutes=chance.randint(10, 90)),
        published_at=at,
    )
    languages = [AskedLanguage("ru", minimum, minimum + 1)]
    if currency == "KZT" and chance.random() < 0.25:
        languages.append(AskedLanguage("kk", 0, 1))
    return Draft(vacancy, asked_skills(occupation, is_entry), languages)


CONDITIONS = {Condition.HOUSING: 0.7, Condition.MEALS: 0.45, Condition.TRAVEL: 0.35, Condition.TRAINING: 0.3}
STREETS = {
    "building": ("ул. Строителей", "пр. Победы", "ул. Набережная", "Северный проезд"),
    "fitting-out": ("ул. Строителей", "ул. Садовая", "ул. Ленина", "Зелёный проезд"),
    "farm": ("Тепличная ул.", "Полевая ул.", "Садовая ул.", "Луговая ул."),
    "warehouse": ("Складской проезд", "Логистическая ул.", "Южное шоссе"),
    "kitchen": ("ул. Мира", "ул. Пушкина", "Привокзальная площадь"),
}
OTHER_STREETS = ("Промышленная ул.", "Заводская ул.", "Южное шоссе", "ул. Гагарина", "Фабричная ул.")


def choose_trade(trades: list[Trade], chance: Random) -> Trade:
    return chance.choices(trades, [trade.weight for trade in trades])[0]


def choose_region(employer: Employer, known: dict[str, str], chance: Random) -> str:
    """Mostly the employer's first; the capital where the database knows none of its regions."""
    regions = [region for region in employer.regions if region in known] or [{"RU": "RU-MOW", "KZ": "KZ-71"}[employer.country]]
    return regions[0] if chance.random() < 0.7 else chance.choice(regions)


def choose_address(region: str, branch: str, chance: Random) -> str:
    _percent, towns = REGIONS[region]
    return f"{chance.choice(towns)}, {chance.choice(STREETS.get(branch, OTHER_STREETS))}, {chance.randint(1, 160)}"
