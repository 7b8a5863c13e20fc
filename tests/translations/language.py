"""What a text in one of the five languages may look like."""

import re

import py3langid
from django.utils.html import strip_tags

RUSSIAN = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
ALPHABETS = {
    "ru": RUSSIAN,
    "ky": RUSSIAN | set("ңөү"),
    "tg": (RUSSIAN - set("цщыь")) | set("ғӣқӯҳҷ"),  # so neither the old fonts' љ њ ќ ї ў nor letters that Tajik has given up
}
LATIN = set("abcdefghijklmnopqrstuvwxyz")

# Latin words that stand in Cyrillic texts: names, and what is written on the screen of every phone.
_LATIN_NAMES = re.compile(
    r"safar|seco|ruid|iphone|rustore|whatsapp|telegram|iom|ilo|iris|sana|sezim|id|sms|qr|url|uuid|pdf|json|xlsx|xls|csv|utf|wi|fi|aegis|freeotp|google|authenticator|egov|chrome|firefox|xapi|xorijda|ish|ishga|marhamat|vatanga|qaytarish|eotinish|[a-z]",
    re.IGNORECASE,
)
# English words that no other of the five languages has.
_ENGLISH = re.compile(
    r"\b(?:the|and|of|you|your|are|for|with|this|that|from|have|we|will|what|when|how|please|sign|page|which|they|their|been|was|were)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ'‘’`´][^\W\d_]+)*")
_SITE = r"\b[a-z]+(?:\.[a-z]+)*\.(?:kg|kz|ru|tj|uz)\b"
_COMMAND = r"\bmanage\.py(?: [a-z_-]+)*"
_PLACEHOLDER = re.compile(
    r"https?://[\w.]+|"
    + _SITE
    + "|"
    + _COMMAND
    + r"|\b[0-9A-Z]{3}-?[0-9A-Z]{3}-?[0-9A-Z]{3}\b|\S+@\S+|%\(\w+\)[a-z]|%[sdifr]|\{\{.*?\}\}|\{\w*\}"
)
_RUSSIAN_PAPER = re.compile(r"«[^»]*»|\([^()]*[а-яё][^()]*\)")  # the name of a Russian paper, as it is printed
_PRINTED_NAME = re.compile(r"«\S+(?: \S+){0,2}»")  # of a paper or an office in another country: «Еңбек шарты»
_WRONG_APOSTROPHE = re.compile(r"[a-z]['‘’`´][a-z]|[og]['‘`´]|(?<![og])ʻ", re.IGNORECASE)

py3langid.set_languages(["tg", "ky", "uz", "ru", "kk", "en"])


def bare(text: str) -> str:
    """The words alone: without tags, placeholders, addresses and the codes of certificates."""
    return _PLACEHOLDER.sub(" ", strip_tags(text))


def letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)


def language_of(text: str) -> str:
    """The likeliest of the five languages and Kazakh; names of Russian papers in a Latin text do not count."""
    text = bare(text)
    without_papers = _RUSSIAN_PAPER.sub(" ", text)
    latin = sum(letter.lower() in LATIN for letter in without_papers)
    return py3langid.classify(without_papers if latin * 2 > letters(without_papers) else text)[0]


def spelling_faults(language: str, text: str) -> list[str]:
    """Words with letters that the language does not have."""
    text = bare(text)
    if language in ("uz", "en"):
        faults = [f"apostrophe in {match[0]!r}" for match in _WRONG_APOSTROPHE.finditer(text)] if language == "uz" else []
        text = _RUSSIAN_PAPER.sub(" ", text)
        return faults + [f"{word!r} is not Latin" for word in words(text) if not _in(word, LATIN) and not _is_russian_abbreviation(word)]
    faults = [f"{word!r} is Latin" for word in words(text) if set(word.lower()) & LATIN and not _LATIN_NAMES.fullmatch(word)]
    text = (_RUSSIAN_PAPER if language == "tg" else _PRINTED_NAME).sub(" ", text)
    alphabet = ALPHABETS[language] | LATIN
    return faults + [
        f"{word!r} has other letters" for word in words(text) if not _in(word, alphabet) and not _is_russian_abbreviation(word)
    ]


def alphabet_faults(language: str, text: str) -> list[str]:
    """Words that a reader of the language cannot sound out: for how a foreign sentence is read, which may need any Russian letter."""
    faults = [f"apostrophe in {match[0]!r}" for match in _WRONG_APOSTROPHE.finditer(text)] if language == "uz" else []
    alphabet = LATIN if language in ("uz", "en") else RUSSIAN | ALPHABETS[language]
    return faults + [f"{word!r} has other letters" for word in words(text) if not _in(word, alphabet)]


def english_left(language: str, text: str) -> list[str]:
    """Traces of English in a text that should be in another language."""
    found = _ENGLISH.findall(bare(text))
    if language != "uz":
        found += [match[0] for match in re.finditer(r"\b[A-Za-z]+(?:[ ,]+[A-Za-z]+){2,}", bare(text))]
    return found


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def _in(word: str, alphabet: set[str]) -> bool:
    return set(word.lower()) <= alphabet | set("ʻʼ'‘’`´")


def _is_russian_abbreviation(word: str) -> bool:
    """МВД, РКЛ: shown as in the papers, in every language."""
    return word.isupper() and 1 < len(word) <= 5 and set(word.lower()) <= RUSSIAN
