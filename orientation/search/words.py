"""The words of a search: as they were typed, as they are looked for, and as they are marked where they were found."""

import re
from dataclasses import dataclass
from functools import lru_cache

from portal.letters import fold_letters

LONGEST, MOST_WORDS = 80, 8
SHORT = 2  # letters: such a word begins no other one
WORD = re.compile(r"[^\W_]+(?:['’‘`´][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Asked:
    """`text` is folded, `stem` what a word begins with that is meant by it, if any does; `is_near` where no word is begun by all of it."""

    text: str
    stem: str
    is_near: bool = False
    weight: float = 1.0

    @property
    def likeness(self) -> float:
        """How alike a word must be that may be meant, as pg_trgm counts it: of a short one many others have much."""
        return 0.5 if len(self.text) <= 5 else 0.4

    def means(self, word: str) -> bool:
        """Whether a word of a text, as it is written there, is one of those that were looked for."""
        return any(self._begins(part) or (self.is_near and shared(self.text, part) >= self.likeness) for part in folded_word(word).split())

    def _begins(self, part: str) -> bool:
        return bool(self.stem) and (part == self.stem or (len(self.stem) > SHORT and part.startswith(self.stem)))


def typed_words(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:LONGEST].strip()


def asked_words(typed: str) -> list[Asked]:
    """Each word once, the longest first where there are too many."""
    texts = list(dict.fromkeys(fold_letters(typed).split()))
    return [Asked(text, _stem(text)) for text in sorted(texts, key=len, reverse=True)[:MOST_WORDS]]


def _stem(word: str) -> str:
    """Without what may be an ending, in any of the five languages."""
    return word[: len(word) - min(3, max(0, (len(word) - 3) // 2))]


@lru_cache(maxsize=20_000)
def folded_word(word: str) -> str:
    return fold_letters(word)


def shared(asked: str, word: str) -> float:
    """The share of its three-letter parts that another word has, as PostgreSQL counts them."""
    parts = _parts(asked)
    return len(parts & _parts(word)) / len(parts)


@lru_cache(maxsize=20_000)
def _parts(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))
