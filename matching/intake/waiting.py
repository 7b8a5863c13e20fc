"""What waits for a person because of an agency: a profile that may be theirs, an invitation, acts in their name to read."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from matching.models import Candidate, Invitation, MissedClaim, OnBehalf
from portal.accounts.models import User
from portal.ui.waiting import Waiting


def for_person(user: User, candidate: Candidate | None) -> list[Waiting]:
    """One query. The conditions are those of claim.py and answer_invitation.py."""
    missed = MissedClaim.objects.filter(candidate=OuterRef("pk")).order_by().values("candidate").annotate(count=Count("pk")).values("count")
    unclaimed = Candidate.objects.filter(user=None, phone=OuterRef("phone")).exclude(phone="")
    unclaimed = unclaimed.annotate(missed=Subquery(missed)).filter(Q(missed=None) | Q(missed__lt=MissedClaim.MOST))
    invited = Invitation.objects.open().filter(phone=OuterRef("phone")).order_by("-invited_at", "-pk")
    acts = OnBehalf.objects.filter(candidate__user=OuterRef("pk"), seen_at=None)
    found = User.objects.filter(pk=user.pk).values_list(
        Exists(unclaimed), Subquery(invited.values("uid")[:1]), Subquery(invited.values("agency__name")[:1]), Exists(acts)
    )
    is_unclaimed, invitation, agency, has_acts = found.get()
    is_verified = user.phone_verified_at is not None
    waiting = []
    if is_unclaimed and is_verified and candidate is None:
        text = _("An agency has begun a profile with your number. Say whether it is yours.")
        waiting.append(Waiting("user", _("Is this you?"), text, _("Look"), reverse("matching:is_this_you"), tone="apricot"))
    if invitation is not None and is_verified:
        text = _("%(agency)s would like to look for work for you. You decide: say yes or no.") % {"agency": agency}
        url = reverse("matching:invitation", args=[invitation])
        waiting.append(Waiting("message", _("An agency invites you"), text, _("Read and answer"), url, tone="apricot"))
    if has_acts:
        text = _("Your agency has answered for you. Read what, and by which paper.")
        waiting.append(Waiting("file-check", _("Done in your name"), text, _("Read"), reverse("matching:done_for_me"), tone="apricot"))
    return waiting
