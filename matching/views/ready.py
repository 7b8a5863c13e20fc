"""What `manage.py check_ready` lists, counted for operators, with the pages on which it is signed."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from matching.check_ready import missing_lists, missing_subjects, open_counts, open_rows
from portal.accounts.second_factor import second_factor_required


@second_factor_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("matching.view_signoff"):
        raise Http404
    counts = open_counts()
    papers = [(words_of(subject), reverse("admin:matching_signoff_add", query={"subject": subject})) for subject in missing_subjects()]
    weights = [(_("Weights of the score"), reverse("matching:weights"))] if counts["weights"] else []
    context = {
        "groups": [(title, counts[kind], url) for kind, title, url in groups() if counts.get(kind)],
        "subjects": papers + weights,
        "lists": [(code.label, f"manage.py import_sanctions {code}", console("organisations_sanctionentry")) for code in missing_lists()],
        "total": sum(counts.values()),
        "tab": "jobs",
    }
    return render(request, "matching/ready.html", context)


def groups() -> list[tuple[str, str, str]]:
    """(kind, its words, the console's list of exactly these rows)."""
    employers = ",".join(str(pk) for pk in open_rows()["employer"].values_list("pk", flat=True))
    return [
        ("route", _("Legal routes: there are none yet"), console("matching_legalroute")),
        ("legalroute", _("Legal routes to read and sign"), console("matching_legalroute", signed="no")),
        ("licencerecognition", _("Driving licences abroad to read and sign"), console("matching_licencerecognition", signed="no")),
        ("dangerarea", _("Danger areas that a second person signs"), console("matching_dangerarea", signed="no")),
        ("fact", _("Facts that nobody has checked"), console("orientation_fact", verified_at__isnull="True")),
        ("contact", _("Help numbers that nobody has reached"), console("support_contact", reached="never")),
        ("employer", _("Employers whose activities nobody has entered"), console("organisations_organisation", id__in=employers)),
    ]


def words_of(subject: str) -> str:
    kind, _colon, language = subject.partition(":")
    if kind == "language":
        return _("%(language)s: read by somebody who grew up with it") % {"language": dict(settings.LANGUAGES)[language]}
    return {"impact-assessment": _("Impact assessment"), "vetting-team": _("Names of the vetting team")}[subject]


def console(model: str, **narrowed: str) -> str:
    return f"{reverse(f'admin:{model}_changelist')}?{urlencode(narrowed)}"
