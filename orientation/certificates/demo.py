"""An authority of the demo vouches for a course; some holders show their name, and one certificate was taken back."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from orientation.certificates.revoke import revoke
from orientation.certify import show_name
from orientation.demo import must_be_demo
from orientation.endorse import endorse
from orientation.models import Certificate, Course, CourseEdition, Endorsement
from portal.accounts.cast import ORGANISATIONS, PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Organisation

SHOWN = 20  # holders


def load_demo_endorsement(now: datetime) -> None:
    """Of one course: the others wait for the office's people. Once: what they take back in the demo stays so."""
    must_be_demo()
    office = Organisation.objects.get(name=ORGANISATIONS["khatlon"].name, kind=Organisation.Kind.AUTHORITY)
    edition = CourseEdition.objects.filter(is_current=True, course__subject=Course.Subject.ORIENTATION).order_by("course__position").first()
    if edition and not Endorsement.objects.filter(authority=office).exists():
        endorse(edition, office, User.objects.get(email=PEOPLE["nigora"].email), localdate(now) + timedelta(days=365), now)


def load_demo_certificates(now: datetime) -> None:
    """Once, as above."""
    must_be_demo()
    certificates = Certificate.objects.order_by("issued_at", "pk")
    if certificates.filter(shows_name=True).exists():
        return
    for certificate in certificates.exclude(holder_name="")[: 3 * SHOWN : 3]:
        show_name(certificates, certificate.uid, shown=True)
    if (first := certificates.first()) and not certificates.exclude(revoked_at=None).exists():
        revoke(first.uid, User.objects.get(email=PEOPLE["elena"].email), "Another person has taken the check.", now)
