"""The days of a course as items of a calendar file. A phone may show them to anybody: they name no centre and no skill."""

from django.utils.translation import gettext as _

from matching.checklist import Item
from training.models import TrainingOffer


def days_for_calendar(offer: TrainingOffer) -> list[Item]:
    days = [Item("course-first", _("Your course begins"), "", offer.starts_on)]
    if offer.ends_on > offer.starts_on:
        days.append(Item("course-last", _("Last day of your course"), "", offer.ends_on))
    return days
