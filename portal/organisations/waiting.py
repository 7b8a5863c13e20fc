"""What waits for operators about organisations."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.organisations.models import Organisation, Person
from portal.ui.waiting import Waiting


def for_operator(user: Person) -> list[Waiting]:
    """One query."""
    count = Organisation.objects.visible_to(user).filter(vetted_at=None).count()
    if not count:
        return []
    text = _("Read their papers. Until then nobody sees their vacancies, and nobody can choose them.")
    url = reverse("admin:organisations_organisation_changelist", query={"vetted_at__isnull": "True"})
    return [Waiting("shield", _("Organisations to check"), text, _("Open the list"), url, count, "apricot")]
