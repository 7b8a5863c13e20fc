"""The operators' file about an employer begins with what it has declared itself."""

from datetime import datetime

from matching.models import EmployerFile
from portal.organisations.models import Organisation


def open_file(organisation: Organisation, now: datetime) -> None:
    """When it is vetted. What operators have written down already stays."""
    if organisation.kind == Organisation.Kind.EMPLOYER and organisation.vetted_at is not None and organisation.activities:
        EmployerFile.objects.get_or_create(employer=organisation)
        EmployerFile.objects.filter(employer=organisation, activities=[]).update(activities=organisation.activities)
