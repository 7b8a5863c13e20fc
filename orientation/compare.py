"""What two editions say differently, line by line, as a person reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from re import findall

from orientation.markup import plain_lines
from orientation.models import CourseEdition, EditionPage

Part = tuple[str, str]  # "same", "gone" or "new"; the words


@dataclass(frozen=True, slots=True)
class PageChange:
    language: str
    slug: str
    title: str
    lines: list[list[Part]]


def compare(old: CourseEdition, new: CourseEdition) -> list[PageChange]:
    """The pages that differ, by language and lesson. Two queries."""
    before, after = ({(page.language, page.slug): page for page in edition.pages.all()} for edition in (old, new))
    changes = []
    for key in sorted(before.keys() | after.keys()):
        lines = changed_lines(*(list(lines_of(side[key])) if key in side else [] for side in (before, after)))
        if lines:
            changes.append(PageChange(*key, (after.get(key) or before[key]).title, lines))
    return changes


def lines_of(page: EditionPage) -> Iterator[str]:
    content = page.content
    yield page.title
    for field in ("summary", "intro", "story", "points", "today"):
        value = content.get(field, [])
        for text in value if isinstance(value, list) else [value]:
            yield from plain_lines(text)
    for variant in content.get("variants", []):
        yield from (f"{', '.join(variant['corridors'])}: {line}" for line in [variant["title"], *plain_lines(variant["html"])])
    for phrase in content.get("phrases", []):
        yield f"“{phrase['said']}” – {phrase['means']}" + (f" [{phrase['reading']}]" if phrase["reading"] else "")
    if facts := content.get("facts"):
        yield "Facts: " + ", ".join(facts)
    for question in page.questions if "questions" in content else []:
        right = question["fact"] or question["number"]
        yield from plain_lines(f"? {question['text']}" + (f" = {right}" if right else ""))
        for choice in question["choices"]:
            yield from plain_lines(f"{'✓' if choice['is_right'] else '✗'} {choice['text']} – {choice['feedback']}")
        yield from plain_lines(question["why"])


def changed_lines(old: list[str], new: list[str]) -> list[list[Part]]:
    found: list[list[Part]] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        paired = min(j - i, m - k)
        found += [changed_words(*pair) for pair in zip(old[i : i + paired], new[k : k + paired], strict=True)]
        found += [[("gone", line)] for line in old[i + paired : j]] + [[("new", line)] for line in new[k + paired : m]]
    return found


def changed_words(old: str, new: str) -> list[Part]:
    before, after = findall(r"\S+\s*", old), findall(r"\S+\s*", new)
    parts: list[Part] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", "".join(before[i:j])))
        else:
            parts += [(state, "".join(words)) for state, words in (("gone", before[i:j]), ("new", after[k:m])) if words]
    return parts
