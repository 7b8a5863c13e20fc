"""Answers that only counts ever read. They have a consent of their own and go when it is taken back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from matching.models import Candidate, StatisticsAnswers

CONSENT_VERSION = "2026-11"


@transaction.atomic
def answer_statistics(candidate: Candidate, answers: dict[str, Any], now: datetime) -> None:
    """Write the answers with the consent to the text as it is now. No score is touched: the revision stays."""
    StatisticsAnswers.objects.update_or_create(
        candidate=candidate, defaults=answers | {"consent_version": CONSENT_VERSION, "consented_at": now}
    )


def forget_statistics(candidate: Candidate) -> None:
    StatisticsAnswers.objects.filter(candidate=candidate).delete()
