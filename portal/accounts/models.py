from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.fields import UidField


def unusable_password() -> str:
    """Nobody has a password. The random rest of the mark is what Django signs sessions with: a new one ends them all."""
    return make_password(None)


class UserQuerySet(models.QuerySet["User"]):
    def never_verified(self, before: datetime) -> Self:
        """Numbers and new mailboxes for which nobody ever typed a code, and nobody has asked for one since `before`.

        A mailbox is new while allauth's row of it is not verified. Whom an organisation has invited meanwhile stays.
        """
        new = models.Q(email=None) | models.Q(emailaddress__verified=False, memberships=None)
        unverified = self.filter(new, phone_verified_at=None, last_login=None, erased_at=None, created_at__lt=before)
        return unverified.exclude(messages__created_at__gte=before)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, *, phone: str | None = None, email: str | None = None, **fields: Any) -> "User":
        user: User = self.model(phone=phone or None, email=email.lower() if email else None, **fields)
        user.save(using=self._db)
        return user

    def create_superuser(self, *, email: str, password: str | None = None, **fields: Any) -> "User":
        """For `manage.py createsuperuser --noinput --email …`: a password is not kept, staff sign in by mail code."""
        return self.create_user(email=email, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can sign in: a migrant by phone, staff and members of organisations by e-mail. Never a role."""

    uid = UidField()
    password = models.CharField(max_length=128, default=unusable_password, editable=False)
    phone = models.CharField(_("phone"), max_length=16, unique=True, null=True, blank=True, help_text="E.164, for example +992900000000")
    phone_verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ["pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=models.Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"), name="user_phone_is_e164"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(
                condition=models.Q(is_staff=False) | models.Q(email__isnull=False),
                name="user_staff_has_email",
                violation_error_message=_("Staff sign in by e-mail: give an e-mail address."),
            ),
            models.CheckConstraint(condition=models.Q(password__startswith="!"), name="user_has_no_password"),
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(phone=None, email=None, is_active=False, is_staff=False),
                name="user_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        """A pseudonym: this text ends up in logs, audit rows and page titles."""
        return f"person {str(self.uid)[-8:]}"

    def clean(self) -> None:
        """Empty is NULL, so that two people without a phone do not collide."""
        self.phone = self.phone or None
        self.email = self.email.lower() if self.email else None


class Consent(models.Model):
    """What somebody agreed to, in which version, when; and when they took it back."""

    class Purpose(models.TextChoices):
        ACCOUNT = "account", _("an account at Safar")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=30, choices=Purpose)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose", "version"], condition=models.Q(withdrawn_at=None), name="consent_given_once"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class Submission(models.Model):
    """A form that was sent: the second POST with the same key is answered with the first one's result."""

    key = models.UUIDField(unique=True)
    actor = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    result_url = models.CharField(max_length=500)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.key)
