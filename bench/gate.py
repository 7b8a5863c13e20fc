"""The quality gate of bench/quality.py, on ESCO's data where it is there."""

from contextlib import redirect_stdout
from io import StringIO

from bench import quality
from bench.harness import Line, Sizes

WORK = "quality on ESCO data"


def measure(sizes: Sizes) -> list[Line]:
    said = StringIO()
    with redirect_stdout(said):
        failed = quality.main(["--seed", *map(str, sizes.seeds)])
    text = said.getvalue().strip()
    if text.startswith("Not measured"):
        return [Line(WORK, text)]
    seeds = ", ".join(map(str, sizes.seeds))
    return [Line(WORK, f"seeds {seeds}: the table below", "all gates of all seeds", not failed, details=text)]
