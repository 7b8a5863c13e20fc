"""Savings, insurance, accounts, transfers and pensions that suit somebody who works abroad, and the trials of new ones."""

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.fields import UidField, WebField
from portal.places.corridors import DESTINATIONS, ORIGINS

COUNTRIES = [(code, code) for code in (*ORIGINS, *DESTINATIONS)]
LANGUAGES = [(code, code) for code in ("tg", "ky", "uz", "ru", "kk", "en")]


class ProductQuerySet(models.QuerySet["Product"]):
    def listed(self, day: date) -> "ProductQuerySet":
        return self.filter(Q(licence_valid_to=None) | Q(licence_valid_to__gte=day), is_listed=True)


class Product(models.Model):
    class Kind(models.TextChoices):
        SAVINGS = "savings", _("savings")
        INSURANCE = "insurance", _("insurance")
        ACCOUNT = "account", _("account or card")
        TRANSFER = "transfer", _("transfer")
        PENSION = "pension", _("pension")

    uid = UidField()
    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=9, choices=Kind)
    provider = models.CharField(max_length=120)
    countries = ArrayField(models.CharField(max_length=2, choices=COUNTRIES), help_text="Where it can be had, by ISO 3166-1.")
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    conditions = models.TextField(help_text="One condition a line: what it costs, who can have it, how to get out.")
    women_note = models.CharField(
        max_length=300, blank=True, help_text="What makes it easy for a woman: own name, no guarantor, near home."
    )
    languages = ArrayField(models.CharField(max_length=2, choices=LANGUAGES), help_text="In which it serves people.")
    is_interest_free = models.BooleanField(default=False)
    link = WebField(blank=True)
    licence = models.CharField(max_length=120, help_text="Number, and who gave it.")
    licence_source = WebField(help_text="Where the register says so.")
    licence_valid_to = models.DateField(null=True, blank=True)
    checked_on = models.DateField(help_text="When somebody last looked at licence and conditions.")
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_pilot = models.BooleanField("trial", default=False, help_text="People can sign up to try it, and are asked later how it was.")
    is_listed = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "provider", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(countries__len__gte=1), name="product_is_somewhere"),
            models.CheckConstraint(condition=Q(languages__len__gte=1), name="product_speaks"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} · {self.slug}"


class PilotSignUp(models.Model):
    """Somebody wants to try a product. Thirty days later they are asked once; answers are counted for the programme, never named."""

    ASKED_AFTER = timedelta(days=30)

    class Answer(models.TextChoices):
        USES = "uses", _("I use it")
        STOPPED = "stopped", _("I tried it and stopped")
        REFUSED = "refused", _("They did not take me")
        NEVER = "never", _("I have not gone there")

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="sign_ups")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="pilot_sign_ups")
    signed_up_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=7, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-signed_up_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "user"], name="one_sign_up_a_product"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False), name="pilot_answer_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.signed_up_at:%Y-%m-%d}"
