"""The part of a person's data that is about their time at work."""

from datetime import datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from matching.models import Candidate
from placements.models import CallTask, CheckIn, Placement
from portal import hooks
from portal.accounts.export import moment
from portal.accounts.models import User
from portal.money.formats import format_money


def export_placements(user: User) -> dict[str, Any]:
    """What they chose and answered, who may know, and what came of calls. On hooks.export_person."""
    mine = Placement.objects.filter(match__candidate__user=user).select_related("match__vacancy__occupation")
    answered = CheckIn.objects.filter(placement__in=mine).exclude(answered_at=None).select_related("placement__match__vacancy__occupation")
    calls = CallTask.objects.filter(placement__in=mine).select_related("placement__match__vacancy__occupation")
    sections = {
        _("On the way and at work"): [
            {
                _("Work"): str(row.match.vacancy),
                _("When Safar may ask you"): row.get_hours_display(),
                _("The person you trust"): row.trusted_name,
                _("Their phone number"): row.trusted_phone,
                _("You left"): formats.date_format(row.left_on) if row.left_on else None,
                _("You said that you have arrived"): moment(row.arrived_at),
            }
            for row in mine
        ],
        _("What you answered from work"): [
            {
                _("Work"): str(row.placement.match.vacancy),
                _("When"): moment(row.answered_at),
                _("Pay"): row.get_pay_display(),
                _("How much"): format_money(row.paid) if row.paid else "",
                _("Documents"): row.get_papers_display(),
                _("Place of work"): row.get_place_display(),
                _("Who asked"): row.get_money_display(),
                _("Help from"): names(row.help_from),
                _("Who may know"): names(row.may_know),
            }
            for row in answered
        ],
        _("Calls from Safar"): [
            {
                _("Work"): str(row.placement.match.vacancy),
                _("Why"): row.get_reason_display(),
                _("When"): moment(row.done_at),
                _("What was done"): row.get_outcome_display(),
                _("Note"): row.note,
            }
            for row in calls
        ],
    }
    return {title: rows for title, rows in sections.items() if rows}


def names(who: list[str]) -> str:
    return ", ".join(str(CheckIn.Who(code).label) for code in who)


def drop_second(keep: Candidate, lose: Candidate, now: datetime) -> None:
    """Of a job that both profiles had the further match stays with the person; the other row becomes nobody's. On hooks.merge_candidates."""
    Placement.objects.filter(match__candidate=lose).delete()


@hooks.erases("placements.Placement", "placements.CheckIn")
def erase_placements(user: User, now: datetime) -> None:
    """All of it, with the person of trust and the notes of calls; that they left for the job stays with the match. On hooks.erase_person."""
    Placement.objects.filter(match__candidate__user=user).delete()
