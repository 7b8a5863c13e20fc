"""Who may legally work where, as dated rows with a source and a signature. An unsigned row makes nobody eligible."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Expression, F, Func, Q, Value

from portal.accounts.models import User
from portal.fields import WebField
from portal.organisations.models import Organisation
from portal.places.models import Region

ANY = "*"
DEMO = "demo"  # who signs in the demo; anywhere else it is nobody's signature


class SignedQuerySet(models.QuerySet["models.Model"]):
    def signed(self) -> Self:
        return self.exclude(signed_as__in=[""] if settings.DEMO else ["", DEMO])

    def unsigned(self) -> Self:
        return self.filter(signed_as__in=[""] if settings.DEMO else ["", DEMO])

    def valid_on(self, day: date | F | Expression) -> Self:
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class DatedRow(models.Model):
    """A rule with its source, its days and who signed it ("demo" where the demo did)."""

    source_name = models.CharField(max_length=200)
    source_url = WebField(max_length=500, blank=True)
    source_dated = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    signed_as = models.CharField(max_length=60, blank=True, editable=False)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SignedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        """With its days swapped a row would hold on none."""
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": "The last day is before the first: the row would never hold."})


class LegalRoute(DatedRow):
    """`activity` is a NACE prefix (households = 97) or "*"; `region` ISO 3166-2 or "*"."""

    class Effect(models.TextChoices):
        PERMIT = "permit", "permit"
        BAN = "ban", "ban"

    effect = models.CharField(max_length=6, choices=Effect)
    origin = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)
    region = models.CharField(max_length=6, default=ANY)
    activity = models.CharField(max_length=8, default=ANY)
    employer_permit = models.BooleanField(default=False)
    regime = models.CharField(max_length=20)
    papers = ArrayField(
        models.CharField(max_length=12),
        default=list,
        blank=True,
        help_text="Kinds of papers that a vacancy must have on file (VacancyPaper).",
    )
    lead_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["origin", "destination", "pk"]

    def __str__(self) -> str:
        return f"{self.effect} {self.origin}-{self.destination} {self.regime}"


class LicenceRecognition(DatedRow):
    issuing = models.CharField(max_length=2)
    destination = models.CharField(max_length=2)
    category = models.CharField(max_length=2)
    paid_driving = models.BooleanField(default=True)

    class Meta:
        ordering = ["issuing", "destination", "category"]

    def __str__(self) -> str:
        return f"{self.category} {self.issuing} → {self.destination}"


class DangerArea(DatedRow):
    """A region where nobody is sent. A second person confirms it."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["region"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by=None) | Q(entered_by=None) | ~Q(signed_by=F("entered_by")), name="danger_area_has_a_second_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.reason}"


MILITARY = ("25.4", "30.4")  # NACE: weapons and ammunition, military fighting vehicles


class EmployerFileQuerySet(models.QuerySet["EmployerFile"]):
    def suspended(self) -> Self:
        return self.exclude(suspended_because="")

    def military(self) -> Self:
        """Whoever makes weapons, among whatever else."""
        listed = Func(F("activities"), Value(" "), function="array_to_string", output_field=models.TextField())
        begins = "|".join(code.replace(".", r"\.") for code in MILITARY)
        return self.annotate(listed=listed).filter(listed__regex=rf"(^| )({begins})")


class EmployerFile(models.Model):
    """What the operator has on file about an employer: its activities as NACE codes (households 97), the permits it holds, a suspension."""

    employer = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="file")
    activities = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    on_file = ArrayField(models.CharField(max_length=20), default=list, blank=True, help_text="Regimes of permits that the employer holds.")
    suspended_because = models.CharField(max_length=200, blank=True, help_text="Empty: not suspended. Charging workers is a ground.")

    objects = EmployerFileQuerySet.as_manager()

    class Meta:
        ordering = ["employer"]

    def __str__(self) -> str:
        return f"file of {self.employer_id}"


class SignOff(models.Model):
    """What a person has looked at and signed before matching opens: a language reviewed, the impact assessment, the vetting team."""

    subject = models.CharField(max_length=40, unique=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["subject"]

    def __str__(self) -> str:
        return self.subject
