from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from matching.intake.details import Details
from matching.intake.on_behalf import Why, Word
from matching.intake.register_walk_in import register_walk_in
from matching.models import Candidate
from portal.organisations.models import Membership
from tests.people import NOW

WORD = Word(Why.ASKED, "Agreement 7")
BARNO = Details(
    given_name="Барно",
    family_name="Шарипова",
    citizenship="TJ",
    born_in=date(1994, 5, 1),
    home_region="TJ-KT",
    located_in="TJ",
    trade="bricklayer",
    months=60,
    languages={"ru": 2},
    countries=("RU",),
)
NUMBER = "+992901234567"


@pytest.fixture
def walk_in(cast, agencies):
    """Registers somebody at the cast's agency."""

    def register(phone: str = NUMBER, **differences: object) -> Candidate:
        return register_walk_in(agencies["public"], phone, replace(BARNO, **differences), cast["manizha"], WORD, NOW)

    return register


@pytest.fixture
def stranger(one_click, cast, agencies):
    """Staff of another agency of the same country."""
    Membership.objects.create(user=cast["rustam"], organisation=agencies["private"])
    return one_click("rustam")


def key() -> dict[str, str]:
    return {"submission_key": str(uuid4())}
