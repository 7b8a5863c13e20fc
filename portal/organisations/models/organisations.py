from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.fields import UidField
from portal.places.models import Country

Person = User | AnonymousUser


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: Person) -> Self:
        """Operators see all, everybody else the organisations they belong to."""
        return self if user.has_perm("organisations.view_organisation") else self.of_member(user)

    def vetted(self) -> Self:
        return self.filter(vetted_at__isnull=False)

    def of_member(self, user: Person, kind: str | None = None) -> Self:
        """Those a person belongs to, all or of one kind, checked or not: `.vetted()` where a right hangs on it."""
        if not user.is_authenticated:
            return self.none()
        own = self.filter(memberships__user=user.pk)
        return own.filter(kind=kind) if kind else own


class Organisation(models.Model):
    """An employer, an agency, a training centre or an authority. Vetted by an operator, never by itself."""

    class Kind(models.TextChoices):
        EMPLOYER = "employer", _("employer")
        AGENCY = "agency", _("agency")
        TRAINING_CENTRE = "training_centre", _("training centre")
        AUTHORITY = "authority", _("authority")

    uid = UidField()
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    vetted_at = models.DateTimeField(_("vetted"), null=True, blank=True, editable=False)
    vetted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(fields=["country", "kind", "name"], name="organisation_is_registered_once"),
            models.CheckConstraint(
                condition=Q(vetted_at=None, vetted_by=None) | Q(vetted_at__isnull=False, vetted_by__isnull=False),
                name="organisation_vetted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Person) -> Self:
        """Operators see all, a member the people of their own organisations."""
        if not user.is_authenticated:
            return self.none()
        if user.has_perm("organisations.view_membership"):
            return self
        return self.filter(organisation__in=Organisation.objects.filter(memberships__user=user))


class Membership(models.Model):
    """That a person belongs to an organisation, and whether they may manage it."""

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        MANAGER = "manager", _("manager")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=7, choices=Role, default=Role.MEMBER)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.organisation}"
