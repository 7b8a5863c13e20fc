"""Lesson texts: Markdown to a few safe tags, with `{{fact:CODE}}` and `{{eg:60000 RUB}}` kept as tokens that a page fills in when it is read."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from html import unescape

import nh3
from markdown_it import MarkdownIt

TOKEN = re.compile(r"\{\{\s*+(fact|eg):\s*+([^{}<>\s][^{}<>]{0,59}?)\s*+\}\}")  # `*+` never tries fewer: a thousand spaces cost nothing
EXAMPLE = re.compile(r"^([0-9]{1,15}(?:\.[0-9]+)?) (\w+)$")
_TAGS = {"p", "strong", "em", "ul", "ol", "li", "br"}
_LINE_END, _ANY_TAG = re.compile(r"</(?:p|li)>|<br ?/?>"), re.compile(r"<[^<>]*>")
_markdown = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "link", "autolink", "heading", "lheading", "code", "fence", "html_block", "html_inline"]
)


def to_html(text: str) -> str:
    """Paragraphs, lists and emphasis; everything else is shown as the letters that were typed."""
    return nh3.clean(_markdown.render(text.strip()), tags=_TAGS, attributes={}).strip()


def to_inline_html(text: str) -> str:
    """One line: emphasis only."""
    return nh3.clean(_markdown.renderInline(text.strip()), tags={"strong", "em"}, attributes={}).strip()


def plain_lines(html: str) -> list[str]:
    """HTML that this file has made, as text: its tags have no attributes, and every other < is written &lt;."""
    text = unescape(_ANY_TAG.sub("", _LINE_END.sub("\n", html)))
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]


def plain(html: str) -> str:
    """The same on one line."""
    return " ".join(plain_lines(html))


def fact_codes(texts: Iterable[str]) -> list[str]:
    """The codes of all facts that the texts name, each once, in order."""
    return list(dict.fromkeys(match[2] for text in texts for match in TOKEN.finditer(text) if match[1] == "fact"))


def parse_example(text: str) -> tuple[Decimal, str]:
    """'60000 RUB' → (Decimal(60000), 'RUB'). Raises ValueError."""
    match = EXAMPLE.match(text)
    if match is None:
        raise ValueError(f"An example is a number and a unit, like 60000 RUB, not {text!r}.")
    try:
        return Decimal(match[1]), match[2]
    except InvalidOperation as error:
        raise ValueError(str(error)) from error
