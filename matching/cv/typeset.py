"""A CV as PDF."""

from dataclasses import asdict
from pathlib import Path

from matching.cv.contents import Cv
from portal import pdf

TEMPLATE = Path(__file__).parent / "cv.typ"


def typeset(cv: Cv, language: str, words: dict[str, str], url: str = "") -> bytes:
    """`words` are what the page says itself; `url` gets a QR code, "" none."""
    told = asdict(cv) | {"language": language, "words": words, "qr": pdf.qr_svg(url) if url else ""}
    return pdf.typeset(TEMPLATE, {"cv": told})
