"""Starter content: countries and regions by ISO 3166, in five languages, from two CSV files."""

from pathlib import Path

from portal.places.models import Country, Region
from portal.starter import LANGUAGES, keep, read_csv

FILES = Path(__file__).parent / "content"
NAMES = ["name_en", "name_ru", "name_tg", "name_ky", "name_uz"]


def load_places(*, overwrite: bool) -> int:
    """Load both files; returns how many rows were written. Raises `ContentError` with row and column."""
    written = 0
    countries = read_csv(FILES / "countries.csv", ["code", "currency", "zone", "dialling", *NAMES])
    regions = read_csv(FILES / "regions.csv", ["code", "country", "zone", *NAMES])
    for row in countries:
        values = {key: row[key] for key in ("currency", "zone", "dialling")} | {
            f"name_{language}": row[f"name_{language}"] for language in LANGUAGES
        }
        written += keep(Country, values, overwrite=overwrite, code=row["code"])[1]
    for row in regions:
        values = {"country_id": row["country"], "zone": row["zone"]} | {
            f"name_{language}": row[f"name_{language}"] for language in LANGUAGES
        }
        written += keep(Region, values, overwrite=overwrite, code=row["code"])[1]
    return written
