"""Who sends money home, in which way, and whether operators have it on the list."""

from datetime import date
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.fields import UidField, WebField
from portal.money.amounts import Currency
from portal.organisations.models import SanctionEntry
from portal.places.corridors import DESTINATIONS, ORIGINS


class TransferProvider(models.Model):
    """Kinds are those of Remittance Prices Worldwide."""

    class Kind(models.TextChoices):
        OPERATOR = "operator", _("money transfer operator")
        BANK = "bank", _("bank")
        MOBILE = "mobile", _("mobile operator")
        POST = "post", _("post office")
        OTHER = "other", _("other financial company")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OPERATOR)
    other_names = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        help_text="Legal name and other spellings, parted by commas: they too are looked up in sanctions lists.",
    )
    link = WebField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProviderHitQuerySet(models.QuerySet["ProviderHit"]):
    def blocking(self, day: date) -> "ProviderHitQuerySet":
        """Until a person has said that somebody else is meant, a hit takes the provider off every page."""
        return self.exclude(verdict=ProviderHit.Verdict.OTHER).filter(entry__in=SanctionEntry.objects.in_force(day))


class ProviderHit(models.Model):
    """A provider whose name stands on a sanctions list. It stops at once; only a person lifts that, with a reason."""

    class Verdict(models.TextChoices):
        OPEN = "", "nobody has looked"
        SAME = "same", "it is the one listed"
        OTHER = "other", "somebody else is meant"

    entry = models.ForeignKey(SanctionEntry, on_delete=models.CASCADE, related_name="provider_hits")
    provider = models.ForeignKey(TransferProvider, on_delete=models.CASCADE, related_name="hits")
    name = models.CharField(max_length=500, help_text="The listed name that agrees.")
    found_at = models.DateTimeField()
    verdict = models.CharField(max_length=5, choices=Verdict, default=Verdict.OPEN, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProviderHitQuerySet.as_manager()

    class Meta:
        ordering = ["-found_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "provider"], name="provider_hit_once"),
            models.CheckConstraint(
                condition=Q(verdict="", decided_by=None, decided_at=None)
                | Q(verdict__in=["same", "other"], decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason=""),
                name="provider_hit_verdict_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} · {self.name}"


class TransferServiceQuerySet(models.QuerySet["TransferService"]):
    def listed(self, day: date) -> "TransferServiceQuerySet":
        """What pages and API show: an operator keeps it listed, its licence has not ended, and no sanctions list stops its provider."""
        stopped = ProviderHit.objects.blocking(day).filter(provider=OuterRef("provider")).order_by()
        licensed = Q(licence_valid_to=None) | Q(licence_valid_to__gte=day)
        return self.filter(licensed, ~Exists(stopped), is_listed=True)


class TransferService(models.Model):
    """One way of a provider to send from the country of work to the country of home."""

    class Way(models.TextChoices):
        CASH = "cash", _("cash")
        CARD = "card", _("card")
        ACCOUNT = "account", _("bank account")
        WALLET = "wallet", _("phone wallet")

    class Identity(models.TextChoices):
        PASSPORT = "passport", _("passport")
        STAY = "stay", _("passport and a paper that you may stay")
        ACCOUNT = "account", _("an account or card in your name")

    uid = UidField()
    provider = models.ForeignKey(TransferProvider, on_delete=models.PROTECT, related_name="services")
    sends_from = models.ForeignKey(
        "places.Country", on_delete=models.PROTECT, related_name="+", limit_choices_to={"code__in": DESTINATIONS}
    )
    sends_to = models.ForeignKey("places.Country", on_delete=models.PROTECT, related_name="+", limit_choices_to={"code__in": ORIGINS})
    pay_in = models.CharField(max_length=7, choices=Way)
    pay_out = models.CharField(max_length=7, choices=Way)
    payout_currency = models.CharField(max_length=3, choices=Currency)
    minutes = models.PositiveIntegerField("minutes until it arrives")
    least = models.DecimalField(
        "least that can be sent", max_digits=18, decimal_places=2, null=True, blank=True, help_text="In the currency that is paid in."
    )
    most = models.DecimalField("most that can be sent at once", max_digits=18, decimal_places=2, null=True, blank=True)
    identity = models.CharField("what the sender shows", max_length=8, choices=Identity, default=Identity.PASSPORT)
    payout_places = models.CharField(
        max_length=200, blank=True, help_text="Names of the banks or shops that pay out, as they stand on their doors: no sentences."
    )
    link = WebField(blank=True)
    licence = models.CharField(max_length=120, blank=True, help_text="Number, and who gave it.")
    licence_source = WebField(blank=True, help_text="Where the register says so.")
    licence_valid_to = models.DateField(null=True, blank=True, help_text="Empty: without an end. The day after, it stands on no page.")
    is_listed = models.BooleanField(
        default=False, editable=False, help_text="A service that is not listed stands in no comparison and in no API."
    )

    objects = TransferServiceQuerySet.as_manager()

    class Meta:
        ordering = ["sends_from", "sends_to", "provider__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "sends_from", "sends_to", "pay_in", "pay_out", "payout_currency"], name="one_service_a_way"
            ),
            models.CheckConstraint(
                condition=Q(sends_from__in=DESTINATIONS) & Q(sends_to__in=ORIGINS),
                name="service_sends_home",
                violation_error_message="A service sends from a country of work to a country of home.",
            ),
            models.CheckConstraint(condition=Q(payout_currency__in=Currency.values), name="service_currency_is_known"),
            models.CheckConstraint(
                condition=(Q(least=None) | Q(least__gt=0)) & (Q(most=None) | Q(most__gt=0)),
                name="service_limits_are_sums",
                violation_error_message="A limit is a sum above zero.",
            ),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=models.F("most")),
                name="service_least_is_under_most",
                violation_error_message="The least is not more than the most.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.sends_from_id} → {self.sends_to_id}"

    def sends(self, amount: Decimal) -> bool:
        """Such a sum at once, in the currency paid in."""
        return (self.least is None or amount >= self.least) and (self.most is None or amount <= self.most)


class ListingEvent(models.Model):
    """An operator put a service on the list or took it off: why, and what was looked at. Staff read it; nothing is ever changed here."""

    service = models.ForeignKey(TransferService, on_delete=models.CASCADE, related_name="listing_events")
    is_listed = models.BooleanField()
    reason = models.CharField(max_length=300)
    lists_of = models.JSONField(default=dict, help_text="Of each sanctions list the day of the file that the provider was compared with.")
    licence_checked_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="listing_event_has_reason"),
            models.CheckConstraint(
                condition=Q(is_listed=False) | Q(licence_checked_on__isnull=False), name="listing_event_licence_checked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {'on' if self.is_listed else 'off'} {self.at:%Y-%m-%d}"
