"""A model contract in the worker's language and beside it in Russian, in which contracts are written in Russia and in Kazakhstan alike."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from matching.letter import language_of
from matching.model_contract.items import Item, items
from matching.models import Match, Offer

OF_WORK = "ru"


@dataclass(frozen=True, slots=True)
class Side:
    """The whole contract in one language, which is `name`d as it names itself. `always` stands in every contract, `words` are printed where people sign."""

    language: str
    name: str
    title: str
    about: str
    items: list[Item]
    always: list[str]
    words: dict[str, str]


def in_two(match: Match, offer: Offer) -> list[Side]:
    """Of the terms alone: whatever becomes of the vacancy, the people or the match, they stay what was read. One side for who reads Russian."""
    return [_side(offer, language) for language in dict.fromkeys((language_of(match), OF_WORK))]


def _side(offer: Offer, language: str) -> Side:
    with override(language):
        entered = {"number": offer.number, "day": date_format(timezone.localtime(offer.entered_at))}
        return Side(
            language,
            name=dict(settings.LANGUAGES)[language],
            title=_("Model of an employment contract"),
            about=_("Terms number %(number)s, entered on %(day)s.") % entered,
            items=items(offer),
            always=[
                _("The worker pays nothing for this job: not to the agency, not to the employer, not to a go-between."),
                _("Passport and other papers stay with the worker."),
                _("This is a model and not legal advice. The contract that both sides sign says the same, or it is not signed."),
            ],
            words={
                "employer": _("Employer"),
                "worker": _("Worker"),
                "name": _("Name"),
                "signature": _("Signature"),
                "date": _("Date"),
            },
        )
