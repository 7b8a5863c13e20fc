"""Bytes, inline code, other hosts: what a template may not bring along."""

import gzip
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template import engines
from django.test import RequestFactory

from portal.ui import csp, offline
from portal.ui.templatetags.ui import icons

ROOT = Path(settings.BASE_DIR)
ASSETS = ROOT / "portal/ui/assets"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def gzipped(content: bytes) -> int:
    return len(gzip.compress(content, mtime=0))


def test_style_and_script_keep_to_their_budget() -> None:
    assert gzipped((ASSETS / "safar.css").read_bytes()) <= 8 * 1024
    assert gzipped((ASSETS / "safar.js").read_bytes()) + gzipped((ASSETS / "learn.js").read_bytes()) <= 6 * 1024
    assert (ASSETS / "inline.css").stat().st_size < 2 * 1024
    assert (ASSETS / "icon-192.png").stat().st_size < 5 * 1024


def test_service_worker_keeps_to_its_budget() -> None:
    worker = offline.service_worker(RequestFactory().get("/sw.js")).content
    assert len(worker) <= 3 * 1024
    assert gzipped(worker) + gzipped((ASSETS / "outbox.js").read_bytes()) <= 3 * 1024, "with what it imports"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_has_no_inline_code_and_no_other_host(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"<[^>]*\sstyle\s*=", source), "the content security policy refuses style attributes"
    assert not re.search(r"<[^>]*\son\w+\s*=", source), "and scripts in attributes"
    assert not re.search(r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)", source), (
        "a script has its file; what is read by machines is no script"
    )
    assert not re.search(r"(?:src|href|action|poster|data)\s*=\s*[\"']?(?:https?:)?//", source), (
        "no page loads from or leads to a fixed host"
    )
    assert "javascript:" not in source


def test_inlined_style_is_what_the_policy_allows() -> None:
    html = engines["django"].from_string("{% inline_style %}").render({})
    assert html == f"<style>{csp.INLINE_CSS}</style>"
    assert "</" not in csp.INLINE_CSS


@pytest.mark.parametrize("name", sorted(icons()))
def test_icon_is_a_bare_drawing(name: str) -> None:
    drawing = icons()[name]
    assert len(drawing) < 900
    root = ElementTree.fromstring(drawing)
    assert root.attrib == {"class": "i", "viewBox": "0 0 24 24", "aria-hidden": "true"}
    tags = {element.tag for element in root.iter()} - {"svg"}
    assert tags <= {"path", "rect", "circle", "line", "polyline"}


def test_every_icon_has_a_use() -> None:
    used = "".join(
        path.read_text()
        for path in [*TEMPLATES, *ROOT.glob("*/content/*.yaml"), *ROOT.glob("portal/*/content/*.yaml")]
        if path.stem != "styleguide"
    )
    assert not [name for name in icons() if not re.search(rf"[\"' ]{name}[\"'\s]", used)]
