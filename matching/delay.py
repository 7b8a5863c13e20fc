"""Whether scoring is late, read from the age of the oldest mark: the broker is never asked."""

from datetime import datetime, timedelta

from matching.models import ScoringMark

PATIENCE = timedelta(seconds=30)  # three sweeps


def scoring_delay(now: datetime) -> timedelta | None:
    """How long the oldest change has waited to be scored; None while that is no longer than usual."""
    oldest = ScoringMark.objects.order_by("marked_at", "pk").first()
    return now - oldest.marked_at if oldest and now - oldest.marked_at > PATIENCE else None
