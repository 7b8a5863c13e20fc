"""How far each person came in the full runs of a month: what the month's audit counts, and forgets when it has counted."""

from django.db import models

from matching.models.candidates import Candidate


class Reach(models.Model):
    """`steps` has a bit for each of `matching.audit.STEPS` that the person has come to in some full run of the month."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="reach")
    month = models.DateField(help_text="Its first day.")
    steps = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["month", "candidate"]
        verbose_name_plural = "reach"
        constraints = [models.UniqueConstraint(fields=["month", "candidate"], name="reach_once_a_month")]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.month}"
