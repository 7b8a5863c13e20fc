"""Names as they are compared with sanctions lists: without case, accents, punctuation, legal form and order of words, in one script."""

import re

from portal.letters import to_latin, undouble, words

_ONE_SPELLING = (("shch", "sh"), ("kh", "h"), ("y", "i"))  # of letters that passports and lists write in more than one way
_POINT_OF_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")  # L.L.C. is one word, P. Primer two


def fold(name: str) -> str:
    """Words in alphabetical order. Two names that may mean the same organisation or person give the same text; "" matches nothing."""
    found = _words(name)
    text = f" {' '.join(found)} "
    for form in _LEGAL_FORMS:
        while f" {form} " in text:
            text = text.replace(f" {form} ", " ")
    return " ".join(sorted(undouble(word) for word in text.split() or found))


def _words(name: str) -> list[str]:
    text = to_latin(_POINT_OF_INITIALS.sub(r"\1", name))
    for spelling, kept in _ONE_SPELLING:
        text = text.replace(spelling, kept)
    return words(text)


_LEGAL_FORMS = sorted(  # the longest first, since the long ones hold short ones
    {
        " ".join(_words(form))
        for form in """
общество с ограниченной ответственностью/открытое акционерное общество/закрытое акционерное общество/публичное акционерное общество
непубличное акционерное общество/акционерное общество/товарищество с ограниченной ответственностью/индивидуальный предприниматель
общество с дополнительной ответственностью/частное предприятие/государственное унитарное предприятие/унитарное предприятие
limited liability company/limited liability partnership/joint stock company/open joint stock company/closed joint stock company
public joint stock company/public limited company/private limited company/individual entrepreneur
ООО/ОАО/ЗАО/ПАО/НАО/АО/ИП/ТОО/ОсОО/ОДО/ЧП/ГУП/УП/ЖШС/АҚ/ЖЧК/ЖАК/ААК/ҶДММ/ҶСП/ҶСК/МЧЖ/МЖ/АЖ/OOO/OAO/ZAO/PAO/AO/TOO/MChJ/AJ
LLC/LLP/LTD/limited/Inc/incorporated/Corp/corporation/Co/company/JSC/OJSC/CJSC/PJSC/PLC/GmbH/AG/KG/SA/SARL/Sàrl/SRL/SpA/BV/NV/FZE/FZCO/FZ LLC/A.Ş./AS/Oy/AB
""".replace("\n", "/").split("/")
        if form
    },
    key=lambda form: (-len(form), form),
)
