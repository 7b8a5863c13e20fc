"""Who did what to a match, as one reader may be told: colleagues by their address, everybody else by what they are."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.models import Match, MatchEvent, State
from matching.states import TABLE
from portal.accounts.models import User
from portal.organisations.models import Organisation


def colleagues_of(user: User) -> set[int]:
    """The people of the user's agencies."""
    agencies = Organisation.objects.filter(memberships__user=user, kind=Organisation.Kind.AGENCY)
    return set(User.objects.filter(memberships__organisation__in=agencies).values_list("pk", flat=True))


def actor_name(event: MatchEvent, match: Match, reader: User, colleagues: set[int]) -> str:
    row = TABLE[State(event.before), State(event.after)]
    if event.actor is None:
        return "Safar"
    if event.actor_id == reader.pk:
        return _("you")
    if event.actor_id == match.candidate.user_id:
        return _("the candidate")
    if row.by == {"employer"}:
        return _("the employer")
    return event.actor.email or _("a colleague") if event.actor_id in colleagues else _("the agency")


def faster(event: MatchEvent, match: Match, reader: User) -> str:
    """One sentence for who comes too late."""
    if event.actor_id == reader.pk:
        return _("You have already answered: %(what)s, %(when)s.") % {"what": State(event.after).label, "when": moment(event.at)}
    return _("%(who)s was faster: %(what)s, %(when)s.") % {
        "who": actor_name(event, match, reader, colleagues_of(reader)),
        "what": State(event.after).label,
        "when": moment(event.at),
    }


def history(match: Match, reader: User, colleagues: set[int]) -> list[dict[str, str]]:
    """Newest first; `matches.events` with their actors are read here."""
    return [
        {
            "at": moment(event.at),
            "what": str(State(event.after).label),
            "who": actor_name(event, match, reader, colleagues),
            "reason": reason_label(event),
            "note": event.note,
        }
        for event in reversed(list(match.events.select_related("actor")))
    ]


def reason_label(event: MatchEvent) -> str:
    reasons = TABLE[State(event.before), State(event.after)].reasons
    return str(reasons(event.reason).label) if reasons and event.reason else ""


def moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
