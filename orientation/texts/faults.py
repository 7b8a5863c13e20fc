"""What stands in the way of a text, said to whoever writes it."""

import re
from collections import Counter
from collections.abc import Iterable

from orientation.markup import TOKEN, fact_codes, parse_example
from orientation.models import Fact

# Neither looks past the next sign of its kind: a file full of “<a<a<a” costs no more than another.
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_LINK = re.compile(r"\[[^\[\]]*\]\([^)]*\)?|https?://|www\.", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d .,]*")
_ODD_BRACES = re.compile(r"\{\{.{0,40}|.{0,40}\}\}")


def tokens(text: str) -> "Counter[str]":
    """Its `{{fact:…}}` and `{{eg:…}}`, however they are spaced."""
    return Counter(f"{{{{{match[1]}:{match[2]}}}}}" for match in TOKEN.finditer(text))


def faults_of(text: str) -> list[str]:
    """Of a text in any language, as sentences."""
    found = []
    if tag := _TAG.search(text):
        found.append(f"Take out {tag[0]!r}: texts take **bold** and lists, and no HTML.")
    if link := _LINK.search(text):
        found.append(f"Take out {link[0]!r}: a lesson has no links, since they break. Put the address into the source of a fact.")
    if odd := _ODD_BRACES.search(TOKEN.sub("", text)):
        found.append(f"{odd[0].strip()!r} is neither {{{{fact:CODE}}}} nor {{{{eg:60000 RUB}}}}.")
    for match in TOKEN.finditer(text):
        if match[1] == "eg":
            try:
                parse_example(match[2])
            except ValueError as why:
                found.append(str(why))
    return found


def bare_numbers(text: str) -> list[str]:
    """A number in a text grows old where nobody sees it. Only a fact's own texts may have one."""
    found = _NUMBER.search(TOKEN.sub("", text))
    return [f"Take out {found[0].strip()!r}: write {{{{fact:CODE}}}}, or for an example {{{{eg:60000 RUB}}}}."] if found else []


def lost_tokens(english: str, text: str) -> list[str]:
    """What a translation of `english` has lost, or has and the English has not."""
    wanted, told = tokens(english), tokens(text)
    return [
        *(f"It has lost {token}, which the English has." for token in wanted if token not in told),
        *(f"It has {token}, which the English has not." for token in told if token not in wanted),
    ]


def unknown_facts(texts: Iterable[str]) -> list[str]:
    """Codes that the texts name and no fact has. One query where there are any."""
    codes = fact_codes(texts)
    if not codes:
        return []
    known = set(Fact.objects.filter(code__in=codes).values_list("code", flat=True))
    return [code for code in codes if code not in known]
