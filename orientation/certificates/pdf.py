"""Certificates as one PDF that archives keep (PDF/A-2a), an A4 sheet each, in one language or two. Texts go to typst as data, beside a template that stands."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from orientation.certificates.code import grouped
from orientation.endorse import endorsed
from orientation.models import Certificate, EditionPage
from orientation.reading import corridor_name
from portal.pdf import qr_svg, typeset

TEMPLATE = Path(__file__).parent / "certificate.typ"


@dataclass(frozen=True, slots=True)
class Side:
    """What one sheet says in one language. `course_language` is the title's, which may be another."""

    language: str
    title: str
    says: str
    course: str
    course_language: str
    about: list[str]
    endorsed: list[str]
    limits: str
    name: str
    check: str


def pdf_of(certificates: Sequence[Certificate], languages: Sequence[str], today: date) -> bytes:
    """A sheet a certificate, in the order given; each language once. The certificates come with their editions. The same ones on the same day give the same bytes."""
    sides = {language: _sides(certificates, language, today) for language in dict.fromkeys(languages)}
    sheets = [
        {
            "name": certificate.holder_name,
            "code": grouped(certificate.code),
            "address": (address := check_address(certificate)),
            "qr": qr_svg(address),
            "sides": [asdict(each[place]) for each in sides.values()],
        }
        for place, certificate in enumerate(certificates)
    ]
    issued = max(int(certificate.issued_at.timestamp()) for certificate in certificates)
    return typeset(TEMPLATE, {"sheets": sheets}, pdf_standards="a-2a", timestamp=issued)


def check_address(certificate: Certificate) -> str:
    """What is printed leads to the site, wherever it was printed."""
    return f"{settings.SITE_URL}{reverse('verify', args=[certificate.code])}"


def _sides(certificates: Sequence[Certificate], language: str, today: date) -> list[Side]:
    """One query."""
    with override(language):
        editions = {certificate.edition_id for certificate in certificates}
        found = EditionPage.objects.in_best_language().filter(edition__in=editions, slug=EditionPage.COURSE).with_endorsements(today)
        pages = {page.edition_id: page for page in found}
        return [_side(certificate, pages[certificate.edition_id], language) for certificate in certificates]


def _side(certificate: Certificate, page: EditionPage, language: str) -> Side:
    issued = {"day": date_format(localdate(certificate.issued_at)), "number": certificate.edition.number}
    return Side(
        language,
        title=_("Certificate"),
        says=_("Lessons learnt and final check passed. Course:"),
        course=page.title,
        course_language=page.language,
        about=[*([corridor_name(certificate.corridor)] if certificate.corridor else []), _("%(day)s, edition %(number)s") % issued],
        endorsed=endorsed(page),
        limits=_("It says that somebody has learnt this course. It is no visa, no work permit and no promise of a job."),
        name=_("Name"),
        check=_("Check it here:"),
    )
