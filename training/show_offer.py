"""A course as a page prints it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.money.formats import format_money
from training.models import TrainingOffer


class ShownOffer:
    """`offer` is of `with_all()`. No query."""

    def __init__(self, offer: TrainingOffer) -> None:
        self.offer = offer
        self.days = days_of(offer)
        self.skills = [f"{row.skill}: {row.get_level_display()}" for row in offer.skills.all()]
        self.is_free = offer.fee is None
        self.price = _("free") if offer.fee is None else format_money(offer.fee)
        self.payer = "" if offer.fee else _("paid by: %(who)s") % {"who": offer.get_payer_display()}


def days_of(offer: TrainingOffer) -> str:
    first, last = date_format(offer.starts_on), date_format(offer.ends_on)
    return first if first == last else f"{first} – {last}"
