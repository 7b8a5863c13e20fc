from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.fields import UidField
from portal.organisations.numbers import read_number
from portal.places.models import Country, Region

Person = User | AnonymousUser


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: Person) -> Self:
        """Operators see all, everybody else the organisations they belong to."""
        return self if user.has_perm("organisations.view_organisation") else self.of_member(user)

    def vetted(self) -> Self:
        return self.filter(vetted_at__isnull=False)

    def to_vet(self, user: Person) -> Self:
        """Those somebody may check. Operators: all; people of a vetted authority: employers. Nobody their own, nobody of an agency any."""
        if not user.is_authenticated:
            return self.none()
        own = Membership.objects.filter(user=user.pk).order_by()
        agencies = own.filter(organisation__kind=Organisation.Kind.AGENCY)
        others = self.filter(~Exists(own.filter(organisation=OuterRef("pk"))), ~Exists(agencies))
        if user.has_perm("organisations.change_organisation"):
            return others
        authorities = own.filter(organisation__kind=Organisation.Kind.AUTHORITY, organisation__vetted_at__isnull=False)
        return others.filter(Exists(authorities), kind=Organisation.Kind.EMPLOYER)

    def of_member(self, user: Person, kind: str | None = None) -> Self:
        """Those a person belongs to, all or of one kind, checked or not: `.vetted()` where a right hangs on it."""
        if not user.is_authenticated:
            return self.none()
        own = self.filter(memberships__user=user.pk)
        return own.filter(kind=kind) if kind else own


class Organisation(models.Model):
    """An employer, an agency, a training centre or an authority. Vetted by two others, never by itself.

    `checked_by` has signed its checklist first, `vetted_by` second; a change of the checklist takes the first signature away.
    One that is vetted and signed anew since (`checked_at` is later) waits for a second signature again.
    """

    class Kind(models.TextChoices):
        EMPLOYER = "employer", _("employer")
        AGENCY = "agency", _("agency")
        TRAINING_CENTRE = "training_centre", _("training centre")
        AUTHORITY = "authority", _("authority")

    uid = UidField()
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country"))
    number = models.CharField(_("registry number"), max_length=20, blank=True, help_text=_("INN in Russia, BIN in Kazakhstan."))
    activities = ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("activity codes"),
        default=list,
        blank=True,
        help_text="NACE, as it has declared them.",
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region of the worksite")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    asked = models.CharField(max_length=500, blank=True, editable=False, help_text="What it still has to send or put right.")
    replied = models.CharField(max_length=1000, blank=True, editable=False, help_text="What it says to that.")
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
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
            models.UniqueConstraint(fields=["country", "number"], condition=~Q(number=""), name="organisation_number_once"),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None) | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="organisation_checked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None) | Q(vetted_at=None) | Q(checked_at__gt=F("vetted_at")) | ~Q(checked_by=F("vetted_by")),
                name="organisation_has_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(vetted_at=None, vetted_by=None) | Q(vetted_at__isnull=False, vetted_by__isnull=False),
                name="organisation_vetted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The console's number is checked as the form's is."""
        if self.number and self.country_id:
            try:
                self.number = read_number(self.number, self.country_id)
            except ValidationError as problem:
                raise ValidationError({"number": problem.messages}) from None

    @property
    def is_signed_twice(self) -> bool:
        """The checklist as it is now has both signatures."""
        return self.vetted_at is not None and self.checked_at is not None and self.vetted_at >= self.checked_at


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
