"""What waits about placements: for a worker, for an operator."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from matching.models import Match, State
from placements.due import newest_due, unsaid
from placements.models import CallTask
from portal.accounts.models import User
from portal.ui.waiting import Waiting


def for_worker(user: User, now: datetime) -> tuple[list[Waiting], list[Waiting]]:
    """What Safar asks now, and what has time. One query, two for whoever has chosen or left."""
    matches = Match.objects.filter(candidate__user=user, state__in=(State.AGREED, State.PLACED)).order_by("-pk")
    matches = matches.select_related("placement", "vacancy__region").prefetch_related("placement__check_ins")
    asked: list[Waiting] = []
    later: list[Waiting] = []
    for match in matches:
        placement = getattr(match, "placement", None)
        here = reverse("placements:mine", args=[match.uid])
        if match.state == State.AGREED and (placement is None or placement.chosen_at is None):
            text = _("Say when Safar may ask you how you are, and name one person you trust.")
            url = reverse("placements:choices", args=[match.uid])
            later.append(Waiting("message", _("How may Safar ask you?"), text, _("Choose"), url))
        elif match.state == State.PLACED and placement is not None:
            if (check_in := newest_due(placement, now)) is not None:
                url = reverse("placements:check_in", args=[check_in.uid])
                text = _("Four questions, one tap each. You decide who reads your answers.")
                asked.append(Waiting("message", _("Safar: 1 minute?"), text, _("Answer"), url, tone="apricot"))
            elif rows := unsaid(placement):
                text = _("Nobody has read your answers. Say who may.")
                url = reverse("placements:help", args=[rows[0].uid])
                asked.append(Waiting("life-buoy", _("Do you want help?"), text, _("Answer"), url, tone="danger"))
            elif placement.arrived_at is None:
                text = _("Tell Safar that you are there. One tap is enough.")
                asked.append(Waiting("map-pin", _("Have you arrived?"), text, _("Answer"), here, tone="apricot"))
    return asked, later


def for_operator(user: User) -> list[Waiting]:
    """One query: as many as the page of calls lists."""
    count = CallTask.objects.visible_to(user).open().count()
    if not count:
        return []
    text = _("They have not answered, or they want help. Call them, the longest waiting first.")
    return [Waiting("phone", _("Workers to call"), text, _("Open the list"), reverse("placements:calls"), count, "danger")]
