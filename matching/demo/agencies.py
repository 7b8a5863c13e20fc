"""The demo's three agencies, licensed for both destinations, and the people who work there."""

from datetime import datetime, timedelta

from matching.models import AgencyLicence
from portal.accounts.cast import ORGANISATIONS, PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from portal.organisations.seed import FOUNDED
from portal.places.corridors import DESTINATIONS

AGENCIES = {
    "TJ": (ORGANISATIONS["dushanbe"].name, True, "Ministry of Labour, Migration and Employment"),
    "KG": ("Osh Work Abroad", False, "Ministry of Labour, Social Security and Migration"),
    "UZ": ("Namangan Work Abroad", False, "Migration Agency"),
}
# Beside the cast. Nobody can write to example.org (RFC 2606).
STAFF = {
    "TJ": ("sitora@agency.example.org", "bahrom@agency.example.org", "nilufar@agency.example.org"),
    "KG": ("aizada@osh-agency.example.org", "nurlan@osh-agency.example.org", "venera@osh-agency.example.org"),
    "UZ": ("nodira@namangan-agency.example.org", "aziz@namangan-agency.example.org", "gulnoza@namangan-agency.example.org"),
}
LANGUAGES = {"TJ": "tg", "KG": "ky", "UZ": "uz"}


def load_agencies(now: datetime) -> dict[str, Organisation]:
    """By country. Their licences have numbers that nobody takes for real ones."""
    operator = User.objects.get(email=PEOPLE["timur"].email)
    found = {}
    for country, (name, is_public, issuer) in AGENCIES.items():
        known = {"created_at": now - FOUNDED, "vetted_at": now - FOUNDED, "vetted_by": operator}
        agency, _ = Organisation.objects.get_or_create(name=name, kind=Organisation.Kind.AGENCY, country_id=country, defaults=known)
        for destination in DESTINATIONS:
            values = {"number": f"DEMO-{country}-{destination}", "issuer": issuer, "is_public_service": is_public}
            values |= {"valid_to": now.date() + timedelta(days=730)}
            AgencyLicence.objects.get_or_create(agency=agency, destination=destination, defaults=values)
        found[country] = agency
    return found


SMALL, ALONE = "Khujand Work Abroad", "daler@khujand-agency.example.org"  # an agency of one person: an operator is its second one


def load_small_agency(neighbour: Organisation) -> tuple[Organisation, User]:
    """Checked on the day of its neighbour, and licensed for the same places."""
    same = {name: getattr(neighbour, name) for name in ("kind", "country", "created_at", "vetted_at", "vetted_by")}
    agency, _ = Organisation.objects.get_or_create(name=SMALL, defaults=same)
    for licence in neighbour.licences.all():
        values = {"number": licence.number.replace("TJ", "TJ2"), "issuer": licence.issuer, "valid_to": licence.valid_to}
        AgencyLicence.objects.get_or_create(agency=agency, destination=licence.destination, defaults=values)
    alone, _ = User.objects.get_or_create(email=ALONE, defaults={"language": "tg"})
    Membership.objects.get_or_create(user=alone, organisation=agency)
    return agency, alone


def load_staff(agencies: dict[str, Organisation]) -> None:
    for country, addresses in STAFF.items():
        for address in addresses:
            member, _ = User.objects.get_or_create(email=address, defaults={"language": LANGUAGES[country]})
            Membership.objects.get_or_create(user=member, organisation=agencies[country])
