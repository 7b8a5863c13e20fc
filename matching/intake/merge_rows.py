"""What belongs to a candidate and not to one of their matches: the rows of two profiles of one person become the rows of one."""

from datetime import datetime

from django.db.models import Q

from matching.models import Candidate, Invitation, OnBehalf, StatisticsAnswers
from matching.profile import MOST_JOBS, MOST_SKILLS
from portal import hooks


@hooks.merges(
    "matching.CandidateLanguage",
    "matching.CandidateLicence",
    "matching.CandidateCertificate",
    "matching.CandidatePaper",
    "matching.CandidateSkill",
    "matching.CvShare",
    "matching.Job",
    "matching.StatisticsAnswers",
    "matching.Care",
    "matching.AccessLog",
    "matching.OnBehalf",
    "matching.Invitation",
    "matching.MissedClaim",
    "matching.Reach",
    "matching.ScoringMark",
)
def merge_rows(keep: Candidate, lose: Candidate, now: datetime) -> None:
    """On hooks.merge_candidates. What is left of the second one's profile goes when it is emptied; its marks make scoring forget it."""
    _levels(keep, lose)
    _lists(keep, lose)
    lose.care.exclude(until=None).update(candidate=keep)
    for rows in (lose.access_log, OnBehalf.objects.filter(candidate=lose), Invitation.objects.filter(candidate=lose)):
        rows.update(candidate=keep)
    if not StatisticsAnswers.objects.filter(candidate=keep).exists():
        StatisticsAnswers.objects.filter(candidate=lose).update(candidate=keep)
    lose.missed_claims.all().delete()


def _levels(keep: Candidate, lose: Candidate) -> None:
    """Of each skill and language the higher level."""
    held = {row.skill_id: row for row in keep.skills.all()}
    for row in lose.skills.all():
        mine = held.get(row.skill_id)
        if mine is not None and (row.level, row.is_verified) > (mine.level, mine.is_verified):
            keep.skills.filter(pk=mine.pk).update(level=row.level, is_verified=row.is_verified)
        elif mine is None and len(held) < MOST_SKILLS:
            held[row.skill_id] = row
            lose.skills.filter(pk=row.pk).update(candidate=keep)
    spoken = {row.language: row for row in keep.languages.all()}
    for said in lose.languages.all():
        if said.language not in spoken:
            lose.languages.filter(pk=said.pk).update(candidate=keep)
        elif said.level > spoken[said.language].level:
            keep.languages.filter(pk=spoken[said.language].pk).update(level=said.level)


def _lists(keep: Candidate, lose: Candidate) -> None:
    keep.wanted_occupations.add(*lose.wanted_occupations.all())
    jobs = set(keep.jobs.values_list("occupation", "months", "ended_on"))
    for job in lose.jobs.all():
        if (job.occupation_id, job.months, job.ended_on) not in jobs and len(jobs) < MOST_JOBS:
            jobs.add((job.occupation_id, job.months, job.ended_on))
            lose.jobs.filter(pk=job.pk).update(candidate=keep)
    if jobs:
        Candidate.objects.filter(pk=keep.pk).update(has_worked=True)
    licences = Q(pk__in=[])
    for category, issued_in in keep.licences.values_list("category", "issued_in"):
        licences |= Q(category=category, issued_in=issued_in)
    lose.licences.exclude(licences).update(candidate=keep)
    for certificate in lose.certificates.all():
        mine = keep.certificates.filter(code=certificate.code).first()
        if mine is None:
            lose.certificates.filter(pk=certificate.pk).update(candidate=keep)
        elif certificate.valid_until > mine.valid_until:
            keep.certificates.filter(pk=mine.pk).update(valid_until=certificate.valid_until)
    if keep.has_papers and keep.located_in == lose.located_in:  # papers belong to the country where the person is
        lose.papers.exclude(code__in=list(keep.papers.values_list("code", flat=True))).update(candidate=keep)
