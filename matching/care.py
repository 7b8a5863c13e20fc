"""Care: one licensed agency at most looks after a candidate. They choose it, change it and leave it when they like."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from matching.models import AgencyLicence, Candidate, Care
from matching.profile import lock, score_again
from portal.organisations.models import Organisation
from portal.organisations.standing import in_good_standing
from portal.places.corridors import DESTINATIONS
from portal.places.days import legal_day
from portal.places.models import Country

# The version of the consent text on the page where the agency is chosen. A new text is a new version.
CONSENT_VERSION = "2026-11"


class NotOffered(ValueError):
    """The agency is not one that this candidate may choose today."""


@dataclass(slots=True)
class OfferedAgency:
    agency: Organisation
    is_public: bool
    licences: list[AgencyLicence] = field(default_factory=list)


def destinations_of(candidate: Candidate) -> list[str]:
    """The destinations wanted or accepted; while there are none, all that are not excluded."""
    named = [*candidate.wanted_countries, *candidate.accepted_countries]
    return [code for code in DESTINATIONS if code in named or (not named and code not in candidate.excluded_countries)]


def agencies_for(candidate: Candidate, now: datetime) -> list[OfferedAgency]:
    """Vetted agencies of the candidate's country, on no sanctions list, with a licence for a destination of theirs today, the public ones first."""
    today: date = legal_day(now, Country.objects.get(pk=candidate.citizenship))
    licences = (
        AgencyLicence.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), destination__in=destinations_of(candidate))
        .filter(agency__in=in_good_standing(today).filter(kind=Organisation.Kind.AGENCY, country_id=candidate.citizenship))
        .select_related("agency")
        .order_by("-is_public_service", "agency__name", "agency", "destination")
    )
    offered: dict[int, OfferedAgency] = {}
    for licence in licences:
        offered.setdefault(licence.agency_id, OfferedAgency(licence.agency, licence.is_public_service)).licences.append(licence)
    return list(offered.values())


@transaction.atomic
def choose_agency(candidate: Candidate, agency: Organisation, now: datetime) -> Care:
    """Begin the agency's care, with the candidate's consent to the text as it is now; another agency's care ends. Raises `NotOffered`."""
    standing = lock(candidate)
    current = standing.care.open().first()
    if current is not None and current.agency_id == agency.pk:
        return current
    if agency not in [offered.agency for offered in agencies_for(standing, now)]:
        raise NotOffered(agency)
    standing.care.open().update(until=now)
    care = Care.objects.create(candidate=standing, agency=agency, since=now, consent_version=CONSENT_VERSION)
    score_again(standing, now)
    return care


@transaction.atomic
def leave_agency(candidate: Candidate, now: datetime) -> None:
    """End the open care, if there is one. The agency stops seeing the candidate at once."""
    standing = lock(candidate)
    if standing.care.open().update(until=now):
        score_again(standing, now)
