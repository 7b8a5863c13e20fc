"""The demo's walk-ins and invitations at the agency of the cast: written down by Manizha, through the use cases."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

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
        for place, (days, number, details) in enumerate(WALK_INS, 41):
            word, then = Word(Why.ASKED, f"DEMO-{place}"), now - timedelta(days=days)
            person = register_walk_in(agency, PHONE + number, details, staff, word, then)
            needs = OccupationSkill.objects.filter(occupation__slug=details.trade, importance=Importance.ESSENTIAL)
            levels = dict.fromkeys(needs.order_by("position").values_list("skill", flat=True), 2)
            act_for(person, staff, "skills", word, then, partial(set_skills, person, levels, then))
    if not Invitation.objects.filter(agency=agency).exists():
        invite(agency, [(PHONE + number, details) for number, details in INVITED], staff, now - timedelta(days=2))
