"""Made-up candidates as rows: a few statements for many of them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from matching.care import CONSENT_VERSION
from matching.models import (
    Candidate,
    CandidateCertificate,
    CandidateLanguage,
    CandidateLicence,
    CandidateSkill,
    Care,
    Job,
    Occupation,
    StatisticsAnswers,
)
from matching.statistics import CONSENT_VERSION as STATISTICS_VERSION
from portal.accounts.consent import VERSIONS
from portal.accounts.models import Consent, User
from portal.organisations.models import Organisation


@dataclass(slots=True)
class Draft:
    """`account` is new, and comes with the consent to it; a candidate who has one already has it on the row."""

    candidate: Candidate
    skills: dict[int, int]  # level by skill
    jobs: list[tuple[str, int, date | None]]  # occupation, months, end
    languages: dict[str, int]
    wanted: list[str]
    account: User | None = None
    licences: list[tuple[str, str]] = field(default_factory=list)
    certificates: list[tuple[str, date]] = field(default_factory=list)
    in_care: bool = True
    statistics: dict[str, Any] | None = None


@transaction.atomic
def write(drafts: list[Draft], agencies: dict[str, Organisation]) -> None:
    """All of them or none. No marks: the load ends with a full run."""
    _write_accounts(drafts)
    Candidate.objects.bulk_create(draft.candidate for draft in drafts)
    _write_told(drafts)
    Care.objects.bulk_create(
        Care(
            candidate=draft.candidate,
            agency=agencies[draft.candidate.citizenship],
            since=draft.candidate.registered_at,
            consent_version=CONSENT_VERSION,
        )
        for draft in drafts
        if draft.in_care
    )
    StatisticsAnswers.objects.bulk_create(
        StatisticsAnswers(
            candidate=draft.candidate,
            consent_version=STATISTICS_VERSION,
            consented_at=draft.candidate.registered_at,
            **draft.statistics,
        )
        for draft in drafts
        if draft.statistics is not None
    )


def _write_accounts(drafts: list[Draft]) -> None:
    accounts = [draft.account for draft in drafts if draft.account is not None]
    User.objects.bulk_create(accounts)
    purpose = Consent.Purpose.ACCOUNT
    Consent.objects.bulk_create(
        Consent(user=account, purpose=purpose, version=VERSIONS[purpose], given_at=account.created_at) for account in accounts
    )
    for draft in drafts:
        if draft.account is not None:
            draft.candidate.user = draft.account


def _write_told(drafts: list[Draft]) -> None:
    """What candidates have said about themselves."""
    occupations = dict(Occupation.objects.order_by("pk").values_list("slug", "pk"))
    links = Candidate.wanted_occupations.through
    links.objects.bulk_create(
        links(candidate_id=draft.candidate.pk, occupation_id=occupations[slug]) for draft in drafts for slug in draft.wanted
    )
    CandidateSkill.objects.bulk_create(
        CandidateSkill(candidate=draft.candidate, skill_id=skill, level=level) for draft in drafts for skill, level in draft.skills.items()
    )
    Job.objects.bulk_create(
        Job(candidate=draft.candidate, occupation_id=occupations[slug], months=months, ended_on=ended)
        for draft in drafts
        for slug, months, ended in draft.jobs
    )
    CandidateLanguage.objects.bulk_create(
        CandidateLanguage(candidate=draft.candidate, language=code, level=level)
        for draft in drafts
        for code, level in draft.languages.items()
    )
    CandidateLicence.objects.bulk_create(
        CandidateLicence(candidate=draft.candidate, category=category, issued_in=country)
        for draft in drafts
        for category, country in draft.licences
    )
    CandidateCertificate.objects.bulk_create(
        CandidateCertificate(candidate=draft.candidate, code=code, valid_until=until)
        for draft in drafts
        for code, until in draft.certificates
    )
