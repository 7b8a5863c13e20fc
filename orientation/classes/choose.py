"""Which of the coming classes somebody looks for. It stands in the address of the page, where nonsense is no wish."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.http import QueryDict

from orientation.models import ClassSession
from orientation.reading import corridor_name
from portal.places.corridors import Corridor

Option = tuple[str, str]
LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the form offers: only what there is a class for."""

    regions: list[Option]
    languages: list[Option]
    corridors: list[Option]


@dataclass(frozen=True, slots=True)
class Wanted:
    region: str = ""
    language: str = ""
    corridor: str = ""

    @classmethod
    def of(cls, asked: QueryDict, offered: Offered) -> Self:
        def one_of(name: str, options: list[Option]) -> str:
            value = asked.get(name, "")
            return value if value in dict(options) else ""

        return cls(one_of("region", offered.regions), one_of("language", offered.languages), one_of("corridor", offered.corridors))

    def among(self, sessions: Sequence[ClassSession]) -> list[ClassSession]:
        """A class about no road is for everybody's."""
        return [
            each
            for each in sessions
            if self.region in ("", each.region_id)
            and self.language in ("", each.language)
            and (not self.corridor or each.corridor in ("", self.corridor))
        ]

    def __bool__(self) -> bool:
        return self != Wanted()


def offered_by(sessions: Sequence[ClassSession]) -> Offered:
    """No query: the classes come with their regions."""
    languages = {each.language for each in sessions}
    corridors = {each.corridor for each in sessions}
    return Offered(
        sorted({(each.region_id, each.region.name) for each in sessions}, key=lambda option: option[1]),
        [(code, name) for code, name in LANGUAGES.items() if code in languages],
        [(code, corridor_name(code)) for code in Corridor.values if code in corridors],
    )
