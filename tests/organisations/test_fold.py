"""How names are compared with sanctions lists."""

import pytest

from portal.organisations.fold import fold

ALIKE = [
    ("Zephyr Trading House", "ZEPHYR TRADING HOUSE", "House Zephyr Trading", "  zephyr-trading   house ", "“Zephyr” Trading, House."),
    (
        "ООО «Рога и копыта»",
        "Рога и Копыта ООО",
        "Общество с ограниченной ответственностью «Рога и копыта»",
        "Roga i Kopyta LLC",
        "ROGA I KOPYTA L.L.C.",
    ),
    ("АО «Ёлка»", "Елка, ПАО", "ElkA JSC", "Elka Ltd", "ОсОО Елка", "ТОО Елка", "ҶДММ Елка"),
    ("Пример Вымышленный", "VYMYSHLENNY PRIMER", "Primer Vymyshlennyy", "ИП Вымышленный Пример", "Вымышленный, Пример"),
    ("Хаджиев", "Khadzhiev", "HADZHIEV"),
    ("Société Générale d'Exemple SA", "SOCIETE GENERALE DEXEMPLE"),
    ("Oʻzbek Namuna MChJ", "O'zbek Namuna МЧЖ", "Ozbek namuna"),
]


@pytest.mark.parametrize("names", ALIKE)
def test_one_name_in_many_spellings(names):
    assert len({fold(name) for name in names}) == 1


def test_other_names_stay_others():
    names = [
        "Zephyr Trading House",
        "Zephyr Trading",
        "Zephyr House",
        "P. Primer",
        "Primer",
        "ООО",
        "Пример",
        "東方商事",
        "Zephyr 2",
        "Zephyr 22",
    ]
    assert len({fold(name) for name in names}) == len(names) - 1  # Primer stands there in two scripts


@pytest.mark.parametrize("name", ["", " ", "—", "«…»", "́"])
def test_what_has_no_letters_is_nothing(name):
    assert fold(name) == ""


def test_a_name_that_is_nothing_but_a_legal_form_is_kept():
    assert fold("ООО") and fold("Company")


def test_folding_what_is_folded_changes_nothing():
    for names in ALIKE:
        assert fold(fold(names[0])) == fold(names[0])
