"""What a CV says of a candidate, in the active language: never their wage wishes, birth, sex or photo."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from matching.models import Candidate
from matching.models.vacancies import Cefr
from matching.names import place_names
from matching.steps import duration, listed
from orientation.certificates.code import grouped
from orientation.models import Certificate, EditionPage


@dataclass(frozen=True, slots=True)
class Line:
    """`mark`: somebody has checked it."""

    what: str
    more: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Cv:
    """`trade` stands under the name; `about` is what the person has ticked besides."""

    name: str
    trade: str
    about: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def cv_of(candidate: Candidate, *, with_citizenship: bool, with_phone: bool) -> Cv:
    names = place_names()
    about = []
    if with_citizenship:
        about.append(Line(_("Citizenship"), str(candidate.get_citizenship_display())))
    if with_phone and (phone := candidate.phone or (candidate.user.phone if candidate.user else "")):
        about.append(Line(_("Phone"), phone))
    parts = [
        Part(_("Skills"), _skills(candidate)),
        Part(_("Experience"), _work(candidate)),
        Part(_("Languages"), _languages(candidate)),
        Part(
            _("Driving licences"),
            [Line(str(row.get_category_display()), names.get(row.issued_in, row.issued_in)) for row in candidate.licences.all()],
        ),
        Part(_("Certificates"), [*_certificates(candidate), *_courses(candidate)]),
    ]
    trades = [str(row) for row in candidate.wanted_occupations.order_by("name")]
    name = f"{candidate.given_name} {candidate.family_name}".strip()
    return Cv(name or _("Without a name"), listed(trades), about, [part for part in parts if part.lines])


def _skills(candidate: Candidate) -> list[Line]:
    """What the person does best comes first."""
    rows = candidate.skills.select_related("skill").order_by("-level", "-is_verified", "skill__name")
    return [Line(row.skill.name, str(row.get_level_display()), _("checked") if row.is_verified else "") for row in rows]


def _work(candidate: Candidate) -> list[Line]:
    found = []
    for row in candidate.jobs.select_related("occupation").order_by("-ended_on", "-pk"):
        until = _("until %(day)s") % {"day": date_format(row.ended_on, "m.Y")} if row.ended_on else _("until today")
        found.append(Line(str(row.occupation), f"{duration(row.months)}, {until}"))
    return found


def _languages(candidate: Candidate) -> list[Line]:
    known = candidate.languages.filter(level__gt=Cefr.NONE).order_by("-level", "language")
    return [Line(str(row.get_language_display()), str(row.get_level_display())) for row in known]


def _certificates(candidate: Candidate) -> list[Line]:
    until = [(row.get_code_display(), date_format(row.valid_until)) for row in candidate.certificates.all()]
    return [Line(capfirst(str(name)), _("valid until %(day)s") % {"day": day}) for name, day in until]


def _courses(candidate: Candidate) -> list[Line]:
    """Courses of Safar that were passed, each with the code by which anybody can check it."""
    held = list(Certificate.objects.standing().filter(user=candidate.user_id).exclude(user=None).select_related("edition__course"))
    pages = EditionPage.objects.in_best_language().filter(edition__in=[row.edition_id for row in held], slug=EditionPage.COURSE)
    titles = {page.edition_id: page.title for page in pages}
    return [
        Line(
            _("Course: %(title)s") % {"title": titles.get(row.edition_id, row.edition.course.slug)},
            _("%(day)s, code %(code)s") % {"day": date_format(row.issued_at), "code": grouped(row.code)},
            _("checked"),
        )
        for row in held
    ]
