"""Words as people type them: whatever the alphabet and the keyboard, one word gives one text."""

import unicodedata

from portal.letters import to_latin, undouble, words

# Uzbek has two alphabets: ў is oʻ, х is x, қ is q. What differs by language only (ё in Russian is e, in Uzbek yo) falls together.
_ONE_SPELLING = (("shch", "sh"), ("kh", "h"), ("zh", "j"), ("dj", "j"), ("x", "h"), ("q", "k"), ("y", "i"), ("io", "e"), ("ie", "e"))


def fold_letters(text: str) -> str:
    """Lower-case Latin words with one space between: қ is к is q is k, ғ is г, ҷ is дж, ӯ is у, ў is oʻ, ё is е. For comparing, not for reading.

    >>> fold_letters("Пайвандчи"), fold_letters("payvandchi"), fold_letters("Кафшергар"), fold_letters("бўёқчи, boʻyoqchi")
    ('paivandchi', 'paivandchi', 'kafshergar', 'boekchi boekchi')
    """
    latin = to_latin(unicodedata.normalize("NFC", text.casefold()).replace("ў", "о"))
    for spelling, kept in _ONE_SPELLING:
        latin = latin.replace(spelling, kept)
    return " ".join(undouble(word) for word in words(latin))
