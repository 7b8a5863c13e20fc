"""Columns that every app shares."""

from typing import Any

from django.db import models
from django.db.models import F, Func
from django.utils.translation import get_language


class UidField(models.UUIDField):  # type: ignore[type-arg]  # Django does not subscript it at run time
    """The public name of a row with a URL: a UUIDv7 made by PostgreSQL 18, so that every way of inserting gives one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("db_default", Func(function="uuidv7", output_field=models.UUIDField()))
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)


class WebField(models.URLField):  # type: ignore[type-arg]
    """An address whose form reads "example.org" as https."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class Revisioned(models.Model):
    """`revision` counts the changes that matter to whoever derived something from the row: a translation, a score."""

    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def raise_revision(self) -> None:
        """Add one in the database, so that two people who change the row at once raise it twice."""
        type(self)._default_manager.filter(pk=self.pk).update(revision=F("revision") + 1)
        self.refresh_from_db(fields=["revision"])


def fallback_languages() -> tuple[str, ...]:
    """The languages to read a text in, best first: the page's own, Russian, English."""
    own = get_language() or "en"
    return (own, *(language for language in ("ru", "en") if language != own))
