"""One word, however it is typed, folds to one text."""

import pytest

from portal.letters import fold_letters

SAME = [
    ["payvandchi", "пайвандчи", "Пайвандчи", "PAYVANDCHI"],
    ["бўёқчи", "бу\N{COMBINING BREVE}ёқчи", "boʻyoqchi", "bo'yoqchi", "bo‘yoqchi", "boyoqchi"],
    ["ёрдамчи", "yordamchi"],
    ["қурувчи", "quruvchi", "курувчи"],
    ["ҳайдовчи", "haydovchi", "xaydovchi", "хайдовчи"],
    ["гишт терувчи", "ғишт терувчи", "gʻisht teruvchi", "g'isht teruvchi"],
    ["йўл", "yoʻl", "yol"],
    ["ҷӯшкор", "джушкор", "jushkor", "ҷу\N{COMBINING MACRON}шкор"],
    ["шофёр", "шофер", "shofyor"],
    ["кафшергар", "Kafshergar"],
    ["ширетүүчү", "ширетуучу"],
    ["өндүрүш", "ондуруш"],
    ["иҷрокунанда", "иджрокунанда"],
    ["қолинбоф", "колинбоф"],
    ["каменщик", "камменщик", "kamenshchik"],
    ["сварщик-монтажник", "сварщик монтажник", "  сварщик,монтажник "],
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_however_it_is_typed(spellings):
    assert len({fold_letters(spelling) for spelling in spellings}) == 1


def test_different_words_stay_different():
    different = ["сварщик", "повар", "швея", "payvandchi", "oshpaz", "кафшергар", "ошпаз нон", "welder", "cook", "bricklayer"]
    assert len({fold_letters(word) for word in different}) == len(different)


@pytest.mark.parametrize("text", ["", "  ", "'", "ъь", "!?…", "🙂"])
def test_nothing_to_look_for(text):
    assert fold_letters(text) == ""


def test_folding_twice_changes_nothing():
    for spellings in SAME:
        folded = fold_letters(spellings[0])
        assert fold_letters(folded) == folded
