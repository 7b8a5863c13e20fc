"""Wages of the demo by occupation and region, and the towns where its employers stand. Made up after what such work is offered for."""

from decimal import ROUND_HALF_UP, Decimal

# Roubles in hand a month where wages are usual, by the beginning of the occupation's ISCO-08 code: the longest that fits counts.
ROUBLES = {
    "3": 75_000,
    "4": 76_000,
    "51": 64_000,
    "512": 78_000,
    "514": 72_000,
    "52": 62_000,
    "53": 66_000,
    "531": 70_000,
    "61": 66_000,
    "612": 72_000,
    "71": 98_000,
    "7112": 105_000,
    "7115": 102_000,
    "713": 90_000,
    "72": 102_000,
    "7212": 115_000,
    "7223": 112_000,
    "723": 94_000,
    "74": 98_000,
    "75": 72_000,
    "7511": 82_000,
    "7522": 90_000,
    "8": 80_000,
    "815": 72_000,
    "816": 68_000,
    "832": 90_000,
    "833": 128_000,
    "8331": 104_000,
    "834": 112_000,
    "8344": 92_000,
    "9": 58_000,
    "92": 62_000,
    "931": 76_000,
    "9312": 84_000,
    "932": 66_000,
    "933": 72_000,
    "9621": 92_000,
}

# (percent of the usual wage, towns). Of the other regions the demo has no employer.
REGIONS: dict[str, tuple[int, tuple[str, ...]]] = {
    "RU-MOW": (135, ("Москва",)),
    "RU-MOS": (120, ("Подольск", "Химки", "Балашиха")),
    "RU-SPE": (125, ("Санкт-Петербург",)),
    "RU-LEN": (112, ("Гатчина", "Всеволожск")),
    "RU-TA": (98, ("Казань", "Елабуга", "Набережные Челны")),
    "RU-NIZ": (93, ("Нижний Новгород", "Дзержинск")),
    "RU-SAM": (93, ("Самара", "Тольятти")),
    "RU-SAR": (90, ("Саратов", "Энгельс")),
    "RU-VGG": (90, ("Волгоград", "Волжский")),
    "RU-KDA": (95, ("Краснодар", "Славянск-на-Кубани", "Тимашёвск")),
    "RU-ROS": (90, ("Ростов-на-Дону", "Азов")),
    "RU-VOR": (90, ("Воронеж", "Лиски")),
    "RU-TUL": (95, ("Тула", "Узловая")),
    "RU-KLU": (100, ("Калуга", "Обнинск")),
    "RU-TVE": (96, ("Тверь",)),
    "RU-VLA": (94, ("Владимир", "Ковров")),
    "RU-IVA": (88, ("Иваново", "Кинешма")),
    "RU-YAR": (95, ("Ярославль",)),
    "RU-VLG": (95, ("Вологда", "Череповец")),
    "RU-ARK": (105, ("Архангельск", "Котлас")),
    "RU-BA": (92, ("Уфа", "Стерлитамак")),
    "RU-PER": (97, ("Пермь",)),
    "RU-SVE": (102, ("Екатеринбург", "Нижний Тагил")),
    "RU-CHE": (97, ("Челябинск", "Магнитогорск")),
    "RU-TYU": (115, ("Тюмень", "Тобольск")),
    "RU-KHM": (145, ("Сургут", "Нижневартовск")),
    "RU-YAN": (160, ("Новый Уренгой",)),
    "RU-OMS": (92, ("Омск",)),
    "RU-NVS": (100, ("Новосибирск", "Бердск")),
    "RU-KEM": (98, ("Кемерово", "Новокузнецк")),
    "RU-KYA": (108, ("Красноярск",)),
    "RU-IRK": (108, ("Иркутск", "Братск")),
    "RU-KHA": (115, ("Хабаровск",)),
    "RU-PRI": (116, ("Владивосток", "Находка")),
    "KZ-71": (112, ("Астана",)),
    "KZ-75": (108, ("Алматы",)),
    "KZ-19": (98, ("Қонаев", "Талғар")),
    "KZ-79": (88, ("Шымкент",)),
    "KZ-61": (84, ("Түркістан", "Сарыағаш")),
    "KZ-31": (84, ("Тараз",)),
    "KZ-33": (86, ("Талдықорған",)),
    "KZ-35": (98, ("Қарағанды", "Теміртау")),
    "KZ-15": (98, ("Ақтөбе",)),
    "KZ-23": (130, ("Атырау",)),
    "KZ-47": (125, ("Ақтау",)),
    "KZ-55": (100, ("Павлодар",)),
}
TENGE = Decimal("3.6")  # for a rouble of wage: less than the rate of exchange, as wages there are
STEP = {"RUB": 1_000, "KZT": 10_000}
HIGH = {"RUB": 100_000, "KZT": 500_000}  # from here on people name round sums


def usual_wage(isco: str, region: str, percent: int = 100) -> Decimal:
    """In hand a month, in the currency of the region's country: `percent` of what is usual there, rounded as an employer would."""
    base = next(ROUBLES[isco[:size]] for size in (4, 3, 2, 1) if isco[:size] in ROUBLES)
    factor, _towns = REGIONS.get(region, (95, ()))
    wage = Decimal(base * factor * percent) / 10_000
    return rounded(wage * TENGE, "KZT") if region.startswith("KZ") else rounded(wage, "RUB")


def rounded(wage: Decimal, currency: str) -> Decimal:
    step = STEP[currency] * (5 if wage >= HIGH[currency] else 1)
    return (wage / step).quantize(Decimal(1), ROUND_HALF_UP) * step
