"""Courses and people for the tests of training: every row by the use case that writes it on the site."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from matching.models import Candidate, Skill
from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.matching.factories import a_candidate, a_member, a_user, an_organisation
from training.life import open_offer
from training.models import SignUp, TrainingOffer
from training.sign_up import sign_up
from training.write_offer import start_offer

AHEAD = timedelta(days=10)


def a_centre() -> tuple[Organisation, User]:
    centre = an_organisation("training_centre", "TJ")
    return centre, a_member(centre)


def values(first: date, **other: Any) -> dict[str, Any]:
    return {
        "title": "Walls that stand",
        "about": "",
        "language": "tg",
        "region_id": "TJ-KT",
        "address": "Bokhtar, Ayni 14",
        "starts_on": first,
        "ends_on": first + timedelta(days=4),
        "seats": 2,
        "price": Decimal(0),
        "currency": "TJS",
        "payer": "state",
    } | other


def skill(slug: str = "bricklaying") -> Skill:
    return Skill.objects.get(slug=slug)


def a_course(by: User, at: datetime | None = None, skills: dict[int, int] | None = None, **other: Any) -> TrainingOffer:
    """An open course that begins ten days after it was written."""
    at = at or timezone.now()
    centre = Organisation.objects.get(memberships__user=by)
    offer = start_offer(centre, values(timezone.localdate(at + AHEAD), **other), skills or {skill().pk: 2}, by, at)
    return open_offer(offer, by, at)


def a_learner(**given: Any) -> Candidate:
    return a_candidate(user=a_user(**given))


def signed_up(offer: TrainingOffer, at: datetime | None = None, candidate: Candidate | None = None, shows_name: bool = True) -> SignUp:
    return sign_up(offer, candidate or a_learner(), shows_name, at or timezone.now())


def typed(first: date, **other: Any) -> dict[str, Any]:
    """What the centre's form sends."""
    told = values(first, **other) | {"region": "TJ-KT", "price": other.get("price", "0")}
    del told["region_id"]
    return {"skill_1": "Lay bricks", "level_1": "2"} | told | other


def post(client: Client, url: str, data: dict[str, Any] | None = None, **extra: Any) -> Any:
    return client.post(url, {"submission_key": str(uuid4())} | (data or {}), **extra)
