"""A CV as PDF. The texts go to typst as data, beside a template that stands: nothing that a person writes is ever run."""

import json
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

from matching.cv.contents import Cv

TEMPLATE = Path(__file__).parent / "cv.typ"


def typeset(cv: Cv, language: str, words: dict[str, str], url: str = "") -> bytes:
    """`words` are what the page says itself; `url` gets a QR code, "" none. Some twenty milliseconds."""
    import typst  # only who prints waits for it

    qr = _svg(url) if url else ""
    told = json.dumps(asdict(cv) | {"language": language, "words": words, "qr": qr}, ensure_ascii=False)
    pdf: bytes = typst.compile(TEMPLATE.read_bytes(), format="pdf", font_paths=fonts(), sys_inputs={"cv": told})
    return pdf


def _svg(url: str) -> str:
    drawn = BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", border=0, xmldecl=False, unit="mm")
    return drawn.getvalue().decode()


@cache
def fonts() -> Any:
    """Those in typst's own wheel: Libertinus has every letter of our languages. A machine's own fonts are not looked at."""
    import typst

    return typst.Fonts(include_system_fonts=False)
