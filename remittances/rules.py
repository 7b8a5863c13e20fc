"""Who may do what with prices and services, by the rights of their group."""

from portal.organisations.models import Person


def can_collect(user: Person) -> bool:
    return user.has_perm("remittances.add_quote")


def can_review(user: Person) -> bool:
    return user.has_perm("remittances.change_quote")


def can_list(user: Person) -> bool:
    return user.has_perm("remittances.change_transferservice")


def can_decide_hit(user: Person) -> bool:
    return user.has_perm("remittances.change_providerhit")
