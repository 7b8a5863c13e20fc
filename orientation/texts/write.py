"""Somebody has written texts: they are a draft of theirs, and where they are English, what was translated from them is out of date."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from orientation.models import Translation
from orientation.texts.states import LANGUAGES, name_of
from orientation.texts.units import Thing

if TYPE_CHECKING:
    from portal.accounts.models import User

SOURCE = "en"


@transaction.atomic
def wrote(
    thing: Thing, languages: Collection[str], *, by: "User | None", now: datetime, minor: bool = False, based_on: int | None = None
) -> None:
    """The texts of `thing` in `languages` are saved. A minor change leaves translations as true as they were.

    `based_on`: the revision that a translation made elsewhere says; without it, the one that stands now.
    """
    thing = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    if SOURCE in languages and not minor:
        thing.raise_revision()
    before = {row.language: row for row in thing.translations.all()}
    for language in languages:
        revision = thing.revision if based_on is None else based_on
        if minor and language in before and language != SOURCE:
            revision = before[language].based_on_revision
        owner: dict[str, Any] = {name_of(thing): thing}
        Translation.objects.update_or_create(
            **owner,
            language=language,
            defaults={
                "state": Translation.State.DRAFT,
                "based_on_revision": revision,
                "is_starter": False,
                "written_by": by,
                "written_at": now,
                "reviewed_by": None,
                "reviewed_at": None,
            },
        )


def came_with_safar(things: Iterable[Thing], now: datetime) -> None:
    """Their texts in all languages are those of our files: they go out, and pages say that nobody has read them."""
    by_name: dict[str, list[Thing]] = {}
    for thing in things:
        by_name.setdefault(name_of(thing), []).append(thing)
    for name, same in by_name.items():
        Translation.objects.filter(**{f"{name}__in": same}).delete()
        Translation.objects.bulk_create(
            Translation(
                **{name: thing},
                language=language,
                state=Translation.State.PUBLISHED,
                based_on_revision=thing.revision,
                is_starter=True,
                written_at=now,
            )
            for thing in same
            for language in LANGUAGES
        )
