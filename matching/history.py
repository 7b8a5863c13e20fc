"""Who did what to a match, as one reader may be told: colleagues by their address, everybody else by what they are."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.models import Match, MatchEvent, State
from matching.states import TABLE
from portal.accounts.models import User
from portal.organisations.models import Organisation


def colleagues_of(user: User) -> dict[int, str]:
    """The people of the user's agencies, the user among them, with their addresses."""
    agencies = Organisation.objects.of_member(user, Organisation.Kind.AGENCY)
    people = User.objects.filter(memberships__organisation__in=agencies).order_by("email", "pk")
    return {pk: email or _("a colleague") for pk, email in people.values_list("pk", "email")}


def actor_name(event: MatchEvent, match: Match, reader: User, colleagues: Mapping[int, str]) -> str:
    row = TABLE[State(event.before), State(event.after)]
    if event.actor is None:
        return "Safar"
    if event.actor_id == reader.pk:
        return _("you")
    if event.actor_id == match.candidate.user_id:
        return _("the candidate")
    if row.by == {"employer"}:
        return _("the employer")
    if event.actor.pk in colleagues:
        return colleagues[event.actor.pk]
    if event.actor.is_staff:
        return _("staff of Safar")
    return _("another agency") if colleagues else _("the agency")


def faster(event: MatchEvent, match: Match, reader: User) -> str:
    """One sentence for who comes too late."""
    if event.actor_id == reader.pk:
        return _("You have already answered: %(what)s, %(when)s.") % {"what": what(event), "when": moment(event.at)}
    return _("%(who)s was faster: %(what)s, %(when)s.") % {
        "who": actor_name(event, match, reader, colleagues_of(reader)),
        "what": what(event),
        "when": moment(event.at),
    }


def history(match: Match, reader: User, colleagues: Mapping[int, str]) -> list[dict[str, str]]:
    """Newest first; `matches.events` with their actors are read here."""
    return [
        {
            "at": moment(event.at),
            "what": what(event),
            "who": actor_name(event, match, reader, colleagues),
            "reason": reason_label(event),
            "note": event.note,
        }
        for event in reversed(list(match.events.select_related("actor")))
    ]


def what(event: MatchEvent) -> str:
    """A proposal, and the ways back to the review, have names of their own."""
    if event.after != State.SUGGESTED:
        return str(State(event.after).label)
    if event.before == State.SUGGESTED:
        return _("proposed for approval")
    return _("to look at again") if event.before == State.DECLINED else _("reopened")


def reason_label(event: MatchEvent) -> str:
    reasons = TABLE[State(event.before), State(event.after)].reasons
    return str(reasons(event.reason).label) if reasons and event.reason else ""


def moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
