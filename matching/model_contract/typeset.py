"""The model contract as PDF: texts go to typst as data, beside a template that stands. The same terms give the same bytes."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from matching.cv.typeset import fonts
from matching.model_contract.in_two import Side

TEMPLATE = Path(__file__).parent / "contract.typ"


def typeset(sides: Sequence[Side]) -> bytes:
    import typst  # only who prints waits for it

    told = json.dumps([asdict(side) for side in sides], ensure_ascii=False)
    pdf: bytes = typst.compile(TEMPLATE.read_bytes(), format="pdf", font_paths=fonts(), sys_inputs={"sides": told})
    return pdf
