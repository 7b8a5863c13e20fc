"""Staff take a certificate back, for a reason that its holder is told. It stays found under its code, as no longer valid."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from orientation.models import Certificate
from portal.accounts.models import User


@transaction.atomic
def revoke(uid: UUID, by: User, because: str, now: datetime) -> Certificate:
    """Once: the first reason stands."""
    certificate = Certificate.objects.select_for_update().get(uid=uid)
    if certificate.revoked_at is None:
        certificate.revoked_at, certificate.revoked_by, certificate.revoked_because = now, by, because
        certificate.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    return certificate
