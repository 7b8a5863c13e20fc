"""The lists of the API: what the tests of all of them walk through."""

from typing import Any

from django.test import Client

ROOT = "/api/v1/"
LISTS = ["courses", "lessons", "facts", "occupations", "skills", "regions", "vacancies", "quotes", "services", "rates"]
FILES = ["quotes.csv", "services.csv", "rates.csv"]
OPERATIONS = 2 * len(LISTS) - 1 + len(FILES) + 2  # a rate has no address; the quotes of one service, and a whole edition
DETAILS = [
    "courses/russia-documents/",
    "lessons/russia-documents/papers/",
    "facts/RU-REG-TJ/",
    "occupations/bricklayer/",
    "skills/bricklaying/",
    "regions/RU-TA/",
]
EVERYTHING = ["", *(f"{name}/" for name in LISTS), *DETAILS]


def get(path: str, status: int = 200, client: Client | None = None, **headers: str) -> Any:
    """The JSON of an address under /api/v1/."""
    response = (client or Client()).get(ROOT + path, headers=headers)
    assert response.status_code == status, (response.status_code, response.content[:500])
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


def rows(path: str) -> list[dict[str, Any]]:
    return get(path)["results"]


def refused(path: str, status: int = 400) -> str:
    """What is said of a request that fails: one shape for all."""
    answer = get(path, status)
    assert list(answer) == ["detail"] and isinstance(answer["detail"], str)
    return answer["detail"]
