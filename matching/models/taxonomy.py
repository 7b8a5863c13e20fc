"""Occupations and skills in our own words, with ISCO-08 codes; ESCO ids only as a cross-reference."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from orientation.models import Course


class Importance(models.TextChoices):
    ESSENTIAL = "essential", "essential"
    OPTIONAL = "optional", "optional"


class SkillGroup(models.Model):
    """Skills that can stand in for one another."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    esco = models.CharField(max_length=40, blank=True, help_text="The last part of ESCO's address, where it came from there.")

    class Meta:
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(fields=["esco"], condition=~Q(esco=""), name="group_once_an_esco_id")]

    def __str__(self) -> str:
        return self.name or self.slug


Row = TypeVar("Row", bound=models.Model)


class TaxonomyQuerySet(models.QuerySet[Row]):
    def own(self) -> Self:
        """Ours, in five languages: what forms offer. The rest came with ESCO."""
        return self.filter(from_esco=False)


class Skill(models.Model):
    slug = models.SlugField(unique=True)
    group = models.ForeignKey(SkillGroup, on_delete=models.PROTECT, related_name="skills")
    name = models.CharField(max_length=200)
    esco = models.UUIDField(null=True, blank=True)
    from_esco = models.BooleanField(default=False, help_text="Not one of ours: it came with ESCO and stands outside the rarity table.")

    objects = TaxonomyQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [models.UniqueConstraint(fields=["esco"], name="skill_once_an_esco_id")]

    def __str__(self) -> str:
        return self.name or self.slug


class Occupation(models.Model):
    slug = models.SlugField(unique=True)
    isco = models.CharField("ISCO-08", max_length=4)
    name = models.CharField(max_length=200)
    icon = models.CharField(max_length=30, default="briefcase")
    esco = models.UUIDField(null=True, blank=True)
    from_esco = models.BooleanField(default=False, help_text="Not one of ours: it came with ESCO.")
    skills = models.ManyToManyField(Skill, through="OccupationSkill", related_name="occupations")

    objects = TaxonomyQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["esco"], name="occupation_once_an_esco_id"),
            models.CheckConstraint(condition=Q(isco__regex=r"^[0-9]{4}$"), name="occupation_isco_is_four_digits"),
        ]

    def __str__(self) -> str:
        return self.name or self.slug


class OccupationSkill(models.Model):
    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="needs")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    importance = models.CharField(max_length=9, choices=Importance)
    position = models.PositiveSmallIntegerField()
    from_esco = models.BooleanField(default=False)

    objects = TaxonomyQuerySet.as_manager()

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


class SkillCourse(models.Model):
    """A course that teaches a skill, or the first steps of it."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="courses")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["skill", "course"]
        constraints = [models.UniqueConstraint(fields=["skill", "course"], name="course_once_a_skill")]

    def __str__(self) -> str:
        return f"{self.skill_id}: {self.course_id}"


class Label(models.Model):
    """Another name of a skill or an occupation, as ESCO gives it in one language: for searching, never shown as ours."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, null=True, related_name="labels")
    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, null=True, related_name="labels")
    language = models.CharField(max_length=2, help_text="ISO 639-1")
    text = models.CharField(max_length=300)
    is_preferred = models.BooleanField(default=False)

    class Meta:
        ordering = ["language", "text"]
        constraints = [
            models.CheckConstraint(condition=Q(skill=None) ^ Q(occupation=None), name="label_is_of_one_thing"),
            models.UniqueConstraint(fields=["skill", "language", "text"], condition=~Q(skill=None), name="label_once_a_skill"),
            models.UniqueConstraint(
                fields=["occupation", "language", "text"], condition=~Q(occupation=None), name="label_once_an_occupation"
            ),
        ]

    def __str__(self) -> str:
        return self.text
