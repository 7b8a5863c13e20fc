"""A lesson on one sheet of paper: large type, black and white, a QR code that leads to the lesson."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from orientation.models import EditionPage
from orientation.reading import corridor_name, read_lesson
from portal.pdf import qr_svg, typeset

TEMPLATE = Path(__file__).parent / "handout.typ"
Run = dict[str, Any]


@dataclass
class _Runs(HTMLParser):
    """The safe HTML of orientation/markup.py as runs of text: paragraphs and list lines are blocks of their own."""

    blocks: list[list[Run]] = field(default_factory=lambda: [[]])
    bold: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.bold += tag in ("strong", "em")
        if tag in ("p", "li", "br") and self.blocks[-1]:
            self.blocks.append([])

    def handle_endtag(self, tag: str) -> None:
        self.bold -= tag in ("strong", "em")
        if tag in ("p", "li") and self.blocks[-1]:
            self.blocks.append([])

    def handle_data(self, data: str) -> None:
        if data.strip() or self.blocks[-1]:
            self.blocks[-1].append({"text": data.replace("\n", " "), "bold": self.bold > 0})


def blocks_of(html: str) -> list[list[Run]]:
    reader = _Runs()
    reader.feed(html)
    reader.close()
    return [block for block in reader.blocks if block]


def _said(phrase: dict[str, Any]) -> list[Run]:
    help_to_read = f" [{phrase['reading']}]" if phrase["reading"] else ""
    return [{"text": phrase["said"], "bold": True}, {"text": f"{help_to_read} – {phrase['means']}", "bold": False}]


def print_handout(page: EditionPage, corridor: str, language: str) -> bytes:
    """`page` is a lesson's; `corridor` leaves the rules of others out. Facts say what they say today."""
    with override(language):
        address = settings.SITE_URL + reverse("learn:lesson", args=[page.content["outline"]["slug"], page.slug])
    with override(page.language):
        view, today = read_lesson(page, corridor, localdate()), localdate()
        parts = [{"title": "", "ticks": False, "lines": blocks_of(view.intro)}]
        parts += [{"title": variant["title"], "ticks": False, "lines": blocks_of(variant["html"])} for variant in view.variants]
        parts.append({"title": _("Remember"), "ticks": False, "lines": [line for point in view.points for line in blocks_of(point)]})
        parts.append({"title": _("Do today"), "ticks": True, "lines": [line for step in view.today for line in blocks_of(step)]})
        for heading, phrases in view.to_say:
            parts.append({"title": heading, "ticks": False, "lines": [_said(phrase) for phrase in phrases]})
        told = {
            "language": page.language,
            "title": page.title,
            "course": page.content["outline"]["title"],
            "road": corridor_name(corridor) if corridor else "",
            "parts": [part for part in parts if part["lines"]],
            "rules": [{"title": box.title, "value": box.value} for box in view.boxes if box.value],
            "qr": qr_svg(address),
            "address": address,
            "words": {
                "rules": _("The rules and where they come from"),
                "day": _("Printed on %(day)s. Rules change: the QR code leads to today's.") % {"day": date_format(today)},
            },
        }
    return typeset(TEMPLATE, {"told": told})
