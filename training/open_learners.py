"""Names and phones of the people on a course, for its centre. Each look is written down, and every person reads who looked."""

from datetime import datetime

from matching.move import NotAllowed
from matching.open_person import PersonFields, open_all
from portal.accounts.models import User
from portal.organisations.rules import is_member
from training.models import TrainingOffer
from training.seats import check_trusted


def open_learners(offer: TrainingOffer, by: User, now: datetime) -> dict[int, PersonFields]:
    """By candidate: of those who have agreed, until the course is ended. Raises `NotAllowed`, `NotPossible`."""
    if not is_member(by, offer.centre):
        raise NotAllowed
    check_trusted(offer, now)
    people = [row.candidate for row in offer.sign_ups.named().select_related("candidate__user")]
    return {candidate.pk: fields for candidate, fields in open_all(by, people, now)}
