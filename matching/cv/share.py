"""Showing one's CV to whoever has a link, and taking the link back."""

import secrets
from datetime import datetime

from django.db import transaction

from matching.models import Candidate, CvShare
from matching.profile import lock

TOKEN_BYTES = 24  # 192 bits, 32 letters


@transaction.atomic
def share_cv(candidate: Candidate, language: str, now: datetime, *, with_citizenship: bool, with_phone: bool) -> CvShare:
    """A link that nobody can guess; while one is open it stays the one. After it was switched off it never comes back."""
    standing = lock(candidate)
    found: CvShare | None = standing.cv_shares.open().first()
    return found or CvShare.objects.create(
        candidate=standing,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        language=language,
        with_citizenship=with_citizenship,
        with_phone=with_phone,
        created_at=now,
    )


@transaction.atomic
def stop_sharing(candidate: Candidate, now: datetime) -> None:
    lock(candidate).cv_shares.open().update(ended_at=now)
