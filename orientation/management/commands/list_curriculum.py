"""The lessons that are out, as a Markdown table: what each is for, how long it is in each language, and who has read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from orientation.freeze import lesson_texts
from orientation.markup import plain
from orientation.models import EditionPage
from orientation.texts.states import LANGUAGES

BEGIN, END = "<!-- written by manage.py list_curriculum -->", "<!-- end of what list_curriculum has written -->"
DOCUMENT = settings.BASE_DIR / "docs/curriculum.md"
HEAD = ["module", "lesson", "minutes", "for", "facts", *LANGUAGES, "read by"]


class Command(BaseCommand):
    help = "Print the table of all lessons of the courses that Safar comes with. --write: put it into docs/curriculum.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("courses", nargs="*", default=["before-you-go", "money-home"])
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, courses: list[str], write: bool, **options: Any) -> None:
        table = "\n".join(line for course in courses for line in table_of(course))
        if write:
            put(table, DOCUMENT)
        else:
            self.stdout.write(table)


def put(table: str, document: Path) -> None:
    before, rest = document.read_text(encoding="utf-8").split(BEGIN)
    document.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}", encoding="utf-8")


def table_of(course: str) -> Iterator[str]:
    """Two queries. Words are those of the lesson itself, without its questions, rules and sentences to say."""
    pages: dict[str, dict[str, EditionPage]] = {}
    for page in EditionPage.objects.current().filter(edition__course__slug=course).select_related("reviewed_by"):
        pages.setdefault(page.slug, {})[page.language] = page
    outline = pages[EditionPage.COURSE]["en"].content["outline"]
    modules = {module["slug"]: f"{number} {module['title']}" for number, module in enumerate(outline["modules"], 1)}
    yield f"\n## {outline['title']}\n"
    yield f"| {' | '.join(HEAD)} |"
    yield f"|{'---|' * len(HEAD)}"
    for lesson in outline["lessons"]:
        here = pages[lesson["slug"]]
        readers = [f"{language}: {here[language].reviewed_by}" for language in LANGUAGES if here[language].reviewed_by]
        cells = [modules[lesson["module"]], lesson["title"], lesson["minutes"], for_whom(lesson), ", ".join(here["en"].content["facts"])]
        cells += [words_of(here[language].content) for language in LANGUAGES]
        yield f"| {' | '.join(map(str, cells))} | {'; '.join(readers) or 'not yet reviewed'} |"


def for_whom(lesson: dict[str, Any]) -> str:
    told = [", ".join(lesson["corridors"]) or "all", *(["core"] if lesson["is_core"] else []), *lesson["paths"]]
    return "; ".join([*told, *(["sensitive"] if lesson["is_sensitive"] else [])])


def words_of(content: dict[str, Any]) -> int:
    return sum(len(plain(text).split()) for text in lesson_texts(content))
