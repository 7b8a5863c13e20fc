"""Who may do what with a vacancy. The relation decides, never a role alone."""

from django.db.models import QuerySet

from matching.models import Vacancy
from portal.organisations import rules
from portal.organisations.models import Organisation, Person


def employers_of(user: Person) -> QuerySet[Organisation]:
    """The employers that somebody belongs to."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    return Organisation.objects.filter(kind=Organisation.Kind.EMPLOYER, memberships__user=user)


def can_post_for(user: Person, employer: Organisation) -> bool:
    return employer.kind == Organisation.Kind.EMPLOYER and rules.is_member(user, employer)


def is_employer_member(user: Person, vacancy: Vacancy) -> bool:
    """Whoever belongs to the vacancy's employer writes, publishes and closes it; operators only read."""
    return can_post_for(user, vacancy.employer)
