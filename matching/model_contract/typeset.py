"""The model contract as PDF. The same terms give the same bytes."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from matching.model_contract.in_two import Side
from portal import pdf

TEMPLATE = Path(__file__).parent / "contract.typ"


def typeset(sides: Sequence[Side]) -> bytes:
    return pdf.typeset(TEMPLATE, {"sides": [asdict(side) for side in sides]})
