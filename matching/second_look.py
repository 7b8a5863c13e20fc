"""A second reader elsewhere: of the best matches that an agency declines, one in twenty is read by another one, without a name."""

from datetime import datetime

from django.db.models import Count, Q
from django.utils.crypto import salted_hmac

from matching.models import AgencyLicence, Care, Match, SecondLook
from matching.models.matches import Tier
from portal.organisations.models import Organisation
from portal.organisations.standing import in_good_standing
from portal.places.days import legal_day

ONE_IN = 20


def is_drawn(match: Match) -> bool:
    """By the match alone, so that it can be repeated; with the key of this installation, so that nobody at an agency can tell beforehand."""
    digest = salted_hmac("matching.second_look", str(match.uid), algorithm="sha256").digest()
    return int.from_bytes(digest[:8]) % ONE_IN == 0


def ask_elsewhere(match: Match, now: datetime) -> SecondLook | None:
    """Called with the decline, in its transaction. None where it was not drawn, has been read already, or where there is no other agency."""
    if match.tier != Tier.A or not is_drawn(match) or SecondLook.objects.filter(match=match).exists():
        return None
    return ask(match, now)


def ask(match: Match, now: datetime) -> SecondLook | None:
    reader = _least_busy(match, now)
    return None if reader is None else SecondLook.objects.create(match=match, agency=reader, asked_at=now)


def _least_busy(match: Match, now: datetime) -> Organisation | None:
    """With staff and a licence for the country of the work, on no sanctions list. Who has read the least goes first among equals."""
    day = legal_day(now, match.vacancy.region)
    licensed = AgencyLicence.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), destination=match.vacancy.region.country_id)
    looks = SecondLook.objects.order_by().values("agency")
    others = (
        in_good_standing(day)
        .filter(kind=Organisation.Kind.AGENCY, pk__in=licensed.values("agency"), memberships__isnull=False)
        .exclude(pk__in=Care.objects.open().filter(candidate=match.candidate_id).values("agency"))
        .distinct()
    )
    busy, read = (dict(rows.annotate(count=Count("pk")).values_list("agency", "count")) for rows in (looks.filter(decided_at=None), looks))
    return min(others.order_by("pk"), key=lambda agency: (busy.get(agency.pk, 0), read.get(agency.pk, 0)), default=None)
