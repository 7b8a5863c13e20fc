"""Names and wages for the demo's candidates. Everybody in them is made up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]  # of men; a woman's ends in "a" where a man's ends in a consonant
    regions: tuple[str, ...]


ORIGINS = {
    "TJ": Origin(
        ("Алишер", "Баҳром", "Далер", "Фирдавс", "Исмоил", "Ҷамшед", "Комрон", "Манучеҳр", "Наим", "Рустам", "Сорбон", "Умед"),
        ("Дилрабо", "Гулнора", "Лола", "Мадина", "Нигина", "Парвина", "Ситора", "Шаҳло", "Зарина", "Фарзона"),
        ("Раҷабов", "Сафаров", "Холов", "Назаров", "Каримов", "Ҳакимов", "Мирзоев", "Шарипов", "Одинаев", "Юсупов"),
        ("TJ-KT", "TJ-KT", "TJ-SU", "TJ-RA", "TJ-DU", "TJ-GB"),
    ),
    "UZ": Origin(
        ("Akmal", "Bekzod", "Doniyor", "Elyor", "Farhod", "Gʻayrat", "Islom", "Jasur", "Otabek", "Sanjar", "Ulugʻbek", "Ziyod"),
        ("Dildora", "Feruza", "Gulbahor", "Iroda", "Kamola", "Malika", "Nargiza", "Oydin", "Shahnoza", "Zulfiya"),
        ("Abdullayev", "Ergashev", "Hamidov", "Ismoilov", "Karimov", "Normatov", "Qodirov", "Rahmonov", "Toshmatov", "Yoʻldoshev"),
        ("UZ-NG", "UZ-FA", "UZ-AN", "UZ-SA", "UZ-QA", "UZ-SU", "UZ-XO"),
    ),
    "KG": Origin(
        ("Азамат", "Бакыт", "Данияр", "Эрлан", "Калыбек", "Нурлан", "Өмүрбек", "Рахат", "Талант", "Үсөн", "Чыңгыз"),
        ("Айгерим", "Айпери", "Бурул", "Гүлмира", "Жылдыз", "Мээрим", "Нургүл", "Чынара", "Элнура"),
        ("Абдыкадыров", "Асанов", "Бейшеналиев", "Жумабаев", "Исаков", "Маматов", "Осмонов", "Сыдыков", "Токтогулов", "Эшимов"),
        ("KG-O", "KG-GO", "KG-J", "KG-B", "KG-C", "KG-T", "KG-N"),
    ),
}

# Work of women and of men in the demo is as mixed as it is on the market: (slug, share of women in percent, weight).
TRADES = (
    ("bricklayer", 2, 12),
    ("building-labourer", 4, 14),
    ("plasterer", 20, 8),
    ("painter", 30, 8),
    ("tiler", 5, 6),
    ("carpenter", 2, 6),
    ("concrete-worker", 2, 8),
    ("welder", 3, 8),
    ("electrician", 4, 6),
    ("plumber", 2, 5),
    ("truck-driver", 1, 8),
    ("car-and-van-driver", 6, 6),
    ("excavator-operator", 1, 3),
    ("loader", 5, 8),
    ("order-picker", 50, 7),
    ("forklift-driver", 8, 4),
    ("sewing-machinist", 92, 12),
    ("tailor", 85, 5),
    ("food-factory-worker", 65, 8),
    ("baker", 60, 6),
    ("cook", 60, 10),
    ("kitchen-helper", 75, 7),
    ("cleaner", 85, 9),
    ("waiter", 55, 5),
    ("shop-assistant", 70, 5),
    ("greenhouse-grower", 55, 5),
    ("fruit-picker", 50, 6),
    ("dairy-farm-worker", 45, 4),
    ("home-carer", 95, 6),
    ("nurse", 92, 4),
)
# The certificates that people of a trade often hold, and the licences of drivers.
CERTIFICATES = {
    "welder": "welding",
    "electrician": "electrical",
    "forklift-driver": "forklift",
    "cook": "medical-book",
    "baker": "medical-book",
    "food-factory-worker": "medical-book",
    "bricklayer": "height",
    "nurse": "medical-book",
}
LICENCES = {"truck-driver": ("C", "CE"), "car-and-van-driver": ("B",), "excavator-operator": ("T",)}
