"""The facts under the lessons: each once, dated, and with sources that a reader can open."""

import re
from collections import Counter
from urllib.parse import urlsplit

from .files import CORRIDORS, IN_EACH_LANGUAGE, ON_ONE_WORKER, Json, fact_files, none_of, of_facts, read

pytestmark = ON_ONE_WORKER

TOPICS = {"before", "stay", "registration", "work", "money", "life", "trouble"}
STATUSES = {"in_force", "bill", "draft", "ended", "unknown", "conflict"}
CONFIDENCES = {"verified-official", "verified-press", "verified-secondary", "general-knowledge", "conflict"}
UNITS = {"RUB", "KZT", "USD", "UZS", "KGS", "TJS", "day", "working_day", "month", "year", "hour", "percent"}
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)")
FOR_TESTS = re.compile(r"(?:^|\.)(?:example|test|invalid|localhost|local)(?:\.|$)|(?:^|\.)example\.[a-z]+$")


def _rows() -> list[tuple[str, Json]]:
    return [(f"{file}: {row['id']}", row) for file in fact_files() for row in read(file)]


def test_no_fact_is_given_twice() -> None:
    none_of({code: f"{count} times" for code, count in Counter(row["id"] for _place, row in _rows()).items() if count > 1})


@IN_EACH_LANGUAGE
def test_each_fact_has_its_texts(language: str) -> None:
    faults: dict[str, object] = {}
    for file in fact_files():
        said = read(of_facts(file, language))
        if said is None:
            continue  # test_texts.py says so
        here, there = set(said), {row["id"] for row in read(file)}
        if here != there:
            faults[of_facts(file, language)] = f"missing: {sorted(there - here)}, too much: {sorted(here - there)}"
        faults |= {
            f"{of_facts(file, language)}: {code}": f"has {sorted(row)}" for code, row in said.items() if set(row) != {"title", "text"}
        }
    none_of(faults)


def test_facts_say_how_sure_they_are() -> None:
    faults: dict[str, object] = {}
    for place, row in _rows():
        value = row["value"]
        known = {
            "id": re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", row["id"]),
            "topic": row["topic"] in TOPICS,
            "corridors": row["corridors"] and set(row["corridors"]) <= set(CORRIDORS),
            "status": row["status"] in STATUSES,
            "confidence": row["confidence"] in CONFIDENCES,
            "value": value is None or (set(value) == {"number", "unit"} and value["unit"] in UNITS and float(value["number"]) >= 0),
            "review_by": row["review_by"] is not None,
        }
        if wrong := [field for field, right in known.items() if not right]:
            faults[place] = {field: row[field] for field in wrong}
    none_of(faults)


def test_what_is_called_verified_has_a_source() -> None:
    none_of({place: row["confidence"] for place, row in _rows() if row["confidence"].startswith("verified") and not row["sources"]})


def test_sources_are_sites_that_a_reader_can_open() -> None:
    """Or the name of a law, which has no site of its own."""
    none_of(
        {
            f"{place}: {source['url']}": f"published by {source['publisher']!r}"
            for place, row in _rows()
            for source in row["sources"]
            if not ((source["url"] == "" or _is_sane(source["url"])) and str(source["publisher"] or "").strip() and "dated" in source)
        }
    )


def _is_sane(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        return False
    plain = parts.scheme in ("http", "https") and not parts.username and port in (None, 443) and not re.search(r"\s", url)
    return plain and bool(HOST.fullmatch(host)) and not FOR_TESTS.search(host)
