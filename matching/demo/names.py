"""Given and family names of three countries, each in its country's letters. Put together by chance they name nobody."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Names:
    """`families` as men write them; see `of_a_woman`."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NAMES = {
    "TJ": Names(
        men=_words(
            "Алишер Амирҷон Аҳлиддин Баҳром Бахтиёр Бобоҷон Далер Ёқуб Зафар Зоир Илҳом Исмоил Комрон Қобил Манучеҳр Мирзоҷон Муҳаммадҷон "
            "Наим Насим Нозим Одил Парвиз Раҳматулло Рустам Сайидҷон Салим Сомон Сорбон Сӯҳроб Тоҳир Умар Умед Фаридун Фарҳод Фирдавс "
            "Хуршед Ҳабиб Ҳасан Ҳусейн Ҷамшед Ҷовид Ҷонибек Шавкат Шариф Шодӣ Эраҷ Юсуф"
        ),
        women=_words(
            "Адиба Анора Баҳор Бунафша Гулбаҳор Гулнора Гулчеҳра Дилафрӯз Дилрабо Зайнаб Зарина Зебо Зулфия Иззатмоҳ Кибриё Лайло Лола "
            "Мавзуна Мадина Малика Манзура Матлуба Меҳрангез Мунира Муҳаббат Назокат Нигина Нилуфар Парвина Рухшона Сабоҳат Саодат Сафаргул "
            "Ситора Тахмина Фарзона Фируза Ҳафиза Шаҳзода Шаҳло Шаҳноза Ширин Шоиста"
        ),
        families=_words(
            "Авезов Азизов Бобоев Валиев Давлатов Ҷӯраев Зоиров Икромов Исматов Каримов Қурбонов Маҳмадов Мирзоев Муродов Назаров Неъматов "
            "Одинаев Раҳимов Раҳматов Раҷабов Саидов Самадов Сафаров Солиев Тоиров Турсунов Файзов Хоҷаев Холов Ҳакимов Ҳамидов Ҳасанов "
            "Шарипов Шоев Эшонов Юсупов Давлатзода Ҷӯразода Каримзода Назарзода Раҷабзода Саидзода Холиқзода Шарифзода"
        ),
    ),
    "UZ": Names(
        men=_words(
            "Akmal Aziz Bahodir Bekzod Dilshod Doniyor Elyor Farhod Gʻayrat Hamid Husan Ibrohim Ikrom Ilhom Jahongir Jamshid Jasur Komil "
            "Laziz Mansur Mirzohid Nodir Odil Otabek Oybek Qobil Ravshan Rustam Sanjar Sardor Sherzod Shuhrat Temur Ulugʻbek Umid Xurshid "
            "Yusuf Zafar Ziyod Zokir"
        ),
        women=_words(
            "Barno Dildora Dilfuza Dilorom Feruza Gulbahor Gulchehra Gulnoza Iroda Kamola Lobar Madina Maftuna Malika Mavluda Mohira Muattar "
            "Munisa Nafisa Nargiza Nigora Nilufar Nodira Oydin Ozoda Robiya Saida Sarvinoz Sevara Shahlo Shahnoza Shoira Umida Yulduz Zamira "
            "Zarina Zebo Zilola Ziyoda Zulfiya"
        ),
        families=_words(
            "Abdullayev Ahmedov Asqarov Aʼzamov Boboyev Boymatov Davronov Ergashev Fayziyev Hakimov Hamidov Hasanov Ibrohimov Ismoilov "
            "Joʻrayev Karimov Komilov Mahmudov Mamatov Mirzayev Murodov Normatov Nurmatov Ochilov Olimov Pardayev Poʻlatov Qodirov Qosimov "
            "Rahimov Rahmonov Rajabov Saidov Salimov Sattorov Shodiyev Sobirov Tojiboyev Toshmatov Tursunov Xoliqov Xolmatov Yoʻldoshev "
            "Yusupov"
        ),
    ),
    "KG": Names(
        men=_words(
            "Азамат Айбек Акылбек Алмаз Арслан Бакыт Бектур Болот Данияр Дастан Жаныбек Жеңиш Жолдош Замир Илим Калыбек Канат Кубан Максат "
            "Марат Мирлан Нурбек Нурдин Нурлан Өмүрбек Рахат Руслан Саламат Самат Талант Талгат Темирлан Тилек Тынчтык Улан Урмат Үсөн "
            "Чолпонбек Чыңгыз Ырыс Эмил Эрлан Эрмек Эсен"
        ),
        women=_words(
            "Айгерим Айжан Айнура Айпери Айсулуу Алтынай Асел Бактыгүл Бермет Бурул Венера Гүлзат Гүлмира Гүлнара Динара Жазгүл Жамиля Жаңыл "
            "Жибек Жылдыз Замира Зуура Каныкей Кенжегүл Кыял Махабат Мээрим Миргүл Назгүл Нургүл Нуржан Нурзат Салтанат Сезим Турсунай "
            "Чолпон Чынара Ширин Элиза Элнура Эркингүл"
        ),
        families=(
            *_words(
                "Абдыкадыров Абдылдаев Акматов Асанов Асылбеков Байматов Бейшеналиев Бекмуратов Дүйшөев Жакыпов Жолдошев Жумабаев Жунусов "
                "Иманалиев Исаков Исмаилов Каниметов Керимбаев Кыдыралиев Маматов Мамытов Молдобаев Мурзаев Нуралиев Орозбаев Осмонов "
                "Сагынбаев Садыков Сапарбаев Сатыбалдиев Сыдыков Тешебаев Токтогулов Токтомушев Турдубаев Эргешов Эсенов Эшимов"
            ),
            *(f"{father} уулу" for father in _words("Асан Бакыт Болот Жолдош Калыс Кубат Мамат Сапар Темир Эсен")),
        ),
    ),
}


def of_a_woman(family: str) -> str:
    """Раҳимов: Раҳимова; Асан уулу (son of Asan): Асан кызы; Каримзода stays."""
    if family.endswith(" уулу"):
        return family.removesuffix("уулу") + "кызы"
    if family.endswith(("ов", "ев")):
        return f"{family}а"
    return f"{family}a" if family.endswith(("ov", "ev")) else family


def full_name(country: str, is_woman: bool, chance: Random) -> tuple[str, str]:
    """(given name, family name)"""
    names = NAMES[country]
    family = chance.choice(names.families)
    return chance.choice(names.women if is_woman else names.men), of_a_woman(family) if is_woman else family
