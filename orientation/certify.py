"""Certificates: one a learner and edition, with a code that a stranger can check."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from orientation.certificates.code import new_code
from orientation.learners import Learner
from orientation.models import Certificate, CourseEdition
from portal import hooks


def certify(learner: Learner, edition: CourseEdition, *, corridor: str, now: datetime) -> Certificate:
    """The learner's certificate of the edition, made now if there is none. Call inside a transaction."""
    held = Certificate.objects.select_related("edition__course").filter(learner.owns(), edition=edition)
    while not (certificate := held.first()):  # a second time where somebody else has that code
        row = Certificate(code=new_code(), edition=edition, corridor=corridor, issued_at=now, **learner.owner())
        Certificate.objects.bulk_create([row], ignore_conflicts=True)
    if certificate.issued_at == now:
        for step in hooks.course_completed:
            step(learner.user, certificate, now)
    return certificate


def is_name(typed: str) -> bool:
    """What may stand on a certificate: Latin and Cyrillic letters, which it can be printed with, and what joins the parts of a name."""
    return 2 <= len(typed) <= 100 and all((letter.isalpha() and letter < "\u0500") or letter in " .'-ʻʼ’" for letter in typed)


def write_name(certificates: "QuerySet[Certificate]", uid: UUID, name: str) -> bool:
    """Put the holder's name on a certificate, once: a name that stands is never changed. False if there was one already."""
    return certificates.filter(uid=uid, holder_name="").update(holder_name=name) == 1


def show_name(certificates: "QuerySet[Certificate]", uid: UUID, *, shown: bool) -> bool:
    """Let whoever checks the code see the whole name, or the initials again. False if there is no name to show."""
    return certificates.filter(uid=uid).exclude(holder_name="").update(shows_name=shown) == 1


def initials(name: str) -> str:
    return " ".join(f"{part[0]}." for part in name.split())


def name_for_strangers(certificate: Certificate) -> str:
    return certificate.holder_name if certificate.shows_name else initials(certificate.holder_name)
