"""What a migrant keeps or shows: searches that tell of new vacancies, and a CV behind a link."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matching.models.candidates import Candidate
from portal.accounts.models import User
from portal.fields import UidField
from portal.organisations.models import Person


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: Person) -> Self:
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()


class SavedSearch(models.Model):
    """A search of the public list, as the query of its address. Its owner hears of vacancies published after `told_until`."""

    uid = UidField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_searches")
    query = models.CharField(max_length=400)
    saved_at = models.DateTimeField()
    told_until = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["user", "query"], name="search_saved_once")]

    def __str__(self) -> str:
        return f"search {self.pk}"


class CvShareQuerySet(models.QuerySet["CvShare"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class CvShare(models.Model):
    """A page with a candidate's CV for whoever has the link, until its owner switches it off."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="cv_shares")
    token = models.CharField(max_length=32, unique=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    with_citizenship = models.BooleanField(default=False)
    with_phone = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CvShareQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["candidate"], condition=Q(ended_at=None), name="one_open_cv_share")]

    def __str__(self) -> str:
        return f"CV of {self.candidate_id}"
