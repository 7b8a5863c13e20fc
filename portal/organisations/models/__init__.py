from portal.organisations.models.organisations import Membership, MembershipQuerySet, Organisation, OrganisationQuerySet, Person
from portal.organisations.models.sanctions import SanctionEntry, SanctionHit
from portal.organisations.models.vetting import VettingAnswer

__all__ = [
    "Membership",
    "MembershipQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "Person",
    "SanctionEntry",
    "SanctionHit",
    "VettingAnswer",
]
