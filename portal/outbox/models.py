from datetime import datetime, timedelta
from typing import Self

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


class Purpose(models.TextChoices):
    SIGN_IN = "sign_in", _("sign-in code")
    NO_ACCOUNT = "no_account", _("no account for this e-mail")
    JOB_STOPPED = "job_stopped", _("a job is stopped")
    AUDIT = "audit", _("notice of an audit")


# Bodies that open a door: blanked as soon as they are delivered or too old, and not worth delivering late.
SECRET_FOR = {Purpose.SIGN_IN: timedelta(minutes=10)}


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """Nobody reads another person's messages, operators neither."""
        return self.filter(to_id=user.pk) if user.is_authenticated else self.none()

    def waiting(self) -> Self:
        return self.filter(delivered_at=None, failed_at=None)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(due_at__lte=now)


class Message(models.Model):
    """One message to one address. The row is the promise; workers and brokers may come and go."""

    uid = UidField()
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="messages")
    channel = models.CharField(max_length=4, choices=Channel)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    purpose = models.CharField(max_length=20, choices=Purpose)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="When to try next; while a worker carries the message, when its lease ends.")
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [models.CheckConstraint(condition=Q(delivered_at=None) | Q(failed_at=None), name="message_ends_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(delivered_at=None, failed_at=None), name="message_waiting"),
            models.Index(fields=["purpose", "created_at"], name="message_purpose"),
            models.Index(fields=["address", "created_at"], name="message_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_purpose_display()}"

    @property
    def is_secret(self) -> bool:
        return self.purpose in SECRET_FOR
