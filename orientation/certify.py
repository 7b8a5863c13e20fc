"""Certificates: one a learner and edition, with a code that a stranger can check."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from orientation.learners import Learner
from orientation.models import Certificate, CourseEdition
from portal import hooks

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread
LENGTH = 10  # 50 bits: not to be guessed through a page that anybody may open


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normal_code(typed: str) -> str:
    """What a person typed, as codes are stored: capitals, no spaces or dashes (nor NUL, which PostgreSQL refuses), O read as 0, I and L as 1."""
    return typed.upper().translate(str.maketrans("OIL", "011", "- –\0"))[:20]


def certify(learner: Learner, edition: CourseEdition, *, corridor: str, now: datetime) -> Certificate:
    """The learner's certificate of the edition, made now if there is none. Call inside a transaction."""
    Certificate.objects.bulk_create(
        [Certificate(code=new_code(), edition=edition, corridor=corridor, issued_at=now, **learner.owner())], ignore_conflicts=True
    )
    certificate = Certificate.objects.select_related("edition__course").get(learner.owns(), edition=edition)
    if certificate.issued_at == now:
        for step in hooks.course_completed:
            step(learner.user, certificate, now)
    return certificate


def write_name(certificates: "QuerySet[Certificate]", uid: UUID, name: str) -> bool:
    """Put the holder's name on a certificate, once: a name that stands is never changed. False if there was one already."""
    return certificates.filter(uid=uid, holder_name="").update(holder_name=name) == 1
