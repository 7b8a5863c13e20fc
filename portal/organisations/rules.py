"""Who may do what with an organisation. The relation decides, never a role alone."""

from portal.organisations.models import Membership, Organisation, Person


def is_member(user: Person, organisation: Organisation) -> bool:
    return user.is_authenticated and organisation.memberships.filter(user_id=user.pk).exists()


def is_manager(user: Person, organisation: Organisation) -> bool:
    return user.is_authenticated and organisation.memberships.filter(user_id=user.pk, role=Membership.Role.MANAGER).exists()


def can_vet(user: Person, organisation: Organisation) -> bool:
    return Organisation.objects.to_vet(user).filter(pk=organisation.pk).exists()
