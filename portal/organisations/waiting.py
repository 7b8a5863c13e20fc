"""What waits for operators about organisations."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.organisations.models import Organisation, Person, SanctionHit
from portal.ui.waiting import Waiting


def for_operator(user: Person) -> list[Waiting]:
    """Two queries."""
    found = []
    if hits := SanctionHit.objects.filter(verdict=SanctionHit.Verdict.OPEN).count():
        text = _("They are stopped until you say whom the list means.")
        url = reverse("admin:organisations_sanctionhit_changelist", query={"verdict__exact": ""})
        found.append(Waiting("alert-triangle", _("Names on sanctions lists"), text, _("Open the list"), url, hits, "danger"))
    if count := Organisation.objects.visible_to(user).filter(vetted_at=None).count():
        text = _("Read their papers. Until then nobody sees their vacancies, and nobody can choose them.")
        url = reverse("admin:organisations_organisation_changelist", query={"vetted_at__isnull": "True"})
        found.append(Waiting("shield", _("Organisations to check"), text, _("Open the list"), url, count, "apricot"))
    return found
