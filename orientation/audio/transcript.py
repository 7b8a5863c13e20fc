"""What a reader of a lesson says aloud: the words of its page, facts as they are today."""

import html
from collections.abc import Mapping
from typing import Any

import nh3

from orientation.models import EditionPage
from orientation.reading import FactBox, fill


def transcript(page: EditionPage, facts: Mapping[str, FactBox]) -> str:
    """One thing a line, for all corridors. `facts` are those that the page names, in its language: of `read_facts()`."""
    content = page.content
    variants = [text for each in content["variants"] for text in (each["title"], each["html"])]
    said = [page.title, content["intro"], content["story"], *variants, *content["points"], *content["today"]]
    shown = [facts[code] for code in content["facts"] if code in facts]
    said += [f"{box.title}: {box.value}" if box.value else box.title for box in shown]
    return "\n".join(line for text in said for line in _lines(fill(text, dict(facts))))


def _lines(filled: Any) -> list[str]:
    """Without tags. A paragraph's end is a line's."""
    text = html.unescape(nh3.clean(str(filled).replace("</p>", "</p>\n").replace("</li>", "</li>\n"), tags=set()))
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
