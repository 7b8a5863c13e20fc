"""Four organisations of the demo whose check is at four stages, through the use cases. Names and numbers are made up."""

from datetime import datetime, timedelta

from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.organisations.ask import ask
from portal.organisations.checklist import items_for
from portal.organisations.models import Organisation, VettingAnswer
from portal.organisations.register import Declared, register
from portal.organisations.sign_check import sign_check
from portal.organisations.vet import vet
from portal.organisations.write_answers import Found, write_answers
from portal.places.models import Country, Region

DAY = timedelta(days=1)
# name, registry number, activity codes, region; the country is the region's
NEW = ("Volga Remont", "9900000602", ["43.31", "43.33"], "RU-SAM")
ASKED = ("Almaty Nan", "250140000608", ["10.71"], "KZ-75")
SIGNED_ONCE = ("Kama Teplo", "9900000634", ["43.22"], "RU-TA")
EVIDENCE_ENDS = ("Shymkent Bau", "250140000618", ["41.20"], "KZ-79")

STAGES = (NEW, ASKED, SIGNED_ONCE, EVIDENCE_ENDS)


def load_demo_vetting(now: datetime) -> None:
    """Twice is the same as once."""
    first, second = (User.objects.get(email=PEOPLE[key].email) for key in ("timur", "gulnora"))
    _registered(NEW, now - DAY)
    if asked := _registered(ASKED, now - 5 * DAY):
        what = "Please send a link to your page for workers: it should say that nobody pays for a job."
        ask(asked, what, by=first, now=now - 4 * DAY)
    if once := _registered(SIGNED_ONCE, now - 8 * DAY):
        _look_at(once, first, now - 7 * DAY)
    if vetted := _registered(EVIDENCE_ENDS, now - 80 * DAY):
        _look_at(vetted, first, now - 75 * DAY, ends=now + 20 * DAY)
        vet(vetted, by=second, now=now - 74 * DAY)


def _registered(row: tuple[str, str, list[str], str], now: datetime) -> Organisation | None:
    """None: it was there."""
    name, number, activities, code = row
    region = Region.objects.select_related("country").get(code=code)
    country: Country = region.country
    if Organisation.objects.filter(country=country, number=number).exists():
        return None
    manager, _new = User.objects.get_or_create(
        email=f"office@{name.lower().replace(' ', '-')}.example.org", defaults={"language": "ru", "created_at": now}
    )
    return register(Declared(Organisation.Kind.EMPLOYER, name, country, number, activities, region), by=manager, now=now)


def _look_at(organisation: Organisation, by: User, now: datetime, ends: datetime | None = None) -> None:
    right = VettingAnswer.Result.PASS
    found = [Found(item.code, right, "Made up for the demo.", "", None) for item in items_for(organisation.kind)]
    if ends is not None:
        found[0] = Found(found[0].item, right, "Registry extract, made up for the demo.", "", ends.date())
    write_answers(organisation, found, by=by, now=now)
    sign_check(organisation, by=by, now=now)
