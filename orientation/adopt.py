"""What a device learnt becomes its owner's when they sign in; what a person learnt leaves their name when they ask us to forget them."""

from datetime import datetime
from uuid import UUID, uuid4

from orientation.models import Certificate, LearningEvent
from portal import hooks
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
    """On hooks.export_person."""
    events = LearningEvent.objects.filter(user=user).select_related("edition__course")
    certificates = Certificate.objects.filter(user=user).select_related("edition__course")
    return {
        "answers": [
            {
                "course": e.edition.course.slug,
                "lesson": e.lesson,
                "what": e.kind,
                "right": e.is_right,
                "corridor": e.corridor,
                "at": e.happened_at.isoformat(),
            }
            for e in events
        ],
        "certificates": [
            {
                "course": c.edition.course.slug,
                "edition": c.edition.number,
                "code": c.code,
                "name": c.holder_name,
                "issued": c.issued_at.isoformat(),
            }
            for c in certificates
        ],
    }


@hooks.erases("orientation.LearningEvent", "orientation.Certificate")
def forget_learning(user: User, now: datetime) -> None:
    """Certificates go; events stay for counts under a new pseudonym that leads nowhere. On hooks.erase_person."""
    Certificate.objects.filter(user=user).delete()
    LearningEvent.objects.filter(user=user).update(user=None, device=uuid4())
