"""What a vacancy is found by: its words in one alphabet, kept beside it so that an index can look for them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from matching.models.vacancies import Vacancy


class VacancyText(models.Model):
    """Folded by `fold_letters`. `names` are short and may be met nearly; `text` holds them and whatever else the employer wrote."""

    vacancy = models.OneToOneField(Vacancy, on_delete=models.CASCADE, primary_key=True, related_name="folded")
    names = models.TextField()
    text = models.TextField()

    class Meta:
        ordering = ["vacancy"]
        indexes = [
            GinIndex(fields=["names"], opclasses=["gin_trgm_ops"], name="vacancy_names_trigrams"),
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="vacancy_text_trigrams"),
        ]

    def __str__(self) -> str:
        return f"words of {self.vacancy_id}"
