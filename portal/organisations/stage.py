"""How far the check of an organisation is, in words for its own people."""

from django.utils.translation import gettext as _

from portal.organisations.models import Organisation


def steps_of(organisation: Organisation) -> list[tuple[str, bool]]:
    """(step, is it done), in order."""
    first, second = organisation.checked_at is not None, organisation.vetted_at is not None
    return [
        (_("You have registered."), True),
        (_("A person at Safar reads the register, the sanctions lists and what you promise workers, and signs."), first or second),
        (_("Another person looks at it all and signs too."), second),
        (_("You are checked: people see you in Safar."), second),
    ]


def next_words(organisation: Organisation) -> str:
    """What happens next, or what is still needed, in a sentence; for one that is not vetted."""
    if organisation.asked and not organisation.replied:
        return _("%(organisation)s: we still need something from you. Read what, and answer.") % {"organisation": organisation}
    if organisation.checked_at:
        return _("%(organisation)s: one person has signed. Another one looks at it now.") % {"organisation": organisation}
    return _("%(organisation)s: people at Safar check you now. You need not do anything.") % {"organisation": organisation}
