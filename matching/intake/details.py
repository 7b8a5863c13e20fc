"""What an agency knows of somebody at the start: typed at the desk, or read from a list. A profile is begun from it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from matching import profile
from matching.models import Candidate, Occupation
from portal.places.models import Region


@dataclass(frozen=True, slots=True)
class Details:
    """Empty: not said. `months` is how long the longest work lasted, 0 where there was none yet."""

    given_name: str
    family_name: str
    citizenship: str
    born_in: date
    home_region: str = ""
    located_in: str = ""
    has_papers: bool | None = None
    trade: str = ""
    months: int | None = None
    ended_on: date | None = None
    languages: Mapping[str, int] = field(default_factory=dict)
    countries: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        ended = self.ended_on.isoformat() if self.ended_on else None
        return asdict(self) | {"born_in": self.born_in.isoformat(), "ended_on": ended, "countries": list(self.countries)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Details":
        ended = date.fromisoformat(said["ended_on"]) if said["ended_on"] else None
        return cls(**{**said, "born_in": date.fromisoformat(said["born_in"]), "ended_on": ended, "countries": tuple(said["countries"])})


def fill_profile(candidate: Candidate, details: Details, now: datetime) -> None:
    """Answer by answer, as the person would. What is on no list any more is left out."""
    profile.change(
        candidate,
        now,
        given_name=details.given_name,
        family_name=details.family_name,
        wanted_countries=list(details.countries),
    )
    region = Region.objects.filter(code=details.home_region, country=details.citizenship).first()
    profile.say_where(candidate, region, details.located_in, details.has_papers, now)
    profile.set_languages(candidate, details.languages, now)
    if trade := Occupation.objects.own().filter(slug=details.trade).first():
        profile.set_occupations(candidate, [trade], now)
        if details.months:
            profile.add_job(candidate, trade, details.months, details.ended_on, now)
    if details.months == 0:
        profile.answer_no_work(candidate, True, now)
