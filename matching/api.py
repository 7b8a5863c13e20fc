"""Occupations, skills and vacancies for re-users. A vacancy is here exactly when a visitor sees it among the jobs."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from django.utils import timezone
from django_filters.rest_framework import FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer, extend_schema_view
from rest_framework import serializers

from matching.check_ready import matching_is_open
from matching.models import Ladder, Occupation, OccupationSkill, Skill, SkillGroup, Vacancy, VacancySkill
from matching.models.taxonomy import Importance
from matching.models.vacancies import Cefr, Certificate, Condition, Licence, WorkLanguage
from matching.show_vacancy import with_card
from portal.money.amounts import Currency, WageBasis, WagePeriod
from portal.places.api import COUNTRIES, KAZAN, RegionRefSerializer
from portal.rest import HOUR, SLUG, AddressField, PublicViewSet, choice_filter, described, pattern_filter

CEFR = [level.label for level in Cefr if level]
LEVELS = "1 helps, 2 works alone, 3 handles hard cases, 4 can teach."
BRICKLAYER = {"slug": "bricklayer", "name": "Bricklayer"}


class SkillGroupSerializer(serializers.ModelSerializer):
    """Skills that can stand in for one another."""

    class Meta:
        model = SkillGroup
        fields = ["slug", "name"]


SKILL = {"slug": "bricklaying", "name": "Bricklaying", "group": {"slug": "masonry", "name": "Masonry"}, "esco": None}


@extend_schema_serializer(examples=[OpenApiExample("Bricklaying", SKILL)])
class SkillSerializer(serializers.ModelSerializer):
    group = SkillGroupSerializer()
    esco = serializers.UUIDField(allow_null=True, help_text="Id in ESCO, as a cross-reference.")

    class Meta:
        model = Skill
        fields = ["slug", "name", "group", "esco"]


class SkillFilters(FilterSet):
    group = pattern_filter(SLUG, "Skills of one group, by its slug.", field_name="group__slug")


@extend_schema_view(**described("Skills", "One skill", slug="bricklaying"))
class Skills(PublicViewSet):
    """What workers on this road can do, sorted by slug."""

    queryset = Skill.objects.own().select_related("group")
    serializer_class = SkillSerializer
    filterset_class = SkillFilters
    lookup_field = "slug"
    max_age = HOUR


class NeededSkillSerializer(serializers.Serializer):
    slug = serializers.SlugField(source="skill.slug")
    name = serializers.CharField(source="skill.name")
    importance = serializers.ChoiceField(Importance.choices)


NEEDED = {"slug": "bricklaying", "name": "Bricklaying", "importance": "essential"}
OCCUPATION = BRICKLAYER | {"isco": "7112", "esco": None, "skills": [NEEDED], "can_also_do": ["building-labourer"]}


@extend_schema_serializer(examples=[OpenApiExample("Bricklayer", OCCUPATION)])
class OccupationSerializer(serializers.ModelSerializer):
    isco = serializers.RegexField("^[0-9]{4}$", help_text="Unit group of ISCO-08.")
    esco = serializers.UUIDField(allow_null=True, help_text="Id in ESCO, as a cross-reference.")
    skills = NeededSkillSerializer(many=True, source="needs")
    can_also_do = serializers.ListField(child=serializers.SlugField(), help_text="Occupations that whoever has done this one can do too.")

    class Meta:
        model = Occupation
        fields = ["slug", "name", "isco", "esco", "skills", "can_also_do"]


class OccupationFilters(FilterSet):
    isco = pattern_filter("[0-9]{1,4}", "Occupations whose ISCO-08 code begins so.", lookup_expr="startswith")


@extend_schema_view(**described("Occupations", "One occupation", slug="bricklayer"))
class Occupations(PublicViewSet):
    """The occupations of this labour market with the skills they need, sorted by slug."""

    queryset = (
        Occupation.objects.own()
        .annotate(can_also_do=ArraySubquery(Ladder.objects.filter(higher=OuterRef("pk")).order_by("lower__slug").values("lower__slug")))
        .prefetch_related(Prefetch("needs", OccupationSkill.objects.own().select_related("skill")))
    )
    serializer_class = OccupationSerializer
    filterset_class = OccupationFilters
    lookup_field = "slug"
    max_age = HOUR


class OccupationRefSerializer(serializers.ModelSerializer):
    class Meta:
        model = Occupation
        fields = ["slug", "name"]


class WageSerializer(serializers.Serializer):
    """What is guaranteed."""

    amount = serializers.DecimalField(18, 2, source="wage_amount")
    currency = serializers.ChoiceField(Currency.choices, source="wage_currency")
    period = serializers.ChoiceField(WagePeriod.choices, source="wage_period")
    basis = serializers.ChoiceField(WageBasis.choices, source="wage_basis")
    shifts_a_month = serializers.IntegerField(min_value=1, max_value=31, allow_null=True, help_text="Of a wage by the shift.")


class NeededLanguageSerializer(serializers.Serializer):
    language = serializers.ChoiceField(WorkLanguage.choices, help_text="ISO 639-1.")
    minimum = serializers.SerializerMethodField(help_text="Level of the Common European Framework; null: not needed to start.")
    target = serializers.SerializerMethodField(help_text="The level that is wished.")

    @extend_schema_field(serializers.ChoiceField(CEFR, allow_null=True))
    def get_minimum(self, row: dict[str, Any]) -> str | None:
        return Cefr(row["minimum"]).label if row["minimum"] else None

    @extend_schema_field(serializers.ChoiceField(CEFR))
    def get_target(self, row: dict[str, Any]) -> str:
        return Cefr(row["target"]).label


class AskedSkillSerializer(NeededSkillSerializer):
    level = serializers.IntegerField(min_value=1, max_value=4, allow_null=True, help_text=LEVELS)
    critical = serializers.BooleanField(help_text="Nobody can start without it.")


VACANCY = {
    "uid": "0199f0c4-7a10-7c3e-9d55-1c2b3a4d5e6f",
    "occupation": BRICKLAYER,
    "title": "",
    "employer": "StroyKazan",
    "region": KAZAN,
    "address": "Kazan, Baumana 10",
    "wage": {"amount": "75000.00", "currency": "RUB", "period": "month", "basis": "net", "shifts_a_month": None},
    "conditions": ["housing", "travel"],
    "starts_on": "2027-02-01",
    "openings_left": 6,
    "no_experience_needed": False,
    "experience_months": 12,
    "languages": [{"language": "ru", "minimum": "A2", "target": "B1"}],
    "licences": [],
    "certificates": ["height"],
    "skills": [NEEDED | {"level": 2, "critical": True}],
    "is_trial": True,
    "url": "https://safar.example/api/v1/vacancies/0199f0c4-7a10-7c3e-9d55-1c2b3a4d5e6f/",
    "page": "https://safar.example/en/jobs/0199f0c4-7a10-7c3e-9d55-1c2b3a4d5e6f/",
}


def codes(choices: Any, help_text: str) -> serializers.ListField:
    return serializers.ListField(child=serializers.ChoiceField(choices), help_text=help_text)


@extend_schema_serializer(examples=[OpenApiExample("Bricklayers for Kazan", VACANCY)])
class VacancySerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    occupation = OccupationRefSerializer()
    title = serializers.CharField(allow_blank=True, help_text="In the employer's own words and language, or empty.")
    employer = serializers.CharField(source="employer.name")
    region = RegionRefSerializer()
    address = serializers.CharField(help_text="Of the worksite.")
    wage = WageSerializer(source="*")
    conditions = codes(Condition.choices, "What is promised; what is not named is not.")
    starts_on = serializers.DateField()
    openings_left = serializers.IntegerField(source="seats_left", min_value=1)
    no_experience_needed = serializers.BooleanField(source="entry")
    experience_months = serializers.IntegerField(min_value=0)
    languages = NeededLanguageSerializer(many=True, source="spoken")
    licences = codes(Licence.choices, "Driving licences that are asked for.")
    certificates = codes(Certificate.choices, "Certificates that are asked for.")
    skills = AskedSkillSerializer(many=True)
    is_trial = serializers.SerializerMethodField(
        help_text="True while nobody is proposed for jobs, because people have not yet checked and signed what matching builds on. Say so."
    )
    url = AddressField("api:vacancies-detail", uid="uid")
    page = AddressField("matching:vacancy", uid="uid")

    def get_is_trial(self, vacancy: Vacancy) -> bool:
        if "is_trial" not in self.context:  # one for all rows of a list
            self.context["is_trial"] = not matching_is_open()
        return self.context["is_trial"]


class VacancyFilters(FilterSet):
    country = choice_filter(COUNTRIES, "Work in one country, by ISO 3166-1.", field_name="region__country")
    region = pattern_filter("[A-Z]{2}-[A-Z0-9]{1,3}", "Work in one region, by ISO 3166-2.")
    occupation = pattern_filter(SLUG, "One occupation, by its slug.", field_name="occupation__slug")


@extend_schema_view(**described("Vacancies", "One vacancy", kind=OpenApiTypes.UUID, uid=VACANCY["uid"]))
class Vacancies(PublicViewSet):
    """Vacancies of vetted employers with a seat left, newest first. A worker pays nothing for a place."""

    queryset = Vacancy.objects.none()
    serializer_class = VacancySerializer
    filterset_class = VacancyFilters
    lookup_field = "uid"

    def get_queryset(self) -> Any:
        asked = Prefetch("skills", VacancySkill.objects.select_related("skill"))
        return with_card(Vacancy.objects.open_on(timezone.now().date())).prefetch_related(asked)
