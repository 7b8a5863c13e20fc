"""Which organisations Safar works with today."""

from datetime import date

from portal.organisations.models import Organisation, OrganisationQuerySet, SanctionHit


def in_good_standing(day: date) -> OrganisationQuerySet:
    """Vetted, and on no sanctions list."""
    listed = SanctionHit.objects.blocking(day).order_by().values("organisation")
    return Organisation.objects.vetted().exclude(pk__in=listed)
