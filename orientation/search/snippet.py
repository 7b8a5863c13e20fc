"""The part of a text where what was looked for stands, with the words marked: safe HTML in which tokens wait for their values."""

from collections.abc import Sequence
from html import escape

from orientation.markup import TOKEN
from orientation.search.words import WORD, Asked

LONG = 150  # letters


def snippet(text: str, asked: Sequence[Asked]) -> str:
    """From the words before the best place on, or the beginning where the words stand in the title only."""
    text = text[:20_000]
    tokens = [match.span() for match in TOKEN.finditer(text)]
    words = [match.span() for match in WORD.finditer(text) if not any(start <= match.start() < end for start, end in tokens)]
    hits = [(span, word) for span in words for word in asked if word.means(text[slice(*span)])]
    start, end = _part(text, [(span[0], word) for span, word in hits], tokens)
    marked = {span for span, _ in hits}
    html, at = [], start
    for first, last in sorted(marked):
        if start <= first and last <= end:
            html.append(f"{escape(text[at:first])}<mark>{escape(text[first:last])}</mark>")
            at = last
    html.append(escape(text[at:end]))
    return f"{'… ' if start else ''}{' '.join(''.join(html).split())}{' …' if end < len(text) else ''}"


def _part(text: str, hits: Sequence[tuple[int, Asked]], tokens: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Where most of the weight of the words is, from the beginning of a sentence if one is near, never inside a word or a token."""
    best = max((place for place, _ in hits), key=lambda place: (_weight(hits, place), -place), default=0)
    start = max(text.rfind(". ", 0, best), text.rfind("\n", 0, best)) + 1
    start = start if best - start <= LONG // 2 else text.find(" ", best - LONG // 3) + 1
    start = start + len(text[start:]) - len(text[start:].lstrip(" "))
    end = len(text) if len(text) - start <= LONG else max(text.rfind(" ", start + LONG // 2, start + LONG), start + LONG // 2)
    for first, last in tokens:
        start, end = (last if first < start < last else start), (last if first < end < last else end)
    return start, end


def _weight(hits: Sequence[tuple[int, Asked]], start: int) -> float:
    return sum(word.weight for word in {word for place, word in hits if start <= place < start + LONG})
