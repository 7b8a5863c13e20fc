"""What somebody has found out about an organisation, one answer to each item of the checklist."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.fields import WebField
from portal.organisations.models.organisations import Organisation


class VettingAnswer(models.Model):
    """`item` is a code of portal/organisations/checklist.py. Evidence is words or a link; it may end on a day."""

    class Result(models.TextChoices):
        PASS = "pass", _("right")
        FAIL = "fail", _("not right")
        NONE = "none", _("does not apply")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="answers")
    item = models.CharField(max_length=20)
    result = models.CharField(max_length=4, choices=Result)
    evidence = models.CharField(max_length=500, blank=True)
    link = WebField(max_length=500, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "item"], name="vetting_answer_once"),
            models.CheckConstraint(condition=~Q(evidence="") | ~Q(link=""), name="vetting_answer_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.item}"
