"""The offer letter: what the contract says, beside what the vacancy promised, on one sheet in the worker's language."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from matching.differences import Term, terms
from matching.models import Match, Offer


@dataclass(frozen=True, slots=True)
class Letter:
    match: Match
    offer: Offer
    terms: list[Term]
    entered: str
    agreed: str

    @property
    def differences(self) -> int:
        return sum(term.is_different for term in self.terms)


def language_of(match: Match) -> str:
    """The worker's own; for one without an account that of the country they come from."""
    user = match.candidate.user
    return user.language if user is not None else HOME_LANGUAGE.get(match.candidate.citizenship, "ru")


HOME_LANGUAGE = {"TJ": "tg", "KG": "ky", "UZ": "uz"}


def letter(match: Match) -> Letter | None:
    """Of the newest terms, in the language that is active; None before the agency has entered any."""
    offer = match.offers.select_related("occupation").last()
    if offer is None:
        return None
    return Letter(match, offer, terms(offer, match.vacancy), _moment(offer.entered_at), _moment(offer.agreed_at))


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at)) if at is not None else ""
