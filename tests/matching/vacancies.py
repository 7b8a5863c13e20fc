"""Vacancies for tests: fixtures for whatever file imports them, and what the five steps' forms are filled with."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from matching.edit import AskedLanguage, AskedSkill, change_vacancy, start_vacancy
from matching.models import Occupation, Skill, Vacancy
from matching.publish import publish_vacancy, read_as, submit
from portal.accounts.models import User
from portal.organisations.models import Organisation

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def start_day(days: int = 60) -> str:
    return (timezone.now() + timedelta(days=days)).date().isoformat()


def place(**other: Any) -> dict[str, Any]:
    return {"occupation": "bricklayer", "region": "RU-TA", "address": "Kazan, Baumana 10", "title": ""} | other


def pay(**other: Any) -> dict[str, Any]:
    return {
        "wage_amount": "75000",
        "wage_currency": "RUB",
        "wage_period": "month",
        "wage_basis": "net",
        "conditions": ["housing", "travel"],
        "starts_on": start_day(),
        "openings": "6",
        "hours_a_week": "40",
    } | other


def skill_rows(**importance: str) -> dict[str, Any]:
    """skill_rows(bricklaying="essential"): the posted rows; a dash in a slug is written as a double underscore."""
    rows = {slug.replace("__", "-"): value for slug, value in importance.items()}
    return {"skill": list(rows), "action": "save"} | {f"importance_{slug}": value for slug, value in rows.items()}


def post(client: Client, url: str, data: dict[str, Any], **extra: Any) -> Any:
    return client.post(url, {"submission_key": str(uuid4())} | data, **extra)


@pytest.fixture
def draft(cast: dict[str, User]) -> Vacancy:
    """StroyKazan's draft for bricklayers with nothing but the first step."""
    return make_draft(cast["ildar"])


def make_draft(by: User, **other: Any) -> Vacancy:
    employer = Organisation.objects.get(memberships__user=by)
    values = {"occupation": Occupation.objects.get(slug="bricklayer"), "region_id": "RU-TA", "address": "Kazan, Baumana 10", "title": ""}
    return start_vacancy(employer, values | other, by=by, now=NOW)


def fill(vacancy: Vacancy, by: User, **other: Any) -> Vacancy:
    """What publishing asks for, and a little more."""
    values = {
        "wage_amount": 75000,
        "wage_currency": "RUB",
        "conditions": ["housing", "travel"],
        "starts_on": (timezone.now() + timedelta(days=60)).date(),
        "openings": 6,
        "hours_a_week": 40,
    }
    asked = [AskedSkill(Skill.objects.get(slug="bricklaying").pk, "essential", 2, True)]
    change_vacancy(vacancy, values | other, by=by, now=NOW, skills=asked, languages=[AskedLanguage("ru", 2, 3)])
    vacancy.refresh_from_db()
    return vacancy


@pytest.fixture
def published(cast: dict[str, User], draft: Vacancy) -> Vacancy:
    return put_out(fill(draft, cast["ildar"]), cast)


def put_out(vacancy: Vacancy, cast: dict[str, User]) -> Vacancy:
    """Handed in by its author, read and published by an operator."""
    vacancy = submit(vacancy, by=vacancy.created_by, now=timezone.now())
    return publish_vacancy(vacancy, by=cast["timur"], now=timezone.now(), was_read_as=read_as(vacancy))
