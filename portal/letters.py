"""Letters of five languages in one: lower-case Latin without accents and apostrophes, as names and searches are compared."""

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
# What is left to tell apart by language only: ё in Russian is e, in Uzbek yo; Uzbek has two alphabets, in which ў is oʻ, х is x, қ is q.
_ONE_SPELLING = (("shch", "sh"), ("kh", "h"), ("zh", "j"), ("dj", "j"), ("x", "h"), ("q", "k"), ("y", "i"), ("io", "e"), ("ie", "e"))
_DOUBLED = re.compile(r"([^\W\d])\1+")
_WORD = re.compile(r"[^\W_]+")


def to_latin(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_SILENT))
    accents = {ord(letter): "" for letter in set(letters) if unicodedata.combining(letter)}  # a long text has few different letters
    return letters.translate(_LETTERS | accents)


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def undouble(word: str) -> str:
    """A doubled letter counts once: passports, lists and thumbs do not agree on them."""
    return _DOUBLED.sub(r"\1", word)


def fold_letters(text: str) -> str:
    """Lower-case Latin words with one space between: қ is к is q is k, ғ is г, ҷ is дж, ӯ is у, ў is oʻ, ё is е. For comparing, not for reading.

    >>> fold_letters("Пайвандчи"), fold_letters("payvandchi"), fold_letters("Кафшергар"), fold_letters("бўёқчи, boʻyoqchi")
    ('paivandchi', 'paivandchi', 'kafshergar', 'boekchi boekchi')
    """
    latin = to_latin(unicodedata.normalize("NFC", text.casefold()).replace("ў", "о"))
    for spelling, kept in _ONE_SPELLING:
        latin = latin.replace(spelling, kept)
    return undouble(" ".join(words(latin)))
