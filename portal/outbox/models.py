from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.fields import UidField


class Channel(models.TextChoices):
    SMS = "sms", _("SMS")
    MAIL = "mail", _("e-mail")
    APP = "app", _("here in Safar")


class Purpose(models.TextChoices):
    """A kind of news. A new one needs no migration: the field takes its choices from `purposes()`."""

    SIGN_IN = "sign_in", _("sign-in code")
    NO_ACCOUNT = "no_account", _("no account for this e-mail")
    JOB_STOPPED = "job_stopped", _("a job is stopped")
    AUDIT = "audit", _("notice of an audit")
    MATCH = "match", _("jobs found for you")
    QUESTION = "question", _("questions and answers")
    CONTRACT = "contract", _("your contract and departure")
    CHECK_IN = "check_in", _("how you are at work")
    NEW_JOBS = "new_jobs", _("new jobs for your search")
    COURSE = "course", _("courses and training")
    CARE = "care", _("who looks after you")
    MONEY = "money", _("your money")
    VACANCY = "vacancy", _("vacancies")
    PEOPLE = "people", _("candidates")
    ORGANISATION = "organisation", _("your organisation")


def purposes() -> list[tuple[str, Any]]:
    return Purpose.choices


# Of which kinds somebody chooses how they come. What is on neither list, such as a stopped job, cannot be turned off.
WORKERS_CHOOSE = (
    Purpose.MATCH,
    Purpose.QUESTION,
    Purpose.CONTRACT,
    Purpose.CHECK_IN,
    Purpose.NEW_JOBS,
    Purpose.COURSE,
    Purpose.CARE,
    Purpose.MONEY,
)
MEMBERS_CHOOSE = (Purpose.VACANCY, Purpose.PEOPLE, Purpose.QUESTION, Purpose.ORGANISATION)

# Bodies that open a door: blanked as soon as they are delivered or too old, and not worth delivering late.
SECRET_FOR = {Purpose.SIGN_IN: timedelta(minutes=10)}
# Somebody stands and waits for these, or is in danger: they overtake a night's news.
URGENT = (Purpose.SIGN_IN, Purpose.NO_ACCOUNT, Purpose.JOB_STOPPED)


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Nobody reads another person's messages, operators neither."""
        return self.filter(to_id=user.pk) if user.is_authenticated else self.none()

    def in_app(self) -> Self:
        """What the page of messages lists; the ones that time has emptied are kept for their key alone."""
        return self.filter(channel=Channel.APP).exclude(body="")

    def waiting(self) -> Self:
        return self.filter(delivered_at=None, failed_at=None)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(due_at__lte=now)


class Message(models.Model):
    """One message by one channel. The row is the promise; workers and brokers may come and go.

    A row of `Channel.APP` is the message on the person's own page: it has arrived when it is written.
    """

    uid = UidField()
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="messages")
    channel = models.CharField(max_length=4, choices=Channel)
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=1000, blank=True, help_text="A path of ours without its language, for example jobs/mine/")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    purpose = models.CharField(max_length=20, choices=purposes)
    key = models.CharField(max_length=100, blank=True, help_text="What is told under one key is told to a person once, for ever.")
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="When to try next; while a worker carries the message, when its lease ends.")
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=20, blank=True, help_text="Who carried it.")
    provider_id = models.CharField(max_length=120, blank=True)
    provider_answer = models.JSONField(default=dict, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(condition=Q(delivered_at=None) | Q(failed_at=None), name="message_ends_once"),
            models.UniqueConstraint(fields=["to", "key"], condition=~Q(key=""), name="message_told_once"),
        ]
        indexes = [
            models.Index(fields=["-urgent", "due_at"], condition=Q(delivered_at=None, failed_at=None), name="message_waiting"),
            models.Index(fields=["to", "-created_at"], condition=Q(channel="app"), name="message_in_app"),
            models.Index(fields=["to"], condition=Q(channel="app", read_at=None), name="message_unread"),
            models.Index(fields=["purpose", "created_at"], name="message_purpose"),
            models.Index(fields=["address", "created_at"], name="message_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_purpose_display()}"

    @property
    def is_secret(self) -> bool:
        return self.purpose in SECRET_FOR


class ChosenWay(models.Model):
    """How somebody wants one kind of news: by SMS, by mail, or on their page only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chosen_ways")
    purpose = models.CharField(max_length=20, choices=purposes)
    channel = models.CharField(max_length=4, choices=Channel)

    class Meta:
        verbose_name = _("chosen way of news")
        verbose_name_plural = _("chosen ways of news")
        constraints = [models.UniqueConstraint(fields=["user", "purpose"], name="way_chosen_once")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.channel}"
