"""Ten employers and thirty vacancies of the demo: made up, plausible, and dated from the day of seeding."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from matching.edit import AskedLanguage, AskedSkill, change_vacancy, start_vacancy
from matching.models import Occupation, Vacancy
from matching.models.taxonomy import Importance
from matching.models.vacancies import Level
from matching.publish import publish_vacancy
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from portal.organisations.vet import vet


@dataclass(frozen=True, slots=True)
class Row:
    occupation: str
    region: str
    address: str
    wage: int
    openings: int
    days: int  # from the day of seeding to the start
    conditions: str = "housing travel"
    months: int = 0  # of experience; none: whoever knows nothing yet may come
    russian: tuple[int, int] = (0, 1)
    other: dict[str, object] = field(default_factory=dict)  # columns that only this one has


EMPLOYERS: dict[str, tuple[str, str, list[Row]]] = {
    "stroykazan": (
        "StroyKazan",
        "RU",
        [
            Row("bricklayer", "RU-TA", "Казань, ул. Строителей, 12", 95000, 12, 55, months=12, russian=(1, 2)),
            Row("building-labourer", "RU-TA", "Казань, ул. Строителей, 12", 68000, 20, 55, "housing meals travel"),
            Row("plasterer", "RU-TA", "Казань, пр. Победы, 140", 88000, 6, 62, months=12, russian=(1, 2)),
            Row("concrete-worker", "RU-TA", "Елабуга, Промышленная площадка, 3", 92000, 10, 70, months=6, russian=(1, 2)),
        ],
    ),
    "almatyfood": (
        "AlmatyFood",
        "KZ",
        [
            Row(
                "baker", "KZ-75", "Алматы, ул. Заводская, 8", 260000, 6, 75, "meals training", 6, (2, 3), {"certificates": ["medical-book"]}
            ),
            Row("food-factory-worker", "KZ-75", "Алматы, ул. Заводская, 8", 220000, 15, 75, "housing meals training"),
            Row("cook", "KZ-75", "Алматы, ул. Абая, 56", 290000, 4, 80, "meals", 12, (2, 3), {"certificates": ["medical-book"]}),
        ],
    ),
    "uralmetall": (
        "UralMetall",
        "RU",
        [
            Row(
                "welder",
                "RU-CHE",
                "Челябинск, Копейское шоссе, 5",
                110000,
                8,
                60,
                months=24,
                russian=(2, 3),
                other={"certificates": ["welding"]},
            ),
            Row(
                "electrician",
                "RU-CHE",
                "Челябинск, Копейское шоссе, 5",
                98000,
                3,
                60,
                months=24,
                russian=(3, 4),
                other={"certificates": ["electrical"]},
            ),
            Row("loader", "RU-SVE", "Екатеринбург, ул. Складская, 2", 62000, 14, 48, "housing meals"),
        ],
    ),
    "volgalogist": (
        "VolgaLogist",
        "RU",
        [
            Row(
                "order-picker", "RU-MOS", "Подольск, Логистический парк, корпус 4", 75000, 30, 45, "housing travel training", russian=(1, 2)
            ),
            Row(
                "forklift-driver",
                "RU-MOS",
                "Подольск, Логистический парк, корпус 4",
                92000,
                6,
                50,
                months=12,
                russian=(1, 2),
                other={"certificates": ["forklift"]},
            ),
            Row("truck-driver", "RU-SAM", "Самара, Южное шоссе, 20", 125000, 8, 90, "travel", 24, (2, 3), {"licences": ["C", "CE"]}),
        ],
    ),
    "mosklining": (
        "MosKlining",
        "RU",
        [
            Row("cleaner", "RU-MOW", "Москва, Варшавское шоссе, 33", 58000, 25, 42, "housing"),
            Row("car-and-van-driver", "RU-MOW", "Москва, Варшавское шоссе, 33", 85000, 5, 60, "", 12, (2, 3), {"licences": ["B"]}),
            Row("home-carer", "RU-MOW", "Москва, ул. Лесная, 18", 72000, 6, 65, "housing meals", 6, (3, 4)),
        ],
    ),
    "nevatekstil": (
        "NevaTekstil",
        "RU",
        [
            Row("sewing-machinist", "RU-SPE", "Санкт-Петербург, наб. Обводного канала, 90", 78000, 18, 52, "housing training", 6, (1, 2)),
            Row("tailor", "RU-SPE", "Санкт-Петербург, наб. Обводного канала, 90", 90000, 4, 58, "housing", 24, (2, 3)),
        ],
    ),
    "yugsad": (
        "YugSad",
        "RU",
        [
            Row(
                "fruit-picker",
                "RU-KDA",
                "Краснодарский край, Славянск-на-Кубани, Садовая, 1",
                3200,
                40,
                120,
                "housing meals travel",
                other={"wage_period": "shift", "shifts_a_month": 24},
            ),
            Row("greenhouse-grower", "RU-KDA", "Краснодарский край, Тимашёвск, Тепличная, 7", 65000, 16, 70, "housing meals training"),
            Row("dairy-farm-worker", "RU-VOR", "Воронежская область, Лиски, ферма № 2", 70000, 5, 60, "housing meals", 6),
        ],
    ),
    "dombyt": (
        "DomByt",
        "RU",
        [
            Row("painter", "RU-NIZ", "Нижний Новгород, ул. Ванеева, 120", 82000, 6, 64, "housing", 6, (1, 2)),
            Row("tiler", "RU-NIZ", "Нижний Новгород, ул. Ванеева, 120", 99000, 5, 64, "housing", 12, (1, 2)),
            Row("plumber", "RU-KLU", "Калуга, ул. Московская, 245", 94000, 4, 72, "housing travel", 12, (2, 3)),
            Row("kitchen-helper", "RU-KLU", "Калуга, ул. Московская, 302", 55000, 6, 50, "meals"),
        ],
    ),
    "astanakurylys": (
        "AstanaKurylys",
        "KZ",
        [
            Row("bricklayer", "KZ-71", "Астана, пр. Туран, 60", 380000, 10, 85, "housing meals", 12, (1, 2)),
            Row("carpenter", "KZ-71", "Астана, пр. Туран, 60", 400000, 6, 85, "housing meals", 12, (1, 2)),
            Row("excavator-operator", "KZ-35", "Караганда, Индустриальная, 15", 450000, 3, 95, "housing", 24, (2, 3), {"licences": ["T"]}),
        ],
    ),
    "kokbazar": (
        "KokBazar",
        "KZ",
        [
            Row("greenhouse-grower", "KZ-61", "Туркестанская область, Сарыагаш, Тепличная, 4", 240000, 12, 78, "housing meals"),
            Row("shop-assistant", "KZ-79", "Шымкент, ул. Тауке хана, 31", 210000, 5, 80, "meals training", 0, (3, 4)),
        ],
    ),
}


@transaction.atomic
def load_demo_vacancies(now: datetime) -> None:
    """Comes after the cast. Twice is the same as once; what somebody changed in the demo stays."""
    operator = User.objects.get(email=PEOPLE["timur"].email)
    occupations = {occupation.slug: occupation for occupation in Occupation.objects.prefetch_related("needs")}
    for key, (name, country, rows) in reversed(EMPLOYERS.items()):  # the newest stand first: the cast
        employer, by = _employer(key, name, country, operator, now)
        for row in rows:
            occupation = occupations[row.occupation]
            if not Vacancy.objects.filter(employer=employer, occupation=occupation, region=row.region).exists():
                _publish(employer, by, occupation, row, now)


def _employer(key: str, name: str, country: str, operator: User, now: datetime) -> tuple[Organisation, User]:
    employer, is_new = Organisation.objects.get_or_create(name=name, kind=Organisation.Kind.EMPLOYER, country_id=country)
    if is_new:
        vet(employer, by=operator, now=now)
    hires = next((person.email for person in PEOPLE.values() if person.organisation == key), f"hiring@{key}.example.org")
    member, _created = User.objects.get_or_create(email=hires, defaults={"language": "ru"})
    Membership.objects.get_or_create(user=member, organisation=employer, defaults={"role": Membership.Role.MANAGER})
    return employer, member


def _publish(employer: Organisation, by: User, occupation: Occupation, row: Row, now: datetime) -> None:
    vacancy = start_vacancy(employer, {"occupation": occupation, "region_id": row.region, "address": row.address}, by=by, now=now)
    is_entry = not row.months
    values = {
        "wage_amount": Decimal(row.wage),
        "wage_currency": vacancy.region.country.currency,
        "starts_on": now.date() + timedelta(days=row.days),
        "openings": row.openings,
        "conditions": row.conditions.split(),
        "entry": is_entry,
        "experience_months": row.months,
    } | row.other
    needs = list(occupation.needs.all())
    essential = [need for need in needs if need.importance == Importance.ESSENTIAL]
    optional = [need for need in needs if need.importance == Importance.OPTIONAL][:2]
    level = Level.HELPS if is_entry else Level.ALONE
    skills = [
        AskedSkill(need.skill_id, Importance.ESSENTIAL, level, critical=place == 0 and not is_entry) for place, need in enumerate(essential)
    ]
    skills += [AskedSkill(need.skill_id, Importance.OPTIONAL, Level.HELPS, critical=False) for need in optional]
    change_vacancy(vacancy, values, by=by, now=now, skills=skills, languages=[AskedLanguage("ru", *row.russian)])
    publish_vacancy(vacancy, by=by, now=now)
