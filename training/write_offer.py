"""What a centre writes about a course, and changes later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from matching.move import NotAllowed, NotPossible
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.rules import is_member
from training.models import OfferSkill, TrainingOffer
from training.notices import CourseChanged, tell_learners
from training.seats import check_trusted, fill_seats, has_begun, own_locked
from training.sentences import OVER, STAYS, TOO_EARLY

# What somebody has signed up for: it stays as it was while there are people on the course.
PROMISED = {"price", "currency", "payer"}
# And what they have to know of at once.
TOLD = {"region_id", "address", "starts_on", "ends_on"}


@transaction.atomic
def start_offer(centre: Organisation, values: Mapping[str, Any], skills: Mapping[int, int], by: User, now: datetime) -> TrainingOffer:
    """A draft that nobody else sees. `skills` are levels by skill."""
    if centre.kind != Organisation.Kind.TRAINING_CENTRE or not is_member(by, centre):
        raise NotAllowed
    offer = TrainingOffer.objects.create(centre=centre, created_by=by, created_at=now, **values)
    _write_skills(offer, skills)
    return offer


@transaction.atomic
def change_offer(offer: TrainingOffer, values: Mapping[str, Any], skills: Mapping[int, int], by: User, now: datetime) -> TrainingOffer:
    """Whoever is on the course is told of another day or place; more seats go to who waits. Raises `NotPossible`, `NotAllowed`."""
    offer = own_locked(offer, by)
    is_draft = offer.status == TrainingOffer.Status.DRAFT
    if not is_draft:
        check_trusted(offer, now)  # people on it are told of what it changes
        if offer.status not in TrainingOffer.GOING_ON:
            raise NotPossible(OVER)
        if has_begun(offer, now):
            raise NotPossible(STAYS)
    changed = {name for name, value in values.items() if getattr(offer, name) != value}
    held = dict(offer.skills.values_list("skill", "level"))
    if offer.sign_ups.listed().exists() and (changed & PROMISED or held != dict(skills)):
        raise NotPossible(_("People have signed up already: skills and price stay as they are. Write a new course for something else."))
    if "seats" in changed and values["seats"] < offer.seats_taken:
        raise NotPossible(_("%(taken)d places are taken: there cannot be fewer.") % {"taken": offer.seats_taken})
    for name in changed:
        setattr(offer, name, values[name])
    if not is_draft and has_begun(offer, now):
        raise NotPossible(TOO_EARLY)
    offer.save(update_fields=changed)
    if held != dict(skills):
        offer.skills.all().delete()
        _write_skills(offer, skills)
    if changed & TOLD:
        tell_learners(offer, CourseChanged(offer), now)
    fill_seats(offer, now)
    return offer


def _write_skills(offer: TrainingOffer, skills: Mapping[int, int]) -> None:
    OfferSkill.objects.bulk_create(OfferSkill(offer=offer, skill_id=skill, level=level) for skill, level in skills.items())
