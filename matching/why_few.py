"""Why few people pass stage 0 of a vacancy: what each of its demands costs, for the employer to think over. Counts only.

A count under ten is never told, nor one that follows from two that are. Nothing is told of what candidates wish, of pay, of who is free,
of age, or of who has said no to whom.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.models import Vacancy, VacancyList, VacancyReasons
from matching.models.vacancies import Cefr, Certificate, Licence, WorkLanguage
from portal.money.formats import format_number
from portal.organisations.models import Person
from portal.ui.waiting import FEWEST

# Everybody fails these, so that their number would be that of all people.
STOPPED = {
    "danger": gettext_lazy("Nobody can be proposed: the place of work is dangerous, or the employer is on a sanctions list."),
    "employer": gettext_lazy(
        "Nobody can be proposed: the employer is not checked yet or is suspended, or the wage is under the legal minimum."
    ),
    "vacancy": gettext_lazy("Nobody can be proposed: no place is left, or work began too long ago."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Sentences. `without` is what dropping this one demand would bring, `unanswered` who could be asked; "" where it is not told."""

    code: str
    text: str
    without: str
    unanswered: str


@dataclass(frozen=True, slots=True)
class WhyFew:
    """`stopped` is why nobody can be proposed at all. `day` is the scoring day of the counts, as text, "" where it is not known."""

    stopped: list[str]
    reasons: list[Reason]
    day: str


def why_few(vacancy: Vacancy, user: Person) -> WhyFew | None:
    """Two queries. None where no run has counted, and for whoever is neither of the employer nor an operator.

    `vacancy` has its languages at hand.
    """
    mine = Vacancy.objects.visible_to(user).filter(pk=vacancy.pk, status=Vacancy.Status.PUBLISHED)
    counted = {row.reason: row for row in VacancyReasons.objects.filter(vacancy__in=mine)}
    if not counted:
        return None
    found: VacancyList | None = getattr(vacancy, "list", None)
    stopped = [str(text) for code, text in STOPPED.items() if code in counted and counted[code].failed]
    reasons = []
    for code, (demands, said) in DEMANDS.items():
        what = demands(vacancy)
        if code in counted and what and not stopped:
            reasons.append((counted[code], what, said))
    reasons.sort(key=lambda entry: _told(entry[0]))
    return WhyFew(
        stopped=stopped,
        reasons=[_reason(row, what, said) for row, what, said in reasons],
        day=date_format(found.day) if found else "",
    )


def _told(row: VacancyReasons) -> tuple[int, int]:
    """The most promising first; of what is not told the order tells nothing either."""
    return (-row.only if row.only >= FEWEST else 0, -row.failed if row.failed >= FEWEST else 0)


def _reason(row: VacancyReasons, what: str, said: "Said") -> Reason:
    if row.failed < FEWEST:
        return Reason(row.reason, str(said.few) % {"few": FEWEST, "what": what}, "", "")
    text = said.many(row.failed) % {"people": format_number(row.failed), "what": what}
    return Reason(row.reason, text, _without(row), _unanswered(row))


def _without(row: VacancyReasons) -> str:
    if row.only < FEWEST:
        return _("Without this alone fewer than %(few)d more people would pass.") % {"few": FEWEST}
    if row.failed - row.only < FEWEST:
        return _("Without this nearly all of them would pass.")
    text = ngettext("Without this %(people)s more person would pass.", "Without this %(people)s more people would pass.", row.only)
    return text % {"people": format_number(row.only)}


def _unanswered(row: VacancyReasons) -> str:
    if row.unanswered < FEWEST:
        return ""
    if row.failed - row.unanswered < FEWEST:
        return _("Nearly all of them have not answered: their agency can ask.")
    text = ngettext(
        "%(people)s of them has not answered: their agency can ask.",
        "%(people)s of them have not answered: their agency can ask.",
        row.unanswered,
    )
    return text % {"people": format_number(row.unanswered)}


@dataclass(frozen=True, slots=True)
class Said:
    few: Promise
    many: Callable[[int], str]


def _languages(vacancy: Vacancy) -> str:
    needed = [row for row in vacancy.languages.all() if row.minimum]
    return get_text_list([f"{WorkLanguage(row.language).label} {Cefr(row.minimum).label}" for row in needed])


def _licences(vacancy: Vacancy) -> str:
    return get_text_list([str(Licence(code).label) for code in vacancy.licences])


def _certificates(vacancy: Vacancy) -> str:
    return get_text_list([str(Certificate(code).label) for code in vacancy.certificates])


def _place(vacancy: Vacancy) -> str:
    return str(vacancy.region)


def _start(vacancy: Vacancy) -> str:
    return date_format(vacancy.starts_on) if vacancy.starts_on else ""


# What the vacancy demands, and the sentence for it: only where somebody could ease it, or should know the law.
DEMANDS: dict[str, tuple[Callable[[Vacancy], str], Said]] = {
    "language": (
        _languages,
        Said(
            gettext_lazy("Fewer than %(few)d people lacked %(what)s."),
            lambda count: ngettext("%(people)s person lacked %(what)s.", "%(people)s people lacked %(what)s.", count),
        ),
    ),
    "licence": (
        _licences,
        Said(
            gettext_lazy("Fewer than %(few)d people lacked a driving licence that counts there: %(what)s."),
            lambda count: ngettext(
                "%(people)s person lacked a driving licence that counts there: %(what)s.",
                "%(people)s people lacked a driving licence that counts there: %(what)s.",
                count,
            ),
        ),
    ),
    "certificate": (
        _certificates,
        Said(
            gettext_lazy("Fewer than %(few)d people lacked a certificate that is valid on the first day: %(what)s."),
            lambda count: ngettext(
                "%(people)s person lacked a certificate that is valid on the first day: %(what)s.",
                "%(people)s people lacked a certificate that is valid on the first day: %(what)s.",
                count,
            ),
        ),
    ),
    "dates": (
        _start,
        Said(
            gettext_lazy("Fewer than %(few)d people could not be there within thirty days of %(what)s."),
            lambda count: ngettext(
                "%(people)s person could not be there within thirty days of %(what)s.",
                "%(people)s people could not be there within thirty days of %(what)s.",
                count,
            ),
        ),
    ),
    "route": (
        _place,
        Said(
            gettext_lazy(
                "For fewer than %(few)d people the law has no route: no permit covers them for your kind of work there (%(what)s)."
            ),
            lambda count: ngettext(
                "For %(people)s person the law has no route: no permit covers them for your kind of work there (%(what)s).",
                "For %(people)s people the law has no route: no permit covers them for your kind of work there (%(what)s).",
                count,
            ),
        ),
    ),
}
