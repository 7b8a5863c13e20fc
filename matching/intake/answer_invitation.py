"""The invited answer: by signing in with their phone, or in person at the desk."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from matching.care import choose_agency
from matching.intake.agencies import check_agency
from matching.intake.details import Details, fill_profile
from matching.intake.on_behalf import Act, Word
from matching.intake.register_walk_in import register_walk_in
from matching.models import Candidate, Invitation, MissedClaim
from matching.register import register
from portal.accounts.models import User

Answer = Invitation.Answer


class AlreadyAnswered(Exception):
    """Somebody has answered meanwhile, or the invitation was too old and is gone."""


def invitations_to(user: User) -> QuerySet[Invitation]:
    """Open ones to the person's verified phone."""
    if not user.phone or user.phone_verified_at is None:
        return Invitation.objects.none()
    return Invitation.objects.open().filter(phone=user.phone).select_related("agency").order_by("-invited_at", "-pk")


@transaction.atomic
def say_yes(invitation: Invitation, born_in: date, user: User, now: datetime) -> Candidate | None:
    """The profile begins with what the list says, unless there is one; the agency's care begins. Raises `NotOffered`, `AlreadyAnswered`.

    None where the month of birth is not the list's: numbers change hands. After a few wrong ones only the desk can write down a yes.
    """
    standing = _locked(invitation)
    if standing.missed >= MissedClaim.MOST:
        return None
    if Details.from_json(standing.details).born_in != born_in:
        standing.missed += 1
        standing.save(update_fields=["missed"])
        return None
    candidate = Candidate.objects.filter(user=user).first()
    if candidate is None:
        details = Details.from_json(standing.details)
        candidate = register(user, details.citizenship, details.born_in, now)
        fill_profile(candidate, details, now)
    choose_agency(candidate, standing.agency, now)
    _answer(standing, Answer.YES, candidate, now)
    return candidate


@transaction.atomic
def say_no(invitation: Invitation, now: datetime) -> None:
    """Nothing of what the list said is kept. Raises `AlreadyAnswered`."""
    _answer(_locked(invitation), Answer.NO, None, now)


@transaction.atomic
def record_yes(invitation: Invitation, by: User, word: Word, now: datetime) -> Candidate:
    """Said at the desk. Raises what `register_walk_in` raises, and `AlreadyAnswered`."""
    standing = _locked(invitation)
    details = Details.from_json(standing.details)
    candidate = register_walk_in(standing.agency, standing.phone, details, by, word, now, Act.SAID_YES)
    _answer(standing, Answer.YES, candidate, now)
    return candidate


@transaction.atomic
def record_no(invitation: Invitation, by: User, now: datetime) -> None:
    check_agency(invitation.agency, by, now)
    say_no(invitation, now)


def _locked(invitation: Invitation) -> Invitation:
    standing = Invitation.objects.select_for_update(of=("self",)).select_related("agency__country").open().filter(pk=invitation.pk).first()
    if standing is None:
        raise AlreadyAnswered
    return standing


def _answer(invitation: Invitation, answer: str, candidate: Candidate | None, now: datetime) -> None:
    invitation.answer, invitation.answered_at, invitation.candidate, invitation.details = answer, now, candidate, {}
    invitation.save(update_fields=["answer", "answered_at", "candidate", "details"])
