from django.db import models


class Country(models.Model):
    """A country of the corridors. `code` is ISO 3166-1 alpha-2, `currency` ISO 4217."""

    code = models.CharField(primary_key=True, max_length=2)
    name = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    zone = models.CharField("time zone of the capital (IANA)", max_length=40)
    dialling = models.CharField("dialling code", max_length=5)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "countries"
        constraints = [models.CheckConstraint(condition=models.Q(code__regex=r"^[A-Z]{2}$"), name="country_code_is_iso_3166_1")]

    def __str__(self) -> str:
        return self.name


class Region(models.Model):
    """A first-level part of a country. `code` is ISO 3166-2."""

    code = models.CharField(primary_key=True, max_length=6)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="regions")
    name = models.CharField(max_length=120)
    zone = models.CharField("time zone (IANA)", max_length=40)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(code__startswith=models.F("country_id")), name="region_code_starts_with_country")
        ]

    def __str__(self) -> str:
        return self.name
