"""A list of the API as one CSV file. The lists of money are short (services, or a year of rates), so a file has an ETag like every answer."""

import csv
import re
from io import StringIO
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import action

from portal.rest import Pages

BOM = "\ufeff"  # without it a spreadsheet takes Cyrillic for something else
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class CsvDownload:
    """For a `PublicViewSet`: the rows of its list, all of them, under the same filters. `csv_columns` are paths into a row of the JSON."""

    csv_columns: tuple[str, ...]

    def parameters(self) -> set[str]:
        names: set[str] = super().parameters()  # type: ignore[misc]
        pages = {Pages.page_query_param, Pages.page_size_query_param}
        return names - pages if self.action == "csv" else names  # type: ignore[attr-defined]

    @action(detail=False)  # type: ignore[untyped-decorator]
    def csv(self, request: Any) -> HttpResponse:
        rows = self.get_serializer(self.filter_queryset(self.get_queryset()), many=True).data  # type: ignore[attr-defined]
        file = StringIO(BOM)
        file.seek(0, 2)
        writer = csv.writer(file)
        writer.writerow(path.replace(".", "_") for path in self.csv_columns)
        writer.writerows([cell(at(row, path)) for path in self.csv_columns] for row in rows)
        name = request.path.rpartition("/")[2].removesuffix(".csv")
        return HttpResponse(
            file.getvalue(),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="safar-{name}-CC-BY-4.0.csv"'},
        )


def at(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = row[name]
    return row


def cell(value: Any) -> str:
    """A text that a spreadsheet would take for a formula begins with an apostrophe; a list is its parts, and theirs, with signs between."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(" ".join(map(str, part.values())) if isinstance(part, dict) else str(part) for part in value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") and text and not NUMBER.fullmatch(text) else text


def csv_described(summary: str, columns: tuple[str, ...], example: str, *asked: OpenApiParameter, tag: str) -> Any:
    """For `extend_schema_view`: the file beside the list."""
    header = ",".join(path.replace(".", "_") for path in columns)
    answer = OpenApiResponse(OpenApiTypes.STR, examples=[OpenApiExample("File", f"{header}\r\n{example}\r\n")])
    return extend_schema(
        summary=summary, tags=[tag], operation_id=f"{tag}_csv", parameters=[*asked], responses={(200, "text/csv"): answer}, filters=True
    )
