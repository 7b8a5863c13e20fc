"""Occupations and skills in our own words, with ISCO-08 codes; ESCO ids only as a cross-reference."""

from django.db import models
from django.db.models import F, Q


class Importance(models.TextChoices):
    ESSENTIAL = "essential", "essential"
    OPTIONAL = "optional", "optional"


class SkillGroup(models.Model):
    """Skills that can stand in for one another."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name or self.slug


class Skill(models.Model):
    slug = models.SlugField(unique=True)
    group = models.ForeignKey(SkillGroup, on_delete=models.PROTECT, related_name="skills")
    name = models.CharField(max_length=100)
    esco = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name or self.slug


class Occupation(models.Model):
    slug = models.SlugField(unique=True)
    isco = models.CharField("ISCO-08", max_length=4)
    name = models.CharField(max_length=80)
    icon = models.CharField(max_length=30, default="briefcase")
    esco = models.UUIDField(null=True, blank=True)
    skills = models.ManyToManyField(Skill, through="OccupationSkill", related_name="occupations")

    class Meta:
        ordering = ["slug"]
        constraints = [models.CheckConstraint(condition=Q(isco__regex=r"^[0-9]{4}$"), name="occupation_isco_is_four_digits")]

    def __str__(self) -> str:
        return self.name or self.slug


class OccupationSkill(models.Model):
    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="needs")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    importance = models.CharField(max_length=9, choices=Importance)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["occupation", "importance", "position"]
        constraints = [models.UniqueConstraint(fields=["occupation", "skill"], name="skill_once_an_occupation")]

    def __str__(self) -> str:
        return f"{self.occupation_id}: {self.skill_id}"


class Ladder(models.Model):
    """Who has done the higher job can do the lower one: bricklayer and building labourer."""

    higher = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="+")
    lower = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["higher", "lower"]
        constraints = [
            models.UniqueConstraint(fields=["higher", "lower"], name="ladder_once"),
            models.CheckConstraint(condition=~Q(higher=F("lower")), name="ladder_has_two_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.higher_id} → {self.lower_id}"
