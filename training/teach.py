"""Where a skill is taught near a person: for the gaps of a match and of a vacancy."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Case, F, Value, When
from django.urls import reverse
from django.utils import timezone

from matching.skill_courses import TaughtIn
from training.models import OfferSkill, TrainingOffer
from training.show_offer import days_of

MOST = 2  # a skill


def taught_near(skills: Collection[int], near: str) -> dict[int, list[TaughtIn]]:
    """Open courses by the skills that they teach, those of the region first, then those of its country. One query. On hooks.skills_taught.

    `near` is a region or a country.
    """
    if not near or not skills:
        return {}
    open_now = TrainingOffer.objects.open_on(timezone.localdate()).filter(seats_taken__lt=F("seats"), region__country=near[:2])
    rows = OfferSkill.objects.filter(skill__in=skills, offer__in=open_now.order_by()).select_related("offer__region")
    found: defaultdict[int, list[TaughtIn]] = defaultdict(list)
    for row in rows.order_by(Case(When(offer__region=near, then=Value(0)), default=Value(1)), "offer__starts_on", "offer"):
        if len(found[row.skill_id]) < MOST:
            title = f"{row.offer} ({row.offer.region}, {days_of(row.offer)})"
            found[row.skill_id].append(TaughtIn(title, reverse("training:offer", args=[row.offer.uid]), ""))
    return dict(found)
