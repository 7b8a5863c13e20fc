"""What a class prints: sheets of the final check, certificates, and a lesson on one page for everybody."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from orientation.certificates.pdf import pdf_of
from orientation.classes.handout import print_handout
from orientation.classes.paper import MOST_SPARE, name_certificates, print_sheets
from orientation.classes.views.own import own_class_or_404, refused, seats_of
from orientation.views import get_lesson_or_404
from portal.accounts.second_factor import second_factor_required


def as_pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'})


@never_cache
@second_factor_required
@require_safe
def sheets(request: HttpRequest, uid: UUID) -> HttpResponse:
    session, spare = own_class_or_404(request, uid), request.GET.get("spare", "")[:9] or "0"
    listed = seats_of(session)
    least = 0 if listed else 1
    if not spare.isdecimal() or not least <= int(spare) <= MOST_SPARE:
        told = {"least": least, "most": MOST_SPARE}
        return refused(request, session, _("Write a whole number of spare sheets, from %(least)s to %(most)s.") % told)
    return as_pdf(print_sheets(session, listed, int(spare)), f"safar-{session.code}-check")


@second_factor_required
@require_POST
def certificates(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A POST, because the names of the list are written on them; once more prints the same."""
    session = own_class_or_404(request, uid)
    with transaction.atomic():
        held = name_certificates(session, seats_of(session))
    if not held:
        return refused(request, session, _("Nobody yet"))
    return as_pdf(pdf_of(held, [session.language, "ru"], localdate(timezone.now())), f"safar-{session.code}-certificates")


@require_safe
def handout(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """For everybody. `?corridor=` leaves the rules of other roads out."""
    page = get_lesson_or_404(course, lesson)
    corridor = request.GET.get("corridor", "")
    if corridor and corridor not in page.content["outline"]["corridors"]:
        raise BadRequest("The course is not about this corridor.")
    return as_pdf(print_handout(page, corridor, get_language() or "en"), f"safar-{page.slug}")
