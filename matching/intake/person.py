"""The part of a person's data that staff have written in their name: taken along, and erased."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from matching.intake.on_behalf import act_label, why_label
from matching.models import Candidate, Invitation, MissedClaim, OnBehalf
from portal import hooks
from portal.accounts.export import moment
from portal.accounts.models import User


def export_intake(user: User) -> dict[str, Any]:
    """On hooks.export_person."""
    done = OnBehalf.objects.filter(candidate__user=user).select_related("agency", "staff")
    sections = {
        _("Done in your name"): [
            {
                _("When"): moment(row.at),
                _("Agency"): row.agency.name,
                _("Who"): row.staff.email or str(row.staff),
                _("What"): act_label(row.act),
                _("Why"): why_label(row.reason),
                _("Paper that you signed"): row.paper,
            }
            for row in done
        ],
        _("An agency invites you"): [
            {
                _("Agency"): row.agency.name,
                _("When"): moment(row.invited_at),
                _("Given name"): row.details.get("given_name"),
                _("Answer"): row.get_answer_display() if row.answer else None,
            }
            for row in invitations_of(user).select_related("agency")
        ],
    }
    return {title: rows for title, rows in sections.items() if rows}


def invitations_of(user: User) -> QuerySet[Invitation]:
    """To the person's verified phone, answered or not, and the one that began their profile."""
    sent = Q(phone=user.phone) if user.phone and user.phone_verified_at else Q(pk__in=[])
    return Invitation.objects.filter(sent | Q(candidate__user=user))


@hooks.erases("matching.OnBehalf", "matching.MissedClaim", "matching.Invitation")
def erase_intake(user: User, now: datetime) -> None:
    """Before the account: its phone tells which invitations are meant. Those that the person sent as staff are their agency's."""
    invitations_of(user).delete()
    candidate = Candidate.objects.filter(user=user).first()
    if candidate is not None:
        OnBehalf.objects.filter(candidate=candidate).delete()
        MissedClaim.objects.filter(candidate=candidate).delete()
