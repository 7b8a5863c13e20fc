"""Consent is rows. A new version of a text is a new question, and a new row."""

from datetime import datetime

from portal.accounts.models import Consent, User

VERSIONS = {Consent.Purpose.ACCOUNT: "2026-11"}


def give(user: User, purpose: Consent.Purpose, now: datetime) -> Consent:
    """The open consent to the text as it is now, written down if it is not there yet."""
    consent, _ = Consent.objects.get_or_create(
        user=user, purpose=purpose, version=VERSIONS[purpose], withdrawn_at=None, defaults={"given_at": now}
    )
    return consent
