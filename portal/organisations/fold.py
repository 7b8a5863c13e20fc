"""Names as they are compared with sanctions lists: without case, accents, punctuation, legal form and order of words, in one script."""

import re
import unicodedata

# Letter, then what it becomes; accents are off by then, so that й, ё, ї, ў, ӣ and ӯ are among them.
_CYRILLIC = """
а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ы y э e ю yu я ya
і i є e ґ g қ k ғ g ҳ h ҷ j ә a ө o ү u ұ u ң n һ h җ j
"""
_PAIRS = _CYRILLIC.split()
_OTHERS = {"ъ": "", "ь": "", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}
_LETTERS = str.maketrans(dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | _OTHERS)
_SILENT = str.maketrans(dict.fromkeys("'’‘`´ʹʻʼʽ", ""))
_ONE_SPELLING = (("shch", "sh"), ("kh", "h"), ("y", "i"))  # of letters that passports and lists write in more than one way
_POINT_OF_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")  # L.L.C. is one word, P. Primer two
_DOUBLED = re.compile(r"([^\W\d])\1+")


def fold(name: str) -> str:
    """Words in alphabetical order. Two names that may mean the same organisation or person give the same text; "" matches nothing."""
    words = _words(name)
    text = f" {' '.join(words)} "
    for form in _LEGAL_FORMS:
        while f" {form} " in text:
            text = text.replace(f" {form} ", " ")
    return " ".join(sorted(_DOUBLED.sub(r"\1", word) for word in text.split() or words))


def _words(name: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", _POINT_OF_INITIALS.sub(r"\1", name).casefold().translate(_SILENT))
    text = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_LETTERS)
    for spelling, kept in _ONE_SPELLING:
        text = text.replace(spelling, kept)
    return re.findall(r"[^\W_]+", text)


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
