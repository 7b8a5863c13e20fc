"""What waits for operators about organisations, and for an organisation about its own check."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.organisations.models import Organisation, Person, SanctionHit
from portal.organisations.stage import next_words
from portal.organisations.to_check import to_check
from portal.ui.waiting import Waiting


def for_operator(user: Person, now: datetime) -> list[Waiting]:
    """One query."""
    undecided = Count("sanction_hits", filter=Q(sanction_hits__verdict=SanctionHit.Verdict.OPEN), distinct=True)
    waits = Count("pk", filter=Q(pk__in=to_check(user, now).order_by().values("pk")), distinct=True)
    counts = Organisation.objects.visible_to(user).aggregate(undecided=undecided, waits=waits)
    found = []
    if count := counts["undecided"]:
        text = _("They are stopped until you say whom the list means.")
        url = reverse("admin:organisations_sanctionhit_changelist", query={"verdict__exact": ""})
        found.append(Waiting("alert-triangle", _("Names on sanctions lists"), text, _("Open the list"), url, count, "danger"))
    return [*found, *_organisations(counts["waits"])]


def for_authority(user: Person, now: datetime) -> list[Waiting]:
    """One query."""
    return _organisations(to_check(user, now).count())


def _organisations(count: int) -> list[Waiting]:
    """As many as the page of organisations to check lists."""
    if not count:
        return []
    text = _("Two people look at each and sign. Until then nobody sees their vacancies, and nobody can choose them.")
    url = reverse("organisations:vetting")
    return [Waiting("shield", _("Organisations to check"), text, _("Open the list"), url, count, "apricot")]


def for_members(places: Sequence[Organisation]) -> list[Waiting]:
    """What its own people know of a check that is not over. No query."""
    return [
        Waiting(
            "shield",
            _("Safar needs something from you") if place.asked and not place.replied else _("Not checked yet"),
            next_words(place),
            _("See what happens next"),
            reverse("organisations:own", args=[place.uid]),
            tone="apricot",
        )
        for place in places
        if place.vetted_at is None
    ]
