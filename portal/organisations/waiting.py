"""What waits for operators about organisations."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.organisations.models import Organisation, Person, SanctionHit
from portal.ui.waiting import Waiting


def for_operator(user: Person) -> list[Waiting]:
    """One query."""
    unvetted = Count("pk", filter=Q(vetted_at=None), distinct=True)
    undecided = Count("sanction_hits", filter=Q(sanction_hits__verdict=SanctionHit.Verdict.OPEN), distinct=True)
    counts = Organisation.objects.visible_to(user).aggregate(unvetted=unvetted, undecided=undecided)
    found = []
    if counts["undecided"]:
        text = _("They are stopped until you say whom the list means.")
        url = reverse("admin:organisations_sanctionhit_changelist", query={"verdict__exact": ""})
        found.append(Waiting("alert-triangle", _("Names on sanctions lists"), text, _("Open the list"), url, counts["undecided"], "danger"))
    if counts["unvetted"]:
        text = _("Read their papers. Until then nobody sees their vacancies, and nobody can choose them.")
        url = reverse("admin:organisations_organisation_changelist", query={"vetted_at__isnull": "True"})
        found.append(Waiting("shield", _("Organisations to check"), text, _("Open the list"), url, counts["unvetted"], "apricot"))
    return found
