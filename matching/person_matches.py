"""The part of a person's data that is their matches: taken along, and emptied of words when they are erased."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from matching.history import reason_label
from matching.journey import hold_vacancies_of, withdraw_all
from matching.model_contract.items import items
from matching.models import Candidate, FeeAnswer, Match, MatchEvent, Offer
from matching.reasons import Withdrawn
from portal.accounts.export import moment
from portal.accounts.models import User
from portal.money.amounts import Money
from portal.money.formats import format_money


def export_matches(user: User) -> dict[str, Any]:
    """What the candidate was told of and answered, and the terms of their contracts. On hooks.export_person."""
    matches = Match.objects.visible_to(user).filter(candidate__user=user).order_by("pk")
    rows = list(matches.select_related("vacancy__employer", "vacancy__occupation"))
    if not rows:
        return {}
    events = MatchEvent.objects.filter(match__in=rows).select_related("match__vacancy__occupation")
    offers = Offer.objects.filter(match__in=rows).select_related("match__vacancy__employer", "match__vacancy__occupation", "occupation")
    return {
        _("Jobs for you"): [
            {_("Work"): str(match.vacancy), _("Employer"): match.vacancy.employer.name, _("State"): match.get_state_display()}
            for match in rows
        ],
        _("What happened with them"): [
            {
                _("Work"): str(event.match.vacancy),
                _("What"): event.get_after_display(),
                _("When"): moment(event.at),
                _("Why"): reason_label(event),
                _("Note"): event.note,
            }
            for event in events
        ],
        _("Whether somebody asked you for money"): [
            {
                _("When"): row.get_moment_display(),
                _("Who asked"): row.get_by_display() if row.asked else _("nobody"),
                _("How much"): format_money(Money(row.amount, row.currency)) if row.amount is not None else "",
                _("Who may know"): ", ".join(str(FeeAnswer.Told(code).label) for code in row.told),
                _("What was done"): row.outcome,
            }
            for row in FeeAnswer.objects.filter(match__in=rows)
        ],
        _("Your contracts"): [{item.title: "; ".join(item.lines) for item in items(offer)} for offer in offers],
    }


def erase_matches(user: User, now: datetime) -> None:
    """Open matches are withdrawn, which frees their seats; words and reasons of the score go, the moves stay. On hooks.erase_person."""
    MatchEvent.objects.filter(actor=user).update(note="")
    candidate = Candidate.objects.filter(user=user).first()
    if candidate is None:
        return
    FeeAnswer.objects.filter(match__candidate=candidate).delete()
    hold_vacancies_of(candidate.pk)
    Match.objects.untouched().filter(candidate=candidate).delete()
    withdraw_all(candidate.pk, user, now, Withdrawn.CHANGED_MIND)
    MatchEvent.objects.filter(match__candidate=candidate).update(note="")
    empty_explanations(candidate)


def empty_explanations(candidate: Candidate) -> None:
    for match in Match.objects.filter(candidate=candidate).order_by("pk"):
        if match.explanation is not None:  # a run may have suggested one a moment ago
            match.explanation = emptied(match.explanation)
            match.save(update_fields=["explanation"])


def emptied(explanation: dict[str, Any]) -> dict[str, Any]:
    """The totals; nothing of what the person could, had done or wished for."""
    sides = {side: {"total": explanation[side]["total"], "components": []} for side in ("fits", "suits")}
    return {"points": explanation["points"], **sides, "skills": [], "ask": [], "verify": []}
