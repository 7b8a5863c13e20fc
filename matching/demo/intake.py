"""The demo's walk-ins and invitations at the agency of the cast: written down by Manizha, through the use cases."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from matching.demo.agencies import load_small_agency
from matching.intake.details import Details
from matching.intake.invite import invite
from matching.intake.on_behalf import Why, Word, act_for
from matching.intake.register_walk_in import register_walk_in
from matching.models import Invitation, OccupationSkill, OnBehalf
from matching.models.taxonomy import Importance
from matching.profile import set_skills
from portal.accounts.cast import ORGANISATIONS, PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Organisation

BARNO = Details(
    given_name="Барно",
    family_name="Шарипова",
    citizenship="TJ",
    born_in=date(1994, 5, 1),
    home_region="TJ-KT",
    located_in="TJ",
    trade="sewing-machinist",
    months=60,
    languages={"ru": 2},
    countries=("RU",),
)
AT_SMALL = "14"
# Days ago, number after PHONE, and who. The third is the first once more: a colleague registered her again.
WALK_INS = [
    (6, "10", BARNO),
    (
        4,
        "11",
        replace(
            BARNO, given_name="Сафар", family_name="Назаров", born_in=date(1988, 9, 1), trade="bricklayer", months=120, languages={"ru": 3}
        ),
    ),
    (1, "12", replace(BARNO, given_name="Barno", family_name="Sharipova", months=36)),
    (715, "13", replace(BARNO, given_name="Зебо", family_name="Раҳимова", born_in=date(1990, 2, 1))),  # nobody has asked for her since
    (3, AT_SMALL, replace(BARNO, given_name="Далер", family_name="Шоев", born_in=date(2003, 4, 1), trade="cook", months=6)),
]
INVITED = [
    (
        "20",
        replace(
            BARNO, given_name="Илҳом", family_name="Давлатов", born_in=date(1999, 1, 1), home_region="TJ-SU", trade="welder", months=24
        ),
    ),
    (
        "21",
        replace(BARNO, given_name="Мадина", family_name="Каримова", born_in=date(2001, 11, 1), home_region="TJ-RA", trade="cook", months=0),
    ),
    (
        "22",
        replace(BARNO, given_name="Рустам", family_name="Юсупов", born_in=date(1985, 2, 1), trade="truck-driver", months=180, languages={}),
    ),
]
PHONE = "+9929000000"  # rows of zeros, as the cast's: nobody's


def load_demo_intake(now: datetime) -> None:
    """Twice is the same as once."""
    agency = Organisation.objects.get(name=ORGANISATIONS["dushanbe"].name)
    staff = User.objects.get(email=PEOPLE["manizha"].email)
    if not OnBehalf.objects.filter(agency=agency).exists():
        small, alone = load_small_agency(agency)
        for place, (days, number, details) in enumerate(WALK_INS, 41):
            word, then = Word(Why.ASKED, f"DEMO-{place}"), now - timedelta(days=days)
            where, by = (small, alone) if number == AT_SMALL else (agency, staff)
            person = register_walk_in(where, PHONE + number, details, by, word, then)
            needs = OccupationSkill.objects.filter(occupation__slug=details.trade, importance=Importance.ESSENTIAL)
            known = needs.order_by("position").values_list("skill", flat=True)[: 1 if by == alone else None]
            act_for(person, by, "skills", word, then, partial(set_skills, person, dict.fromkeys(known, 2), then))
    if not Invitation.objects.filter(agency=agency).exists():
        invite(agency, [(PHONE + number, details) for number, details in INVITED], staff, now - timedelta(days=2))
