"""What must be in hand before departure, for one match: an agency's list."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.legal_way import legal_way
from matching.load_records import permits_of
from matching.models import Match, Offer
from matching.models.vacancies import Certificate, Licence
from matching.regimes import regime_name
from orientation.models import Certificate as CourseCertificate
from orientation.models import Course
from portal.places.corridors import Corridor


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    text: str
    tone: str = "warn"  # "" done, warn to do, neutral not known


def before_departure(match: Match, offer: Offer | None) -> list[Step]:
    candidate, vacancy = match.candidate, match.vacancy
    corridor = f"{candidate.citizenship}-{vacancy.region.country_id}"
    steps = [_course(match, corridor), _route(match)]
    held = {row.category: row.issued_in for row in candidate.licences.all()}
    for category in vacancy.licences:
        licence = _("Driving licence: %(category)s") % {"category": Licence(category).label}
        steps.append(_held(licence, held.get(category, ""), bool(held)))
    papers = {row.code: row.valid_until for row in candidate.certificates.all()}
    for code in vacancy.certificates:
        until = papers.get(code)
        if until is not None and vacancy.starts_on is not None and until < vacancy.starts_on:
            until = None  # it ends before the work begins
        steps.append(_held(str(Certificate(code).label), _("until %(day)s") % {"day": date_format(until)} if until else "", bool(papers)))
    steps.append(_start(match))
    if offer is None:
        steps.append(Step(_("Contract"), _("to enter"), "neutral"))
    else:
        agreed = offer.agreed_at is not None
        steps.append(Step(_("Contract"), _("agreed") if agreed else _("waits for the candidate"), "" if agreed else "warn"))
    return steps


def _course(match: Match, corridor: str) -> Step:
    label = _("Course before departure")
    if corridor not in Corridor.values or match.candidate.user_id is None:
        return Step(label, _("not known"), "neutral")
    held = CourseCertificate.objects.filter(edition__course__subject=Course.Subject.ORIENTATION)
    certificate = held.filter(user=match.candidate.user_id, corridor=corridor).first()
    return (
        Step(label, _("certificate of %(day)s") % {"day": date_format(certificate.issued_at)}, "")
        if certificate
        else Step(label, _("to do"))
    )


def _route(match: Match) -> Step:
    label = _("Right to work")
    way = legal_way(match.candidate.citizenship, match.vacancy, timezone.now().date(), permits_of(match.candidate))
    if way.ban:
        return Step(label, _("missing"))
    if way.route is None:
        return Step(label, _("not known"), "neutral")
    permit = regime_name(way.route.regime)
    return (
        Step(label, _("%(permit)s, ready in %(days)d days") % {"permit": permit, "days": way.days}) if way.days else Step(label, permit, "")
    )


def _held(label: str, proof: str, is_answered: bool) -> Step:
    """The profile does not ask "none?": who lists none has not answered."""
    if not is_answered:
        return Step(label, _("not answered: ask"), "neutral")
    return Step(label, proof, "") if proof else Step(label, _("missing"))


def _start(match: Match) -> Step:
    free, starts = match.candidate.available_on, match.vacancy.starts_on
    if free is None:
        return Step(_("Free from"), _("not answered"), "neutral")
    return Step(_("Free from"), date_format(free), "" if starts is None or free <= starts else "warn")
