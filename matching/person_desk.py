"""The part of a person's data that people at desks have written about their matches, and that staff keep for themselves."""

from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from matching.models import DeskView, MatchNote, MatchQuestion, SecondLook
from portal import hooks
from portal.accounts.export import moment
from portal.accounts.models import User


def export_desk(user: User) -> dict[str, Any]:
    """Notes of an agency's staff are told as how many there are: the agency reads them out to whoever asks. On hooks.export_person."""
    asked = MatchQuestion.objects.filter(match__candidate__user=user).select_related("match__vacancy__occupation")
    looks = SecondLook.objects.filter(match__candidate__user=user).select_related("match__vacancy__occupation")
    notes = MatchNote.objects.filter(match__candidate__user=user).order_by("agency").values("agency__name").annotate(count=Count("pk"))
    written = MatchNote.objects.filter(author=user)
    sections = {
        _("What you asked about jobs"): [
            {_("Work"): str(row.match.vacancy), _("Question"): row.text, _("When"): moment(row.asked_at), _("Answer"): row.answer}
            for row in asked
        ],
        _("Second looks by another agency"): [
            {_("Work"): str(row.match.vacancy), _("When"): moment(row.asked_at), _("Answer"): row.get_verdict_display()} for row in looks
        ],
        _("Notes that an agency keeps about your jobs"): [{row["agency__name"]: row["count"]} for row in notes],
        _("Notes that you wrote at work"): [{moment(row.at): row.text} for row in written],
        _("Views of the desk that you keep"): [{row.name: row.query} for row in DeskView.objects.filter(user=user)],
    }
    return {title: rows for title, rows in sections.items() if rows}


@hooks.erases("matching.MatchNote", "matching.MatchQuestion", "matching.SecondLook", "matching.DeskView")
def erase_desk(user: User, now: datetime) -> None:
    """Words about the person go; that another agency has read a match stays, as do notes of staff about others. On hooks.erase_person."""
    DeskView.objects.filter(user=user).delete()
    MatchNote.objects.filter(match__candidate__user=user).delete()
    MatchQuestion.objects.filter(match__candidate__user=user).delete()
    SecondLook.objects.filter(match__candidate__user=user).update(note="")
