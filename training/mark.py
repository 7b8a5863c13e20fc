"""What a centre says of the people on its course: who came, who has completed it, and that somebody has not after all."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from matching.models import Candidate
from matching.move import NotPossible
from matching.verify_skills import take_back_skill, verify_skills
from portal.accounts.models import User
from portal.outbox.tell import tell
from training.models import SignUp, TrainingOffer, Verification
from training.notices import CompletionTakenBack, CourseCompleted
from training.seats import check_trusted, has_begun, is_over, own_locked
from training.sentences import FROM_LAST_DAY, OVER

State = SignUp.State
MARKS = (State.CAME, State.ABSENT, State.COMPLETED)


@transaction.atomic
def mark(offer: TrainingOffer, marks: Mapping[UUID, State], by: User, now: datetime) -> int:
    """Marks by sign-up. Whoever has completed the course stays so, whatever an older page says. Returns how many were changed.

    Raises `NotPossible`, `NotAllowed`.
    """
    asked = SignUp.objects.filter(offer=offer, uid__in=marks).order_by().values("candidate")
    list(Candidate.objects.select_for_update().filter(pk__in=asked).order_by("pk").only("pk"))
    offer = own_locked(offer, by)
    _check_time(offer, marks, now)
    skills = dict(offer.skills.values_list("skill", "level"))
    count = 0
    rows = offer.sign_ups.filter(uid__in=marks, state__in=(State.SEATED, State.CAME, State.ABSENT))
    for row in rows.select_related("candidate__user").order_by("candidate"):
        if row.state == marks[row.uid]:
            continue
        count += 1
        row.state, row.marked_by, row.marked_at = marks[row.uid], by, now
        if row.state == State.COMPLETED:
            row.taken_back_because = ""
            _verify(row, skills, now)
        row.save(update_fields=["state", "marked_by", "marked_at", "taken_back_because"])
        if row.state == State.COMPLETED and row.candidate.user is not None:
            tell(row.candidate.user, CourseCompleted(offer), now)
    return count


@transaction.atomic
def take_back(done: SignUp, reason: str, by: User, now: datetime) -> SignUp:
    """The course was not completed after all: its skills are not verified by it any more. Once more changes nothing."""
    candidate = Candidate.objects.select_for_update().get(pk=done.candidate_id)
    offer = own_locked(done.offer, by)
    check_trusted(offer, now)  # what it verified while it was checked is not its to take any more
    done = offer.sign_ups.select_related("candidate__user").get(pk=done.pk)
    if done.state != State.COMPLETED:
        return done
    for row in done.verifications.all():
        others = Verification.objects.filter(sign_up__candidate=candidate, skill=row.skill_id).exclude(sign_up=done)
        take_back_skill(candidate, row.skill_id, others.aggregate(level=Max("level"))["level"], row.said, now)
    done.verifications.all().delete()
    done.state, done.taken_back_because, done.marked_by, done.marked_at = State.CAME, reason, by, now
    done.save(update_fields=["state", "taken_back_because", "marked_by", "marked_at"])
    if done.candidate.user is not None:
        tell(done.candidate.user, CompletionTakenBack(offer), now)
    return done


def _check_time(offer: TrainingOffer, marks: Mapping[UUID, State], now: datetime) -> None:
    check_trusted(offer, now)
    if offer.status not in TrainingOffer.GOING_ON:
        raise NotPossible(OVER)
    if not has_begun(offer, now):
        raise NotPossible(_("The course has not begun yet. Mark who came from its first day on."))
    if State.COMPLETED in marks.values() and not is_over(offer, now):
        raise NotPossible(FROM_LAST_DAY)


def _verify(row: SignUp, skills: Mapping[int, int], now: datetime) -> None:
    """What the person had said themself is kept over all courses: it stands again when the last of them is taken back."""
    told = verify_skills(row.candidate, skills, now)
    earlier = Verification.objects.filter(sign_up__candidate=row.candidate_id, skill__in=skills).order_by("pk")
    kept = dict(earlier.values_list("skill", "said"))
    Verification.objects.bulk_create(
        Verification(sign_up=row, skill_id=skill, level=level, said=told[skill] if told[skill] is not None else kept.get(skill))
        for skill, level in skills.items()
    )
