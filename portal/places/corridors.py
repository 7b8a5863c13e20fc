"""Corridors: where people come from, where they go to. A corridor's code is ORIGIN-DESTINATION in ISO 3166-1."""

from django.db import models

ORIGINS = ("TJ", "KG", "UZ")
DESTINATIONS = ("RU", "KZ")


class Corridor(models.TextChoices):
    TJ_RU = "TJ-RU", "Tajikistan → Russia"
    KG_RU = "KG-RU", "Kyrgyzstan → Russia"
    UZ_RU = "UZ-RU", "Uzbekistan → Russia"
    TJ_KZ = "TJ-KZ", "Tajikistan → Kazakhstan"
    KG_KZ = "KG-KZ", "Kyrgyzstan → Kazakhstan"
    UZ_KZ = "UZ-KZ", "Uzbekistan → Kazakhstan"

    @property
    def origin(self) -> str:
        return self.value[:2]

    @property
    def destination(self) -> str:
        return self.value[3:]
