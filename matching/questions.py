"""A candidate asks about a job, and the agency that has the care answers. One question at a time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.models import Care, Match, MatchQuestion
from matching.move import NotAllowed, NotPossible, locked, roles_of
from matching.states import Role
from matching.tell_candidate import Answered, tell_candidate
from portal.accounts.models import User


@transaction.atomic
def ask(match: Match, by: User, text: str, now: datetime) -> MatchQuestion:
    """`text` is of a form: not empty, and no longer than the column."""
    match = locked(match)
    if Role.CANDIDATE not in roles_of(by, match):
        raise NotAllowed
    if not Care.objects.open().filter(candidate=match.candidate_id).exists():
        raise NotPossible(_("No agency looks after you now. Choose one in your profile: it answers your questions."))
    if match.questions.filter(answered_at=None).exists():
        raise NotPossible(_("You have asked already. The answer comes here; then you can ask again."))
    return MatchQuestion.objects.create(match=match, text=text, asked_by=by, asked_at=now)


@transaction.atomic
def answer(question: MatchQuestion, by: User, text: str, now: datetime) -> MatchQuestion:
    match = locked(question.match)
    question = MatchQuestion.objects.select_related("answered_by").get(pk=question.pk)
    if Role.AGENCY not in roles_of(by, match):
        raise NotAllowed
    if question.answered_at is not None:
        raise NotPossible(_("A colleague was faster and has answered: “%(answer)s”") % {"answer": question.answer})
    question.answer, question.answered_by, question.answered_at = text, by, now
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    tell_candidate(match, Answered(match), now)
    return question
