"""PDF by typst. Texts go to it as data, beside a template that stands: nothing that a person writes is ever run."""

import json
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno


def typeset(template: Path, told: Mapping[str, Any], **options: Any) -> bytes:
    """`told` is the template's `sys.inputs`, each of them JSON; `options` are of `typst.compile`. Some twenty milliseconds."""
    import typst  # only who prints waits for it

    inputs = {name: json.dumps(value, ensure_ascii=False) for name, value in told.items()}
    known = {"format": "pdf", "font_paths": fonts(), "sys_inputs": inputs, **options}
    try:
        pdf: bytes = typst.compile(template.read_bytes(), **known)
    except typst.TypstError:  # an archive takes no letter that no font has; people need their paper all the same
        if known.pop("pdf_standards", None) is None:
            raise
        pdf = typst.compile(template.read_bytes(), **known)
    return pdf


def qr_svg(url: str) -> str:
    drawn = BytesIO()
    segno.make(url, error="m").save(drawn, kind="svg", border=0, xmldecl=False, unit="mm")
    return drawn.getvalue().decode()


@cache
def fonts() -> Any:
    """Those in typst's own wheel: Libertinus has every letter of our languages. A machine's own fonts are not looked at."""
    import typst

    return typst.Fonts(include_system_fonts=False)
