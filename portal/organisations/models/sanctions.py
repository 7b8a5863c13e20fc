"""Sanctions lists (UN, SECO, EU) as imported, and which of our organisations they may mean."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.organisations.models.organisations import Organisation


class SanctionEntryQuerySet(models.QuerySet["SanctionEntry"]):
    def in_force(self, day: date) -> Self:
        return self.filter(Q(listed_on=None) | Q(listed_on__lte=day), Q(delisted_on=None) | Q(delisted_on__gt=day))


class SanctionEntry(models.Model):
    """One listed person or entity. `reference` is the list's own id; what a newer file no longer holds gets a day of delisting."""

    class List(models.TextChoices):
        UN = "un", _("United Nations")
        SECO = "seco", _("SECO (Switzerland)")
        EU = "eu", _("European Union")

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ENTITY = "entity", _("organisation")
        OBJECT = "object", _("ship, aircraft or other object")

    list = models.CharField(max_length=4, choices=List)
    reference = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=500)
    names = ArrayField(models.CharField(max_length=500), help_text="All names and spellings.")
    folded = ArrayField(models.CharField(max_length=500), help_text="The same as names are compared.")
    programme = models.CharField(max_length=300, blank=True)
    listed_on = models.DateField(null=True, blank=True)
    delisted_on = models.DateField(null=True, blank=True)
    generated_on = models.DateField(help_text="Day of the file it was last read from.")

    objects = SanctionEntryQuerySet.as_manager()

    class Meta:
        ordering = ["list", "reference"]
        verbose_name_plural = "sanction entries"
        constraints = [models.UniqueConstraint(fields=["list", "reference"], name="sanction_entry_once_a_list")]
        indexes = [GinIndex(fields=["folded"], name="sanction_entry_folded")]

    def __str__(self) -> str:
        return f"{self.list} {self.reference}"


class SanctionHitQuerySet(models.QuerySet["SanctionHit"]):
    def blocking(self, day: date) -> Self:
        """Until a person has said that somebody else is meant, a hit stops the organisation."""
        return self.exclude(verdict=SanctionHit.Verdict.OTHER).filter(entry__in=SanctionEntry.objects.in_force(day))


class SanctionHit(models.Model):
    """An organisation whose name stands on a list. It stops at once; only a person lifts that, with a reason."""

    class Verdict(models.TextChoices):
        OPEN = "", _("nobody has looked")
        SAME = "same", _("it is the one listed")
        OTHER = "other", _("somebody else is meant")

    entry = models.ForeignKey(SanctionEntry, on_delete=models.CASCADE, related_name="hits")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sanction_hits")
    name = models.CharField(max_length=500, help_text="The listed name that agrees.")
    found_at = models.DateTimeField()
    verdict = models.CharField(max_length=5, choices=Verdict, default=Verdict.OPEN, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SanctionHitQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "organisation"], name="sanction_hit_once"),
            models.CheckConstraint(
                condition=Q(verdict="", decided_by=None) | ~Q(verdict="") & Q(decided_by__isnull=False) & ~Q(reason=""),
                name="sanction_hit_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.name}"
