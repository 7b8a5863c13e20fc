"""Who may do what with a vacancy. The relation decides, never a role alone."""

from django.db.models import Exists, QuerySet

from matching.models import Vacancy
from matching.models.vacancies import VacancyQuerySet
from portal.organisations import rules
from portal.organisations.models import Organisation, Person

OPERATES = "organisations.change_organisation"


def employers_of(user: Person) -> QuerySet[Organisation]:
    """The employers that somebody belongs to."""
    return Organisation.objects.of_member(user, Organisation.Kind.EMPLOYER)


def can_post_for(user: Person, employer: Organisation) -> bool:
    return employer.kind == Organisation.Kind.EMPLOYER and rules.is_member(user, employer)


def is_employer_member(user: Person, vacancy: Vacancy) -> bool:
    """Whoever belongs to the vacancy's employer writes, publishes and closes it; operators only read."""
    return can_post_for(user, vacancy.employer)


def may_review(user: Person, vacancy: Vacancy) -> bool:
    """Another person than who wrote it, and nobody who earns from it: an operator, or somebody of a vetted authority."""
    if vacancy.created_by_id == user.pk or rules.is_member(user, vacancy.employer):
        return False
    return is_reviewer(user)


def is_operator(user: Person) -> bool:
    """Nobody of an agency is: for Safar they would decide about themselves."""
    return user.has_perm(OPERATES) and not _agencies_of(user).exists()


def is_reviewer(user: Person) -> bool:
    """Operators and the people of vetted authorities, but nobody of an agency."""
    return (user.has_perm(OPERATES) or _authorities_of(user).exists()) and not _agencies_of(user).exists()


def _authorities_of(user: Person) -> QuerySet[Organisation]:
    return Organisation.objects.vetted().of_member(user, Organisation.Kind.AUTHORITY)


def _agencies_of(user: Person) -> QuerySet[Organisation]:
    return Organisation.objects.of_member(user, Organisation.Kind.AGENCY)


def to_review(user: Person) -> VacancyQuerySet:
    """What is in review, without the own: nobody publishes what they or their employer wrote."""
    if not user.is_authenticated or not (user.has_perm(OPERATES) or _authorities_of(user).exists()):
        return Vacancy.objects.none()
    others = Vacancy.objects.filter(status=Vacancy.Status.REVIEW).exclude(created_by=user.pk)
    return others.exclude(employer__memberships__user=user.pk).filter(~Exists(_agencies_of(user)))
