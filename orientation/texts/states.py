"""Where the texts of each object stand in each language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import models

from orientation.models import Course, Fact, Translation
from orientation.texts.units import Thing, key_of, things_of, units_of

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class State(models.TextChoices):
    MISSING = "missing", "missing"
    DRAFT = "draft", "draft"
    IN_REVIEW = "in_review", "waits for a reviewer"
    OUTDATED = "outdated", "outdated"
    PUBLISHED = "published", "may go out"


@dataclass(frozen=True, slots=True)
class Standing:
    """One object in one language. `gaps` are the keys of texts that no language may lack and this one does."""

    thing: Thing
    language: str
    row: Translation | None
    gaps: Sequence[str]

    @property
    def key(self) -> str:
        return key_of(self.thing, self.thing)

    @property
    def state(self) -> State:
        if self.gaps:
            return State.MISSING
        if self.row is None:
            return State.DRAFT  # of nobody: whoever saves it has written it
        if self.row.state != Translation.State.PUBLISHED:
            return State(self.row.state)
        return State.OUTDATED if self.row.based_on_revision < self.thing.revision else State.PUBLISHED

    @property
    def waits(self) -> bool:
        """For a writer or a reviewer: must not go out as it is."""
        return self.row is None or self.row.state != Translation.State.PUBLISHED

    @property
    def is_unread(self) -> bool:
        """No native speaker has put their name to it."""
        return self.row is None or self.row.reviewed_at is None


def standings(things: Iterable[Thing]) -> list[Standing]:
    """Each of `things` in each language, in the order of `things`. One query for each kind of them, beside their own."""
    things = list(things)
    rows = rows_of(things)
    return [
        Standing(
            thing,
            language,
            rows.get((name_of(thing), thing.pk, language)),
            [unit.key for unit in units_of(thing) if unit.is_needed and not unit.text(language).strip()],
        )
        for thing in things
        for language in LANGUAGES
    ]


def standings_of_course(course: Course) -> list[Standing]:
    return standings(things_of(course))


def standings_of_facts() -> list[Standing]:
    return standings(Fact.objects.order_by("code"))


def name_of(thing: Thing) -> str:
    """The column of `Translation` that points to it."""
    return str(thing._meta.model_name)


def rows_of(things: Iterable[Thing]) -> dict[tuple[str, int, str], Translation]:
    by_name: dict[str, list[int]] = {}
    for thing in things:
        by_name.setdefault(name_of(thing), []).append(thing.pk)
    return {
        (name, getattr(row, f"{name}_id"), row.language): row
        for name, keys in by_name.items()
        for row in Translation.objects.filter(**{f"{name}__in": keys}).select_related("written_by", "reviewed_by")
    }
