"""What easing one demand of a vacancy would bring: everybody is counted again by the engine, with that one demand eased.

Pay, age, citizenship and sex are never asked about: a count by pay would tell wage floors. A count under ten is not told, and
the others are rounded down: taken from each other they tell of nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import numpy as np
from django.core.exceptions import PermissionDenied
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.life import NotNow, Status
from matching.load_records import refused_pairs, vacancy_records
from matching.models import Vacancy
from matching.models.vacancies import Cefr, Certificate, Licence, WorkLanguage
from matching.rules import is_employer_member
from matching.score import scoring_day
from matching.score_vacancies import current_weights
from matching.scoring import ScoringError, VacancyTable, score_pairs
from matching.warm import Warm
from portal.accounts.models import User
from portal.money.formats import format_number
from portal.places.days import legal_day
from portal.ui.hide_small import in_tens
from portal.ui.waiting import FEWEST

A_DAY = 20  # what-ifs, of one vacancy
LATER = timedelta(days=30)
Record = dict[str, Any]

_warm, _one_at_a_time = Warm(), Lock()


@dataclass(frozen=True, slots=True)
class Ease:
    """`key` names it in forms; `apply` changes the engine's record of the vacancy."""

    key: str
    text: str
    apply: Callable[[Record], None]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`answer` is "" where it was not asked today."""

    key: str
    text: str
    answer: str


class UsedUp(NotNow):
    """Asked too often today."""


def eases_of(vacancy: Vacancy) -> list[Ease]:
    """Each demand that could be eased, one way at a time. `vacancy` has its languages at hand."""
    found = []
    for row in vacancy.languages.all():
        for level in sorted({row.minimum - 1, 0} if row.minimum else set(), reverse=True):
            levels = {"language": WorkLanguage(row.language).label, "now": Cefr(row.minimum).label, "then": Cefr(level).label}
            text = _("%(language)s: %(now)s → %(then)s") % levels if level else _("%(language)s: not needed to start") % levels
            found.append(Ease(f"language-{row.language}-{level}", text, _language(row.language, level)))
    for licence in vacancy.licences:
        text = _("Without the driving licence %(category)s") % {"category": Licence(licence).label}
        found.append(Ease(f"licence-{licence}", text, _without("licences", licence)))
    for code in vacancy.certificates:
        text = _("Without this certificate: %(certificate)s") % {"certificate": Certificate(code).label}
        found.append(Ease(f"certificate-{code}", text, _without("certificates", code)))
    if vacancy.experience_months > 1:
        half = vacancy.experience_months // 2
        text = ngettext("Experience: %(count)d month is enough", "Experience: %(count)d months are enough", half) % {"count": half}
        found.append(Ease("experience", text, lambda record: record.update(experience_months=half)))
    if not vacancy.entry:
        found.append(
            Ease("entry", _("No experience needed: you teach the work"), lambda record: record.update(entry=True, experience_months=0))
        )
    if vacancy.starts_on is not None:
        later = vacancy.starts_on + LATER
        text = _("Work starts a month later, on %(day)s") % {"day": date_format(later)}
        found.append(Ease("start", text, lambda record: record.update(starts_on=later)))
    return found


def _language(code: str, level: int) -> Callable[[Record], None]:
    def ease(record: Record) -> None:
        record["languages"] = record["languages"] | {code: (level, record["languages"][code][1])}

    return ease


def _without(column: str, code: str) -> Callable[[Record], None]:
    def ease(record: Record) -> None:
        record[column] = [held for held in record[column] if held != code]

    return ease


def what_ifs(vacancy: Vacancy) -> list[WhatIf]:
    """All that can be asked, with today's answers."""
    answers = vacancy.what_if_answers if vacancy.what_if_answers.get("revision") == vacancy.revision else {}
    told = _told(answers.get("base", 0), answers.get("eased", []))
    return [WhatIf(ease.key, ease.text, told.get(ease.key, "")) for ease in eases_of(vacancy)]


def left_today(vacancy: Vacancy, now: datetime) -> int:
    return A_DAY - vacancy.what_ifs if vacancy.what_ifs_on == legal_day(now, vacancy.region) else A_DAY


def ask_what_if(vacancy: Vacancy, key: str, by: User, now: datetime) -> None:
    """Count, and keep the answer on the vacancy. The same question again is free. Raises `UsedUp`, `NotNow`; call it in a transaction."""
    locked = Vacancy.objects.select_for_update(of=["self"]).with_asked().get(pk=vacancy.pk)
    if not is_employer_member(by, locked):
        raise PermissionDenied
    ease = next((ease for ease in eases_of(locked) if ease.key == key), None)
    if ease is None or locked.status != Status.PUBLISHED:
        raise NotNow(_("This is not possible any more: the vacancy has changed meanwhile."))
    today, answers = legal_day(now, locked.region), locked.what_if_answers
    if locked.what_ifs_on != today or answers.get("revision") != locked.revision:
        answers = {"revision": locked.revision, "eased": []}
    if key in (each for each, _ignored in answers["eased"]):
        return
    asked = locked.what_ifs if locked.what_ifs_on == today else 0
    if asked >= A_DAY:
        raise UsedUp(_("You have asked %(count)d times about this vacancy today. Ask again tomorrow.") % {"count": A_DAY})
    base, eased = _count(locked, ease, now)
    answers["base"] = answers.get("base", base)
    answers["eased"].append([key, answers["base"] + eased - base])  # others come and go meanwhile: only what this demand brings is kept
    locked.what_ifs_on, locked.what_ifs, locked.what_if_answers = today, asked + 1, answers
    locked.save(update_fields=["what_ifs_on", "what_ifs", "what_if_answers"])


def _count(vacancy: Vacancy, ease: Ease, now: datetime) -> tuple[int, int]:
    """How many people could be proposed as it stands, and with the demand eased."""
    day = scoring_day(now)
    with _one_at_a_time:
        law = _warm.law(day, current_weights(now))
        people = _warm.people(law)
    [record] = vacancy_records([vacancy], law.wages, day)
    if record["wage"] is None:
        raise NotNow(_("Today’s exchange rates are missing, so nobody can be counted. Ask again later."))
    other = dict(record)
    ease.apply(other)
    pairs = np.column_stack((np.arange(len(people)), np.zeros(len(people), dtype=np.int64)))
    refused = refused_pairs([vacancy.pk], day)
    counts = []
    for each in (record, other):
        try:
            table = VacancyTable.from_records([each])
            found = score_pairs(people.prepared, table, pairs, law.weights, law.routes, on=day, refused=refused)
        except ScoringError as error:
            raise NotNow(_("This vacancy cannot be counted now. Safar has been told.")) from error
        counts.append(int((found.eligible & (found.tier > 0)).sum()))
    return counts[0], counts[1]


def _told(base: int, eased: list[tuple[str, int]]) -> dict[str, str]:
    return {key: _gain(count - base) for key, count in eased}


def _gain(people: int) -> str:
    if people < FEWEST:
        return _("Fewer than %(few)d more people.") % {"few": FEWEST}
    return _("At least %(people)s more people.") % {"people": format_number(in_tens(people))}
