"""Starter content of the law: routes, recognised licences, danger areas. Loaded unsigned, so by itself it makes nobody eligible."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from matching.models import DangerArea, LegalRoute, LicenceRecognition
from matching.models.routes import DatedRow
from portal.starter import at, keep, read_yaml

FILE = Path(__file__).parent / "content" / "routes.yaml"
ROUTE_KEY = ["effect", "origin", "destination", "region", "activity", "regime"]
UNSIGNED: dict[str, Any] = {"signed_as": "", "signed_by": None, "signed_at": None}


def load_routes(*, overwrite: bool) -> int:
    """Returns how many rows were written. A row that is overwritten has to be signed anew. Raises `ContentError`."""
    plan = read_yaml(FILE)
    parts: list[tuple[type[DatedRow], str, list[str], list[str]]] = [
        (LegalRoute, "routes", ROUTE_KEY, ["employer_permit", "lead_days"]),
        (LicenceRecognition, "recognition", ["issuing", "destination", "category"], ["paid_driving"]),
        (DangerArea, "danger", ["region"], ["reason"]),
    ]
    return sum(
        _load(model, each, key, values, overwrite)
        for model, name, key, values in parts
        for row in at(plan, FILE.name, name)
        for each in _each(row, key)
    )


def _each(row: dict[str, Any], key: list[str]) -> Iterator[dict[str, Any]]:
    """The rows that one with lists in its key stands for: each value of each list with each of the others."""
    several = {name: row[name] for name in key if isinstance(row.get(name), list)}
    for values in product(*several.values()):
        yield row | dict(zip(several, values, strict=True))


def _load(model: type[DatedRow], row: dict[str, Any], key: list[str], values: list[str], overwrite: bool) -> bool:
    lookup = {("region_id" if model is DangerArea else name): at(row, FILE.name, name) for name in key}
    source = at(row, FILE.name, "source")
    defaults = {name: at(row, FILE.name, name) for name in [*values, "valid_from", "valid_to"]}
    if model is LegalRoute:
        defaults["papers"] = row.get("papers", [])
    defaults |= {f"source_{name}": at(source, FILE.name, name) for name in ("name", "url", "dated")}
    return keep(model, defaults | UNSIGNED, overwrite=overwrite, **lookup)[1]
