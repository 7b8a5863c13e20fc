"""Uzbek has two alphabets. Its texts are written in Latin letters; readers who learnt the other ones read the same page in Cyrillic.

>>> in_cyrillic("Oʻzbekcha: yoʻlga chiqishdan oldin, 1-sentabrdan"), in_latin("Ўзбекча: йўлга чиқишдан олдин, 1-сентябрдан")
('Ўзбекча: йўлга чиқишдан олдин, 1-сентябрдан', 'Oʻzbekcha: yoʻlga chiqishdan oldin, 1-sentabrdan')
"""

import re
from functools import lru_cache

from portal.ui.cyrillic_words import KEPT, STEMS

TURNED, TUTUQ = "\u02bb", "\u02bc"  # of oʻ and gʻ, and of maʼno
_VOWELS = "aeiouаеёиоуэюяў"

# Addresses and {places} stay; a word may hold an apostrophe, and one may end it after o or g. An address is looked for where one may
# begin, not at each of its letters: a line of twenty thousand hyphens costs no more than another.
_LATIN = re.compile(
    r"(?P<kept>\{\w*\}|(?<!\S)\S*(?:@|//)\S*|(?<![\w-])[\w-]+(?:\.[^\W\d_]{2,}[\w/-]*)+)|[^\W_]+(?:['’‘`][^\W_]+)*(?:(?<=[oOgG])['‘`])?",
)
_CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
_APOSTROPHE = re.compile(r"(?<=[og])['’‘`]")
_OTHER_APOSTROPHE = re.compile(r"['’‘`]")
_FOREIGN = re.compile(r"[^a-zʻʼ]|w|c(?!h)|ʻ(?<![og]ʻ)")
_BRAND = re.compile(r"[a-z][A-Z]")

_LETTERS = """
a а b б d д f ф g г h ҳ i и j ж k к l л m м n н o о p п q қ r р s с t т u у v в x х y й z з
sh ш ch ч oʻ ў gʻ ғ yo ё yu ю ya я yoʻ йў sʼh сҳ ʼ ъ
"""
_PAIRS = _LETTERS.split()
_TO_CYRILLIC = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_TO_LATIN = {cyrillic: latin for latin, cyrillic in _TO_CYRILLIC.items()} | {"щ": "sh", "ы": "i", "э": "e", "ь": ""}
# ц: migratsiya, ofitsiant; aksiya, inspeksiya, vakansiya
_TS = re.compile(r"tsi(?=[yao])|(?<=[kpn])si(?=ya)")
_LATIN_PARTS = re.compile(r"цi|yoʻ|sʼh|sh|ch|oʻ|gʻ|yo|yu|ya|ye|.")
_CYRILLIC_PARTS = re.compile(r"йў|сҳ|.")

_CASES = "(?:ni|ning|niki|ga|ka|qa|da|dan|dagi|gacha|dek|day|cha|chi|siz|li|lik|lar|mi|dir|ku)"
_ENDING = re.compile(rf"(?:i|si|im|m|ing|ng|imiz|miz|ingiz|ngiz|{_CASES})*")
_LONGEST = max(map(len, STEMS))


def in_cyrillic(text: str) -> str:
    """What is no Uzbek word stays: addresses, codes, names of programs, and all that is Cyrillic already."""
    return _LATIN.sub(lambda found: found[0] if found["kept"] else _word_in_cyrillic(found[0]), text)


def in_latin(text: str) -> str:
    """The way back, to the spelling that `in_cyrillic` began with."""
    return _CYRILLIC.sub(lambda found: _word_in_latin(found[0]), text)


@lru_cache(maxsize=20_000)
def _word_in_cyrillic(word: str) -> str:
    capitals = re.match(r"[A-Z]{2,}(?=[a-z])", word)
    if capitals and capitals[0].lower() in KEPT:  # SMSni
        return capitals[0] + _word_in_cyrillic(word[capitals.end() :])
    lower = _OTHER_APOSTROPHE.sub(TUTUQ, _APOSTROPHE.sub(TURNED, word.lower()))
    if lower in KEPT or _FOREIGN.search(lower) or _BRAND.search(word) or _is_number(word):
        return word
    return _as_written(word, _letters_in_cyrillic(lower))


def _letters_in_cyrillic(word: str) -> str:
    for long in range(min(len(word), _LONGEST), 2, -1):
        stem = STEMS.get(word[:long])
        if stem and _ENDING.fullmatch(word, long):
            ending = word[long:]
            return (stem.removesuffix("ь") if ending else stem) + _by_rule(ending, word[long - 1])
    return _by_rule(word, "")


def _by_rule(word: str, before: str) -> str:
    """`before` is the letter before the first, or "" where the word begins."""
    done = []
    for part in _LATIN_PARTS.findall(_TS.sub("цi", word)):
        begins = not before or before in _VOWELS or before == "oʻ"
        if part == "e":
            letters = "э" if begins else "е"
        elif part == "ye":
            letters = "е" if begins or before == TUTUQ else "ье"
        else:
            letters = "ци" if part == "цi" else _TO_CYRILLIC[part]
        done.append(letters)
        before = part if part == "oʻ" else part[-1]
    return "".join(done)


@lru_cache(maxsize=20_000)
def _word_in_latin(word: str) -> str:
    lower = word.lower()
    for long in range(min(len(lower), _LONGEST), 2, -1):
        stem = _STEMS_BACK.get(lower[:long])
        if stem:
            ending = _letters_in_latin(lower[long:], lower[long - 1])
            if _ENDING.fullmatch(ending):
                return _as_written(word, stem + ending)
    return _as_written(word, _letters_in_latin(lower, ""))


def _letters_in_latin(word: str, before: str) -> str:
    done = []
    for place, part in enumerate(_CYRILLIC_PARTS.findall(word)):
        after = word[place + 1 : place + 2]
        match part:
            case "е":
                latin = "ye" if not before or before in _VOWELS + "ъь" else "e"
            case "ц":
                latin = "ts" if before and before in _VOWELS else "s"
            case "ъ":
                latin = "" if before not in _VOWELS and after and after in "еёюя" else TUTUQ
            case _:
                latin = _TO_LATIN.get(part, part)
        done.append(latin)
        before = part[-1]
    return "".join(done)


def _as_written(word: str, letters: str) -> str:
    """With the capitals of `word`."""
    if len(word) > 1 and word.isupper():
        return letters.upper() if len(re.sub(r"[^\w]|[ʻʼ]", "", word)) > 1 else letters.capitalize()
    return letters[:1].upper() + letters[1:] if word[:1].isupper() else letters


def _is_number(word: str) -> bool:
    """XXI asr."""
    return len(word) > 1 and re.fullmatch(r"[IVXLC]+", word) is not None


def _stems_back() -> dict[str, str]:
    """The Cyrillic stems, also without the ь that an ending takes away, whose Latin is not the one by the letters."""
    spelled = {}
    for latin, cyrillic in STEMS.items():
        for stem in {cyrillic, cyrillic.removesuffix("ь")}:
            if _letters_in_latin(stem, "") != latin:
                spelled[stem] = latin
    return spelled


_STEMS_BACK = _stems_back()
