"""Four eyes: whoever approves an exception only proposes it, and a second person confirms it or declines."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.explain_match import explain_match
from matching.models import Care, Match, MatchEvent, State
from matching.models.matches import Tier
from matching.rules import OPERATES
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation, Person


def is_exception(match: Match, why: Mapping[str, Any]) -> bool:
    """Weak by the list or by its explanation, or something in eligibility speaks against it. `why` is of `explain_match()`."""
    return match.tier == Tier.C or why.get("tier", match.tier) not in (Tier.A, Tier.B) or bool(why["failed"])


def is_proposed(match: Match) -> bool:
    """By somebody who works at the agency that has the care: what another agency thought of it does not count."""
    care = Care.objects.open().filter(candidate=match.candidate_id, agency__memberships__user=match.proposed_by_id)
    return match.proposed_by_id is not None and care.exists()


def without_colleague(matches: QuerySet[Match]) -> QuerySet[Match]:
    """Proposed, and nobody else at the agency may confirm it: they have declined it themselves, or there is nobody."""
    declined = MatchEvent.objects.filter(match=OuterRef(OuterRef("pk")), after=State.DECLINED, actor=OuterRef("user"))
    colleagues = Membership.objects.filter(
        organisation__in=Care.objects.open().filter(candidate=OuterRef(OuterRef("candidate"))).order_by().values("agency"),
        user__is_active=True,
    ).exclude(user=OuterRef("proposed_by"))
    return matches.filter(~Exists(colleagues.filter(~Exists(declined))), state=State.SUGGESTED, proposed_by__isnull=False)


def to_confirm(user: Person) -> QuerySet[Match]:
    """What an operator confirms or declines; nobody of an agency is one, and nobody decides about themselves or for their own employer."""
    if not user.is_authenticated or not user.has_perm(OPERATES):
        return Match.objects.none()
    own = Organisation.objects.of_member(user, Organisation.Kind.AGENCY)
    employers = Organisation.objects.of_member(user, Organisation.Kind.EMPLOYER)
    others = Match.objects.filter(~Exists(own)).exclude(candidate__user=user.pk).exclude(vacancy__employer__in=employers)
    return without_colleague(others)


def needs_no_other(match: Match, day: date, by: User | None) -> Promise | str | None:
    """What stands in the way of the last signature."""
    if not is_exception(match, explain_match(match)):
        return None
    if by is not None and match.proposed_by_id == by.pk:
        return _("You have proposed this one. Now a second person has to confirm it.")
    if not is_proposed(match):
        return _("This is an exception: one person proposes it, and a second one confirms it.")
    return None
