"""How a reader of a public vacancy stands to it: whether they may name it to their agency, or what comes first."""

from dataclasses import dataclass

from django.urls import reverse

from matching.models import Candidate, Care, Match, Vacancy
from matching.models.matches import State
from portal.organisations.models import Person


@dataclass(frozen=True, slots=True)
class OwnSide:
    """`match` is theirs where they may see it: a suggestion that nobody has decided on is not told."""

    candidate: Candidate | None = None
    is_cared_for: bool = False
    match: Match | None = None

    @property
    def may_name(self) -> bool:
        undecided = self.match is None or self.match.state in (State.WITHDRAWN, State.EXPIRED)
        return self.is_cared_for and undecided

    @property
    def url(self) -> str:
        """Where the reader goes on: the match, or what has to be written first."""
        if self.match is not None:
            return reverse("matching:my_match", args=[self.match.uid])
        return reverse("matching:care" if self.candidate else "matching:profile")


def own_side(user: Person, vacancy: Vacancy) -> OwnSide:
    """Three queries for a candidate, none for a visitor."""
    candidate = Candidate.objects.filter(user=user).first() if user.is_authenticated else None
    if candidate is None:
        return OwnSide()
    match = Match.objects.visible_to(user).filter(candidate=candidate, vacancy=vacancy).first()
    return OwnSide(candidate, Care.objects.open().filter(candidate=candidate).exists(), match)
