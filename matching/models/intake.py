"""How people come to an agency without a profile of their own: invited from a list, or registered at the desk."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.models.candidates import Candidate
from portal.accounts.models import User
from portal.fields import UidField
from portal.organisations.models import Organisation, Person


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: Person) -> Self:
        """The staff of the agency that invites."""
        return self.filter(agency__in=Organisation.objects.of_member(user, Organisation.Kind.AGENCY))

    def open(self) -> Self:
        return self.filter(answered_at=None)


class Invitation(models.Model):
    """Somebody an agency has on its list. Nothing is a profile, and nobody is matched, before the person has said yes."""

    class Answer(models.TextChoices):
        OPEN = "", _("not answered")
        YES = "yes", _("said yes")
        NO = "no", _("said no")

    uid = UidField()
    agency = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    phone = models.CharField(max_length=16, help_text="E.164")
    details = models.JSONField(default=dict, help_text="What the list says of the person; empty after the answer.")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    answer = models.CharField(max_length=3, choices=Answer, default=Answer.OPEN, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    candidate = models.ForeignKey(Candidate, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    missed = models.PositiveSmallIntegerField(default=0, help_text="Wrong months of birth, typed by who wanted to say yes.")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "phone"], condition=Q(answered_at=None), name="one_open_invitation_a_phone"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False), name="invitation_answer_has_a_time"
            ),
            models.CheckConstraint(condition=Q(answered_at=None) | Q(details={}), name="answered_invitation_keeps_nothing"),
        ]

    def __str__(self) -> str:
        return f"invitation {str(self.uid)[-8:]}"


class OnBehalf(models.Model):
    """What staff did in a candidate's name, on whose word and by which paper. The candidate sees it at the next sign-in."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="on_behalf")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=20)
    reason = models.CharField(_("why you act for the person"), max_length=200)
    paper = models.CharField(_("the paper that the person signed"), max_length=100)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason="") & ~Q(paper=""), name="on_behalf_has_reason_and_paper")]

    def __str__(self) -> str:
        return f"{self.act} for {self.candidate_id}"


class MissedClaim(models.Model):
    """A wrong month of birth, typed by who says to be a candidate that staff have registered. A few of them close that way in."""

    MOST = 3

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="missed_claims")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"missed claim on {self.candidate_id}"
