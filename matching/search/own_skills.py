"""What the reader of a public vacancy can do: as its address says, else as their own profile says. Nothing is kept."""

import re

from django.http import HttpRequest

from matching.models import CandidateSkill

NUMBER = re.compile(r"[0-9]{1,9}")
MOST = 60


def skills_of_address(request: HttpRequest) -> frozenset[int] | None:
    """`?skills=12,15` or one `skills` each, as a form of boxes sends them; None where the address does not say. `skills=` says: none of them."""
    if "skills" not in request.GET:
        return None
    told = ",".join(request.GET.getlist("skills")).split(",")[:MOST]
    return frozenset(int(text) for text in told if NUMBER.fullmatch(text))


def skills_of_profile(request: HttpRequest) -> frozenset[int] | None:
    """A query for who is signed in; None for whoever has told of none."""
    if not request.user.is_authenticated:
        return None
    return frozenset(CandidateSkill.objects.filter(candidate__user=request.user).values_list("skill", flat=True)) or None
