"""An agency's candidates as a table: what its staff may read on their pages, and nothing else."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from matching.intake.table import put, saved
from matching.models import Candidate, CandidateSkill, Care
from matching.models.vacancies import Condition
from matching.names import place_names
from matching.open_person import PersonFields, open_people
from matching.steps import duration, listed, where
from portal.accounts.models import User
from portal.organisations.models import Organisation

AT_ONCE = 500


def export_people(agency: Organisation, by: User, now: datetime) -> bytes:
    """Everybody in the agency's care. That their names were opened is written down for each."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("People"))
    names = place_names()
    cared_for = Care.objects.open().filter(agency=agency).order_by().values("candidate")
    people = with_parts(Candidate.objects.filter(pk__in=cared_for))
    sheet.append([put(WriteOnlyCell(sheet), heading) for heading in headings()])
    for batch in batches(people):
        for candidate, person in open_people(by, batch, now):
            sheet.append([put(WriteOnlyCell(sheet), text) for text in row_of(candidate, person, names)])
    return saved(book)


def batches(people: QuerySet[Candidate]) -> Iterable[QuerySet[Candidate]]:
    """By key, so that nobody is told twice or left out while others come and go."""
    last = 0
    while keys := list(people.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        yield people.filter(pk__in=keys).order_by("pk")
        last = keys[-1]


def with_parts(people: QuerySet[Candidate]) -> QuerySet[Candidate]:
    skills = Prefetch("skills", CandidateSkill.objects.select_related("skill").order_by("skill__slug"))
    parts = ("languages", "licences", "certificates", "jobs__occupation", "wanted_occupations", skills)
    return people.select_related("user", "home_region").prefetch_related(*parts)


def headings() -> list[str]:
    return [
        _("Given name"),
        _("Family name"),
        _("Phone"),
        _("Citizenship"),
        _("Month of birth"),
        _("Home region"),
        _("Where you are now"),
        _("Papers that allow you to stay"),
        _("Languages"),
        _("Wanted occupations"),
        _("Work so far"),
        _("Skills"),
        _("Licences and certificates"),
        _("Where you want to go"),
        _("What the job should give"),
        _("Free from"),
        _("With Safar since"),
    ]


def row_of(candidate: Candidate, person: PersonFields, names: dict[str, str]) -> list[str]:
    papers = [f"{row.get_category_display()} ({names.get(row.issued_in, row.issued_in)})" for row in candidate.licences.all()]
    papers += [str(row.get_code_display()) for row in candidate.certificates.all()]
    work = [f"{job.occupation} ({duration(job.months)})" for job in candidate.jobs.all()]
    return [
        person.given_name,
        person.family_name,
        person.phone,
        names[candidate.citizenship],
        formats.date_format(candidate.born_in, "m.Y"),
        str(candidate.home_region or ""),
        names.get(candidate.located_in, ""),
        {True: _("Yes"), False: _("No"), None: ""}[candidate.has_papers],
        listed(f"{row.get_language_display()}: {row.get_level_display()}" for row in candidate.languages.all()),
        listed(sorted(map(str, candidate.wanted_occupations.all()))),
        listed(work) or (_("No work yet") if candidate.has_worked is False else ""),
        listed(f"{row.skill}: {row.get_level_display()}" for row in candidate.skills.all()),
        listed(papers),
        where(candidate, names),
        listed(str(Condition(code).label) for code in candidate.conditions),
        formats.date_format(candidate.available_on) if candidate.available_on else "",
        formats.date_format(candidate.registered_at, "SHORT_DATE_FORMAT"),
    ]
