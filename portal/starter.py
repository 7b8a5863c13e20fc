"""Reading starter content from files: a fault names the file and the place, and nothing of a faulty set is loaded."""

import csv
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import models
from modeltranslation.utils import build_localized_fieldname

FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast where it was compiled in
LANGUAGES = [code for code, _ in settings.LANGUAGES]


class ContentError(Exception):
    """`str()` is the file, the place in it, and what is wrong."""


def read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=FAST)
    except (OSError, yaml.YAMLError) as error:
        raise ContentError(f"{path.name}: {error}") from error


def read_csv(path: Path, columns: list[str]) -> list[dict[str, str]]:
    """Rows as dicts. Raises `ContentError` with row and column for an empty cell."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != columns:
            raise ContentError(f"{path.name}: the columns must be {', '.join(columns)}.")
        rows = list(reader)
    for number, row in enumerate(rows, 2):
        for column in columns:
            if not (row[column] or "").strip():
                raise ContentError(f"{path.name}: row {number}, column {column} is empty.")
    return rows


def at(tree: Any, place: str, *keys: str) -> Any:
    """tree[key][key]… Raises `ContentError` that names `place` and the missing key."""
    for depth, key in enumerate(keys):
        if not isinstance(tree, dict) or key not in tree:
            raise ContentError(f"{place}: {'.'.join(keys[: depth + 1])} is missing.")
        tree = tree[key]
    return tree


def localized(texts: dict[str, dict[str, Any]], file: str, fields: list[str], *keys: str) -> dict[str, str]:
    """{field_tg: …, field_ky: …} for each field found at `keys` of each language's texts; a list becomes lines."""
    values = {}
    for language, tree in texts.items():
        row = at(tree, f"{language}/{file}", *keys)
        for field in fields:
            value = at(row, f"{language}/{file}: {'.'.join(keys)}", field)
            values[build_localized_fieldname(field, language)] = "\n".join(value) if isinstance(value, list) else str(value).strip()
    return values


def keep(model: type[models.Model], values: dict[str, Any], *, overwrite: bool, **lookup: Any) -> tuple[Any, bool]:
    """(row, whether it was written). A new row is created; one that stands is an editor's and is left alone, unless `overwrite`."""
    manager = model._default_manager
    if overwrite:
        row, _ = manager.update_or_create(**lookup, defaults=values)
        return row, True
    return manager.get_or_create(**lookup, defaults=values)
