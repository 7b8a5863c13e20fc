"""What somebody looks for among the courses. It stands in the address of the page, where nonsense is no wish."""

from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.http import QueryDict

from matching.models import Skill
from portal.places.models import Region
from training.models import TrainingOfferQuerySet

Option = tuple[str, str]
LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form offers: only what there is a course for."""

    regions: list[Option]
    languages: list[Option]
    skills: list[Option]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`region` is of `Region`, `skill` a slug."""

    region: str = ""
    language: str = ""
    skill: str = ""
    free: bool = False

    @classmethod
    def of(cls, asked: QueryDict, offered: Offered) -> Self:
        def one_of(name: str, options: list[Option]) -> str:
            value = asked.get(name, "")
            return value if value in dict(options) else ""

        return cls(
            one_of("region", offered.regions),
            one_of("language", offered.languages),
            one_of("skill", offered.skills),
            asked.get("free") == "1",
        )

    def among(self, offers: TrainingOfferQuerySet) -> TrainingOfferQuerySet:
        if self.region:
            offers = offers.filter(region=self.region)
        if self.language:
            offers = offers.filter(language=self.language)
        if self.skill:
            offers = offers.filter(skills__skill__slug=self.skill)
        return offers.filter(price=0) if self.free else offers

    def __bool__(self) -> bool:
        return self != Wanted()


def offered_by(offers: TrainingOfferQuerySet) -> Offered:
    """Three queries."""
    offers = offers.order_by()
    regions = Region.objects.filter(pk__in=offers.values("region")).order_by("name")
    languages = set(offers.values_list("language", flat=True))
    skills = Skill.objects.filter(pk__in=offers.values("skills__skill")).order_by("name")
    return Offered(
        [(row.code, row.name) for row in regions],
        [(code, name) for code, name in LANGUAGES.items() if code in languages],
        [(row.slug, str(row)) for row in skills],
    )
