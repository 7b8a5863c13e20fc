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
_DOUBLED = re.compile(r"([^\W\d])\1+")
_WORD = re.compile(r"[^\W_]+")


def to_latin(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_SILENT))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_LETTERS)


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def undouble(word: str) -> str:
    """A doubled letter counts once: passports, lists and thumbs do not agree on them."""
    return _DOUBLED.sub(r"\1", word)
