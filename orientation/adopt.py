"""What a device learnt becomes its owner's when they sign in; what a person learnt leaves their name when they ask us to forget them."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from orientation.certify import name_for_strangers
from orientation.models import Certificate, ClassLearner, EditionPage, Endorsement, LearningEvent
from orientation.reading import corridor_name
from portal import hooks
from portal.accounts.export import moment
from portal.accounts.models import User


def adopt_device(user: User, device: UUID | None, now: datetime) -> None:
    """Move a device's events and certificates to `user`; a certificate that they already have of an edition wins. On hooks.signed_in."""
    if device is None:
        return
    LearningEvent.objects.filter(device=device).update(user=user, device=None)
    held = Certificate.objects.filter(user=user).values("edition")
    Certificate.objects.filter(device=device, edition__in=held).delete()
    Certificate.objects.filter(device=device).update(user=user, device=None)


def export_learning(user: User) -> dict[str, list[dict[str, object]]]:
    """In words that the person can read, like every section of the export. On hooks.export_person."""
    events = list(LearningEvent.objects.filter(user=user))
    certificates = list(Certificate.objects.filter(user=user).select_related("edition"))
    signed = list(Endorsement.objects.filter(signed_by=user).select_related("edition", "authority"))
    editions = {event.edition_id for event in events} | {certificate.edition_id for certificate in certificates}
    editions |= {endorsement.edition_id for endorsement in signed}
    titles = {(page.edition_id, page.slug): page.title for page in EditionPage.objects.in_best_language().filter(edition__in=editions)}
    return {
        _("Your answers"): [
            {
                _("Course"): titles[event.edition_id, EditionPage.COURSE],
                _("Lesson"): titles[event.edition_id, event.lesson] if event.lesson else _what_of_course(event),
                _("Right"): _how_right(event),
                _("From → to"): corridor_name(event.corridor) if event.corridor else None,
                _("Day"): moment(event.happened_at),
            }
            for event in events
        ],
        _("Your certificates"): [
            {
                _("Course"): titles[certificate.edition_id, EditionPage.COURSE],
                _("Edition"): certificate.edition.number,
                _("Code"): certificate.code,
                _("Name"): certificate.holder_name,
                _("Whoever checks it sees"): name_for_strangers(certificate),
                _("No longer valid, because"): certificate.revoked_because,
                _("Day"): moment(certificate.issued_at),
            }
            for certificate in certificates
        ],
        _("Courses that you endorsed"): [
            {
                _("Course"): titles[endorsement.edition_id, EditionPage.COURSE],
                _("Edition"): endorsement.edition.number,
                _("Organisation"): endorsement.authority.name,
                _("Day"): moment(endorsement.signed_at),
                _("Until"): date_format(endorsement.until),
                _("Taken back"): moment(endorsement.withdrawn_at) if endorsement.withdrawn_at else None,
            }
            for endorsement in signed
        ],
    }


def _what_of_course(event: LearningEvent) -> str:
    return _("A newer edition was begun") if event.kind == LearningEvent.Kind.MOVED else _("Final check")


def _how_right(event: LearningEvent) -> str | None:
    if event.kind == LearningEvent.Kind.MOVED:
        return None
    return f"{event.right} / {event.asked}" if event.asked else _("Yes") if event.is_right else _("No")


@hooks.erases("orientation.LearningEvent", "orientation.Certificate", "orientation.ClassLearner")
def forget_learning(user: User, now: datetime) -> None:
    """Certificates go, and the name in classes; events stay for counts under a new pseudonym. On hooks.erase_person."""
    Certificate.objects.filter(user=user).delete()
    ClassLearner.objects.filter(user=user).update(user=None, name="")
    LearningEvent.objects.filter(user=user).update(user=None, device=uuid4())
