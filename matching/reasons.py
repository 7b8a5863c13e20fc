"""Why a match ended where it did. Each list is what one person can answer; the code is what is counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Declined(models.TextChoices):
    """By the agency, before the candidate has seen it."""

    SKILLS = "skills", _("The skills do not hold up")
    PAPERS = "papers", _("Papers are missing")
    NOT_REACHED = "not_reached", _("The candidate cannot be reached")
    NOT_READY = "not_ready", _("The candidate is not ready to leave")
    EMPLOYER = "employer", _("Doubts about the employer")
    OTHER = "other", _("Another reason")


class TurnedDown(models.TextChoices):
    """By the candidate, of a vacancy."""

    WAGE = "wage", _("The wage is too low")
    PLACE = "place", _("Too far, or not the place I want")
    WORK = "work", _("Not the work I want")
    TIME = "time", _("The time does not suit me")
    FAMILY = "family", _("My family needs me here")
    OTHER = "other", _("Another reason")


class Rejected(models.TextChoices):
    """By the employer."""

    SKILLS = "skills", _("Other skills are needed")
    LANGUAGE = "language", _("The language is not enough")
    FILLED = "filled", _("Somebody else got the job")
    NO_SHOW = "no_show", _("Did not answer or did not come")
    OTHER = "other", _("Another reason")


class Refused(models.TextChoices):
    """By the candidate, of a contract."""

    LOWER_PAY = "lower_pay", _("The pay is lower than promised")
    OTHER_PLACE = "other_place", _("It is another place")
    OTHER_WORK = "other_work", _("It is other work")
    HOURS = "hours", _("Too many hours")
    FOUND_OTHER = "found_other", _("I have found other work")
    OTHER = "other", _("Another reason")


class Withdrawn(models.TextChoices):
    """By the candidate or the agency, at any time before departure."""

    CHANGED_MIND = "changed_mind", _("Plans have changed")
    HEALTH = "health", _("Health")
    FOUND_OTHER = "found_other", _("Other work was found")
    NOT_REACHED = "not_reached", _("Cannot be reached")
    PLACED_ELSEWHERE = "placed_elsewhere", _("Left for another job")
    OTHER = "other", _("Another reason")


class Ended(models.TextChoices):
    """After departure."""

    FINISHED = "finished", _("The contract is over")
    WORKER_LEFT = "worker_left", _("The worker left")
    DISMISSED = "dismissed", _("The employer ended it")
    UNPAID = "unpaid", _("The wage was not paid")
    HEALTH = "health", _("Health")
    OTHER = "other", _("Another reason")
