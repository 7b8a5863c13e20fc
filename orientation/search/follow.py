"""A fact, a situation or a contact is found by what it says since it was last saved, whoever saved it. Editions tell it themselves."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from orientation.models import Fact
from orientation.search.keep import drop_fact, keep_fact, keep_help
from portal.support.models import Contact, Situation, SituationContact


def follow() -> None:
    post_save.connect(_fact_saved, sender=Fact)
    post_delete.connect(_fact_deleted, sender=Fact)
    for model in (Contact, Situation, SituationContact):
        post_save.connect(_help_changed, sender=model)
        post_delete.connect(_help_changed, sender=model)


def _fact_saved(instance: Fact, *, raw: bool, **sent: Any) -> None:
    if not raw:
        keep_fact(instance)


def _fact_deleted(instance: Fact, **sent: Any) -> None:
    drop_fact(instance)


def _help_changed(*, raw: bool = False, **sent: Any) -> None:
    if not raw:
        keep_help()
