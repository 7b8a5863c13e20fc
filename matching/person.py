"""The part of a person's data that is their profile as a candidate: taken along, and erased."""

from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from matching.care import leave_agency
from matching.models import AccessLog, Candidate, Reach, StatisticsAnswers
from matching.models.vacancies import Condition
from matching.names import place_names
from matching.profile import lock, score_again
from matching.stay_papers import BY_CODE
from portal import hooks
from portal.accounts.export import moment
from portal.accounts.models import User
from portal.money.amounts import Currency, Money
from portal.money.formats import format_money

# Stands for a month of birth that was erased.
NO_BIRTH = date(1900, 1, 1)


def export_candidate(user: User) -> dict[str, Any]:
    """In words that the person can read. On hooks.export_person."""
    candidate = Candidate.objects.filter(user=user).select_related("home_region").first()
    if candidate is None:
        return {}
    names = place_names()

    def places(codes: list[str]) -> str:
        return ", ".join(names.get(code, code) for code in codes)

    def wage(amount: Any) -> str | None:
        return format_money(Money(amount, candidate.wage_currency)) if amount is not None else None

    sections: dict[str, Any] = {
        _("Your profile for jobs"): {
            _("Given name"): candidate.given_name,
            _("Family name"): candidate.family_name,
            _("Citizenship"): candidate.get_citizenship_display(),
            _("Month of birth"): formats.date_format(candidate.born_in, "m.Y"),
            _("Home region"): str(candidate.home_region or ""),
            _("Where you are now"): places([candidate.located_in]),
            _("Papers that allow you to stay"): answer(candidate.has_papers),
            _("Work so far"): _("no work yet") if candidate.has_worked is False else None,
            _("Wanted occupations"): ", ".join(map(str, candidate.wanted_occupations.all())),
            _("Wanted places"): places([*candidate.wanted_countries, *candidate.wanted_regions]),
            _("Accepted countries"): places(candidate.accepted_countries),
            _("Excluded places"): places([*candidate.excluded_countries, *candidate.excluded_regions]),
            _("What the job must give"): ", ".join(str(Condition(code).label) for code in candidate.conditions),
            _("Least wage"): wage(candidate.wage_floor),
            _("Wished wage"): wage(candidate.wage_wish),
            _("Free from"): day(candidate.available_on),
            _("Since"): moment(candidate.registered_at),
        },
        _("Your languages"): [{row.get_language_display(): row.get_level_display()} for row in candidate.languages.all()],
        _("Your driving licences"): [
            {_("Category"): row.get_category_display(), _("Issued in"): places([row.issued_in])} for row in candidate.licences.all()
        ],
        _("Papers that you hold where you are"): [
            {
                _("Paper"): str(BY_CODE[row.code].label),
                _("Where it holds"): places([row.region.strip("*")]),
                _("Valid until"): day(row.valid_until),
            }
            for row in candidate.papers.all()
        ],
        _("Your certificates of skill"): [
            {_("Certificate"): row.get_code_display(), _("Valid until"): day(row.valid_until)} for row in candidate.certificates.all()
        ],
        _("Your skills"): [{str(row.skill): row.get_level_display()} for row in candidate.skills.select_related("skill")],
        _("Your work"): [
            {_("Occupation"): str(row.occupation), _("Months"): row.months, _("Ended"): day(row.ended_on)}
            for row in candidate.jobs.select_related("occupation")
        ],
        _("Agencies that look after you"): [
            {_("Agency"): row.agency.name, _("From"): moment(row.since), _("Until"): moment(row.until), _("Version"): row.consent_version}
            for row in candidate.care.select_related("agency")
        ],
        _("Links to your CV"): [
            {_("Language"): row.get_language_display(), _("From"): moment(row.created_at), _("Until"): moment(row.ended_at)}
            for row in candidate.cv_shares.all()
        ],
        _("Who opened your name and phone"): [
            {_("Who"): workplaces(row.user), _("When"): moment(row.at)}
            for row in AccessLog.objects.filter(candidate=candidate).prefetch_related("user__memberships__organisation")
        ],
    }
    answers = StatisticsAnswers.objects.filter(candidate=candidate).first()
    if answers is not None:
        pay = answers.last_pay
        sections[_("Your answers for statistics")] = {
            _("Sex"): answers.get_sex_display(),
            _("Disability"): answer(answers.has_disability),
            _("Children"): answers.children,
            _("Last pay"): format_money(Money(pay, answers.last_pay_currency)) if pay is not None else None,
            _("Agreed"): moment(answers.consented_at),
            _("Version"): answers.consent_version,
        }
    return sections


def workplaces(user: User) -> str:
    """Where the person works who opened a name: their own name is nobody's business."""
    if places := ", ".join(membership.organisation.name for membership in user.memberships.all()):
        return places
    return _("staff of Safar") if user.is_staff else _("somebody who has left their agency or employer since")


def answer(value: bool | None) -> str | None:
    return None if value is None else _("Yes") if value else _("No")


def day(value: date | None) -> str | None:
    return formats.date_format(value) if value else None


@hooks.erases(
    "matching.Candidate",
    "matching.CandidateLanguage",
    "matching.CandidateLicence",
    "matching.CandidateCertificate",
    "matching.CandidatePaper",
    "matching.CandidateSkill",
    "matching.CvShare",
    "matching.Job",
    "matching.Reach",
    "matching.StatisticsAnswers",
)
def erase_candidate(user: User, now: datetime) -> None:
    """The parts go, the row stays empty as the pseudonym of matches; citizenship stays for counts. On hooks.erase_person."""
    if (candidate := Candidate.objects.filter(user=user).first()) is not None:
        empty_candidate(candidate, now)


def empty_candidate(candidate: Candidate, now: datetime) -> None:
    leave_agency(candidate, now)
    standing = lock(candidate)
    parts = (standing.languages, standing.licences, standing.certificates, standing.papers, standing.skills, standing.jobs)
    for part in (*parts, standing.cv_shares):
        part.all().delete()
    for counted in (StatisticsAnswers, Reach):
        counted.objects.filter(candidate=standing).delete()
    standing.wanted_occupations.clear()
    empty = Candidate(
        pk=standing.pk,
        uid=standing.uid,
        user_id=standing.user_id,
        citizenship=standing.citizenship,
        born_in=NO_BIRTH,
        wage_currency=Currency.RUB,
        registered_at=standing.registered_at,
        revision=standing.revision,
        is_paused=True,
    )
    empty.save(force_update=True)
    score_again(empty, now)
